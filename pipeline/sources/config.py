"""`sources.toml`: which articles to read, from whom, how often and how politely.

The file is read with `tomllib` and checked field by field; every error names the file, the
line and the field.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.model.addresses import without_secrets
from pipeline.sources.addresses import is_web_address
from pipeline.sources.cron import cron_problem
from pipeline.sources.errors import ConfigError
from pipeline.sources.fields import Table

KINDS = ("folder", "url", "urls", "sitemap", "feed", "remote")
HINTS = ("main",)
AUTHORITIES = ("guideline body", "textbook", "aggregator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place to look for articles.

    `kind` is one of `KINDS`; `at` the folder, glob, address, list file or fsspec location. `publisher`
    names who says it and `authority` how much its voice weighs. `schedule` is a cron line (UTC). `per_second` is
    the most requests a second to one host. `hints` go to the reader (`main = "div.content"`).
    """

    name: str
    kind: str
    at: str
    publisher: str | None = None
    authority: str | None = None
    schedule: str | None = None
    per_second: float = 1.0
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    allow_private_network: bool = False
    hints: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The whole configuration; `path` is the file it came from (None for the command line)."""

    sources: tuple[Source, ...]
    path: Path | None = None
    contact: str = ""
    timeout: float = 30.0
    retries: int = 3
    max_bytes: int = 50_000_000
    stale_after_days: int = 90
    notify_url: str | None = None
    notify_command: tuple[str, ...] = ()
    allow_private_network: bool = False
    rules: Path | None = None


def _check_cron(table: Table, value: str | None) -> str | None:
    problem = cron_problem(value) if value is not None else None
    if problem is not None:
        raise table.fail(
            "E-CONFIG-6",
            "schedule",
            f"{value!r} is no cron line: {problem}",
            'write minute, hour, day, month and weekday: schedule = "0 3 * * *" is each night at 3 UTC',
        )
    return value


def _source(table: Table, base: Path) -> Source:
    given = [kind for kind in KINDS if kind in table.values]
    near = [] if given else [n for n in table.values if difflib.get_close_matches(n, KINDS, n=1)]
    if near:
        meant = difflib.get_close_matches(near[0], KINDS, n=1)[0]
        raise table.fail("E-CONFIG-2", near[0], "no such field", f"did you mean {meant}?")
    if len(given) != 1:
        raise table.fail(
            "E-CONFIG-7",
            given[1] if given else "source",
            "a source needs exactly one place",
            "write one of " + ", ".join(f'{kind} = "…"' for kind in KINDS),
        )
    kind = given[0]
    at = table.take(kind, str, "", "a text")
    if kind in ("url", "sitemap", "feed") and not is_web_address(at):
        raise table.fail("E-CONFIG-8", kind, f"{at!r} is no web address", "write it as https://host/path")
    if kind in ("folder", "urls") and "://" not in at:
        at = str(base / _expanded(table, kind, at))
    hints = table.take("reader", dict, {}, "a table of texts")
    for hint, value in hints.items():
        if hint not in HINTS or not isinstance(value, str):
            raise table.fail(
                "E-CONFIG-3",
                "reader",
                f"{hint} = {value!r} is no hint",
                'write reader = { main = "div.content" }',
            )
    source = Source(
        name=without_secrets(table.take("name", str, at, "a text")),
        kind=kind,
        at=at,
        publisher=table.take("publisher", str, None, "a text"),
        authority=table.one_of("authority", AUTHORITIES),
        schedule=_check_cron(table, table.take("schedule", str, None, "a text")),
        per_second=float(table.number("per_second", 1.0, at_least=0.001)),
        include=table.texts("include"),
        exclude=table.texts("exclude"),
        allow_private_network=table.take("allow_private_network", bool, False, "true or false"),
        hints=tuple(sorted((str(k), str(v)) for k, v in hints.items())),
    )
    table.finish()
    return source


def rules_text(config: Config) -> str | None:
    """What stands in the file of rules that a configuration names; None where it names none. Raises ConfigError (E-CONFIG-10)."""
    if config.rules is None:
        return None
    try:
        return config.rules.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            "E-CONFIG-10", "the rules cannot be read", where=str(config.rules), do=f"check the file: {error}"
        ) from error


def load_config(path: Path) -> Config:
    """Read and check `path`.

    Relative folders in it are relative to the file. Raises ConfigError (E-CONFIG-*) with file, line and field.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            "E-CONFIG-1", "the configuration cannot be read", where=str(path), do=f"check the file: {error}"
        ) from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("E-CONFIG-1", "this is no TOML", where=str(path), do=str(error)) from error
    lines = text.splitlines()
    heads = [i for i, line in enumerate(lines) if re.match(r"\s*\[\[\s*source\s*\]\]", line)]
    top = Table(path, lines, 0, {k: v for k, v in data.items() if k != "source"})
    entries = data.get("source", [])
    if not isinstance(entries, list) or not entries:
        raise ConfigError(
            "E-CONFIG-7",
            "no source is named",
            where=str(path),
            do='add a [[source]] with folder = "articles"',
        )
    sources = tuple(
        _source(Table(path, lines, heads[i] if i < len(heads) else 0, entry), path.parent)
        for i, entry in enumerate(entries)
    )
    command = top.texts("notify_command")
    rules = _beside(top, "rules")
    config = Config(
        sources=sources,
        path=path,
        contact=top.take("contact", str, "", "a text"),
        timeout=float(top.number("timeout", 30.0, at_least=0.1)),
        retries=top.whole("retries", 3, at_least=0),
        max_bytes=top.whole("max_bytes", 50_000_000, at_least=1),
        stale_after_days=top.whole("stale_after_days", 90, at_least=1),
        notify_url=top.take("notify_url", str, None, "a web address"),
        notify_command=command,
        allow_private_network=top.take("allow_private_network", bool, False, "true or false"),
        rules=rules,
    )
    top.finish()
    return config


