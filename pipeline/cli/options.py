"""Where things are: the options that every command takes, and how their defaults are found."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

import pipeline

CONFIG_NAME = "sources.toml"
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one ledger, and its configuration (None where there is none)."""

    raw: Path
    processed: Path
    config: Path | None

    @property
    def vocabulary(self) -> Path:
        """Where imported vocabularies are kept."""
        return self.processed / "vocabulary"


def find_config(start: Path) -> Path | None:
    """`sources.toml` in `start`, a folder above it, or beside the checkout that this package runs from."""
    for folder in (start, *start.parents, Path(pipeline.__file__).parents[1]):
        if (folder / CONFIG_NAME).is_file():
            return folder / CONFIG_NAME
    return None


def find_home(raw: Path | None, processed: Path | None, config: Path | None) -> Home:
    """The ledger that a command is about: what was named, else beside the configuration, else here."""
    found = config or find_config(Path.cwd())
    base = found.parent if found else Path.cwd()
    return Home(
        raw=(raw or base / "raw").absolute(),
        processed=(processed or base / "processed").absolute(),
        config=found,
    )


def home_options(function: F) -> F:
    """Adds --raw, --processed and --config, and hands them over as one `home`."""

    @click.option(
        "--raw", type=click.Path(path_type=Path, file_okay=False), envvar="EVIDENCE_RAW",
        help="Folder of the fetched bytes. Default: raw/ beside sources.toml.",
    )  # fmt: skip
    @click.option(
        "--processed", type=click.Path(path_type=Path, file_okay=False), envvar="EVIDENCE_PROCESSED",
        help="Folder of the tables and reports. Default: processed/ beside sources.toml.",
    )  # fmt: skip
    @click.option(
        "--config", type=click.Path(path_type=Path, dir_okay=False, exists=True), envvar="EVIDENCE_CONFIG",
        help="Configuration file. Default: sources.toml here, in a folder above, or in the folder of this program.",
    )  # fmt: skip
    @functools.wraps(function)
    def wrapped(
        *args: Any, raw: Path | None, processed: Path | None, config: Path | None, **kwargs: Any
    ) -> Any:
        home = find_home(raw, processed, config)
        if home.vocabulary.is_dir():  # what was imported for this ledger counts in every command on it
            os.environ.setdefault("EVIDENCE_VOCABULARY", str(home.vocabulary))
        return function(*args, home=home, **kwargs)

    return wrapped  # type: ignore[return-value]
