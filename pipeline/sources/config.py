"""`sources.toml`: which articles to read, from whom, how often and how politely.

The file is read with `tomllib` and checked field by field; every error names the file, the
line and the field.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline.sources.errors import ConfigError

KINDS = ("folder", "url", "urls", "sitemap", "feed", "remote")
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


@dataclass(slots=True)
class _Table:
    """One table of the file while it is being checked; finds the line of a field for messages."""

    path: Path
    lines: list[str]
    first_line: int
    values: dict[str, Any]
    known: set[str] = field(default_factory=set)

    def line_of(self, name: str) -> int:
        for number in range(self.first_line, len(self.lines)):
            text = self.lines[number]
            if number > self.first_line and text.lstrip().startswith("["):
                break
            if re.match(rf"\s*{re.escape(name)}\s*=", text):
                return number + 1
        return self.first_line + 1

    def fail(self, code: str, name: str, what: str, do: str) -> ConfigError:
        return ConfigError(code, f"{name}: {what}", where=f"{self.path}, line {self.line_of(name)}", do=do)

    def take(self, name: str, kind: type | tuple[type, ...], default: Any, wanted: str) -> Any:
        self.known.add(name)
        if name not in self.values:
            return default
        value = self.values[name]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.fail("E-CONFIG-3", name, f"{value!r} is not {wanted}", f"write {wanted}")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.take(name, list, [], "a list of texts")
        if any(not isinstance(item, str) for item in value):
            raise self.fail("E-CONFIG-3", name, "not every entry is a text", "write a list of texts")
        return tuple(value)

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str | None:
        value = self.take(name, str, None, "one of " + ", ".join(allowed))
        if value is not None and value not in allowed:
            raise self.fail("E-CONFIG-4", name, f"{value!r} is unknown", "write one of " + ", ".join(allowed))
        return value  # type: ignore[no-any-return]

    def number(self, name: str, default: float, *, at_least: float) -> Any:
        value = self.take(name, (int, float), default, "a number")
        if value < at_least:
            raise self.fail("E-CONFIG-5", name, f"{value} is too small", f"write {at_least} or more")
        return value

    def finish(self) -> None:
        for name in self.values:
            if name not in self.known:
                near = difflib.get_close_matches(name, self.known, n=1)
                hint = f"did you mean {near[0]}?" if near else "fields here: " + ", ".join(sorted(self.known))
                raise self.fail("E-CONFIG-2", name, "no such field", hint)


_CRON_PART = re.compile(r"^(?:\*|([A-Za-z]{3}|\d+)(?:-([A-Za-z]{3}|\d+))?)(?:/(\d+))?$")
_CRON_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7))


def _cron_problem(value: str) -> str | None:
    """Why `value` is no cron line; None where it is one.

    >>> _cron_problem("0 3 * * MON-FRI"), _cron_problem("61 3 * * *")
    (None, 'minute 61 is not between 0 and 59')
    """
    fields = value.split()
    if len(fields) != len(_CRON_FIELDS):
        return f"it has {len(fields)} fields, not five"
    for field_, (name, low, high) in zip(fields, _CRON_FIELDS, strict=True):
        for part in field_.split(","):
            found = _CRON_PART.match(part)
            if not found:
                return f"{name} {part!r} is none"
            first, last, step = found.groups()
            for number in (n for n in (first, last) if n is not None and n.isdigit()):
                if not low <= int(number) <= high:
                    return f"{name} {number} is not between {low} and {high}"
            if step is not None and not 0 < int(step) <= high:
                return f"step {step} of the {name} is not between 1 and {high}"
    return None


def _check_cron(table: _Table, value: str | None) -> str | None:
    problem = _cron_problem(value) if value is not None else None
    if problem is not None:
        raise table.fail(
            "E-CONFIG-6",
            "schedule",
            f"{value!r} is no cron line: {problem}",
            'write minute, hour, day, month and weekday: schedule = "0 3 * * *" is each night at 3 UTC',
        )
    return value


def _source(table: _Table, base: Path) -> Source:
    given = [kind for kind in KINDS if kind in table.values]
    if len(given) != 1:
        raise table.fail(
            "E-CONFIG-7",
            given[1] if given else "source",
            "a source needs exactly one place",
            "write one of " + ", ".join(f'{kind} = "…"' for kind in KINDS),
        )
    kind = given[0]
    at = table.take(kind, str, "", "a text")
    if kind in ("url", "sitemap", "feed") and urlsplit(at).scheme not in ("http", "https"):
        raise table.fail(
            "E-CONFIG-8", kind, f"{at!r} is no web address", "write http:// or https:// in front"
        )
    if kind in ("folder", "urls") and "://" not in at:
        at = str(
            (base / Path(at).expanduser())
            if not Path(at).expanduser().is_absolute()
            else Path(at).expanduser()
        )
    hints = table.take("reader", dict, {}, "a table of texts")
    source = Source(
        name=table.take("name", str, at, "a text"),
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
    top = _Table(path, lines, 0, {k: v for k, v in data.items() if k != "source"})
    entries = data.get("source", [])
    if not isinstance(entries, list) or not entries:
        raise ConfigError(
            "E-CONFIG-7",
            "no source is named",
            where=str(path),
            do='add a [[source]] with folder = "articles"',
        )
    sources = tuple(
        _source(_Table(path, lines, heads[i] if i < len(heads) else 0, entry), path.parent)
        for i, entry in enumerate(entries)
    )
    command = top.texts("notify_command")
    rules = _beside(top, "rules")
    config = Config(
        sources=sources,
        path=path,
        contact=top.take("contact", str, "", "a text"),
        timeout=float(top.number("timeout", 30.0, at_least=0.1)),
        retries=int(top.number("retries", 3, at_least=0)),
        max_bytes=int(top.number("max_bytes", 50_000_000, at_least=1)),
        stale_after_days=int(top.number("stale_after_days", 90, at_least=1)),
        notify_url=top.take("notify_url", str, None, "a web address"),
        notify_command=command,
        allow_private_network=top.take("allow_private_network", bool, False, "true or false"),
        rules=rules,
    )
    top.finish()
    return config


def _beside(table: _Table, name: str) -> Path | None:
    """A file that a field names, relative to the configuration."""
    given = table.take(name, str, None, "the path of a file")
    if given is None:
        return None
    path = table.path.parent / Path(given).expanduser()
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
        scheme = urlsplit(argument).scheme if "://" in argument else ""
        if scheme in ("http", "https"):
            sources.append(Source(name=argument, kind="url", at=argument))
        elif scheme:
            sources.append(Source(name=argument, kind="remote", at=argument))
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