def _expanded(table: Table, name: str, given: str) -> Path:
    try:
        return Path(given).expanduser()
    except RuntimeError as error:
        raise table.fail(
            "E-CONFIG-10", name, f"{given}: there is no such home folder", "name a folder without ~"
        ) from error


def _beside(table: Table, name: str) -> Path | None:
    """A file that a field names, relative to the configuration."""
    given = table.take(name, str, None, "the path of a file")
    if given is None:
        return None
    path = table.path.parent / _expanded(table, name, given)
    if not path.is_file():
        raise table.fail("E-CONFIG-10", name, f"there is no file {path}", "name a file that is there")
    return path


def sources_from_arguments(
    arguments: Sequence[str], *, base: Config | None = None, exists: Callable[[str], bool] | None = None
) -> Config:
    """A configuration for files, folders and addresses named on the command line.

    Settings that are not about a place (timeouts, notification) come from `base`. Raises ConfigError
    (E-CONFIG-9) for a place that does not exist.
    """
    there = exists or (lambda text: Path(text).expanduser().exists())
    sources: list[Source] = []
    for argument in arguments:
        scheme = argument.partition("://")[0].lower() if "://" in argument else ""
        if scheme in ("http", "https"):
            if not is_web_address(argument):
                raise ConfigError(
                    "E-CONFIG-8", "this is no web address", where=argument, do="write it as https://host/path"
                )
            sources.append(Source(name=without_secrets(argument), kind="url", at=argument))
        elif scheme:
            sources.append(Source(name=without_secrets(argument), kind="remote", at=argument))
        elif there(argument) or any(c in argument for c in "*?["):
            sources.append(
                Source(name=argument, kind="folder", at=str(Path(argument).expanduser().absolute()))
            )
        else:
            raise ConfigError(
                "E-CONFIG-9",
                "there is no such file or folder",
                where=argument,
                do="name a file, a folder, a glob in quotes, or an address that begins with https://",
            )
    return replace(base or Config(sources=()), sources=tuple(sources))
