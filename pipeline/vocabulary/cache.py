"""Keeps the compiled index on disk: one file per version, written at once or not at all."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Callable
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import cast

from pipeline.model.collector import uncollected
from pipeline.vocabulary import packages
from pipeline.vocabulary.builder import Index
from pipeline.vocabulary.disk import replace_whole
from pipeline.vocabulary.tables import data_folder


def cache_folder() -> Path:
    """`EVIDENCE_CACHE`, or the platform's folder for caches."""
    if named := os.environ.get("EVIDENCE_CACHE"):
        return Path(named)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "evidence-ledger"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "evidence-ledger" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "evidence-ledger"


def user_folder() -> Path | None:
    """`EVIDENCE_VOCABULARY`, the folder with imported vocabularies; None where it is not set or missing."""
    named = os.environ.get("EVIDENCE_VOCABULARY")
    return Path(named) if named and Path(named).is_dir() else None


def stamp(extra: Path | None) -> tuple[tuple[str, int], ...]:
    """Names and times of the user's files: changes when an import wrote one."""
    return tuple((p.name, p.stat().st_mtime_ns) for p in sorted(extra.glob("*.tsv"))) if extra else ()


_MADE_BY = (
    "build", "builder", "components", "curated", "forms", "medicine_names", "packaged", "packages", "spellings", "words",
)  # fmt: skip


def version(extra: Path | None) -> str:
    """Twelve hex digits over all that the index is made from: data files, packages, the user's files, the code."""
    digest = hashlib.sha256()
    for source in (packages.DRUGS, packages.DISEASES):
        digest.update(packages.stamp(source).encode())
    for item in sorted(data_folder().iterdir(), key=_name):
        if item.name.endswith(".tsv"):
            digest.update(item.name.encode() + b"\0" + item.read_bytes())
    here = Path(__file__).parent
    for name in _MADE_BY:
        digest.update((here / f"{name}.py").read_bytes())
    for path in sorted(extra.glob("*.tsv")) if extra else ():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _name(item: Traversable) -> str:
    return item.name


def cached(named: str, make: Callable[[], Index]) -> Index:
    """The index of this version from the cache, else made and kept; where nothing can be written, only made."""
    path = cache_folder() / f"vocabulary-{named}-{sys.implementation.cache_tag}.bin"
    with uncollected():  # hundreds of thousands of new strings: collecting meanwhile doubles the time
        try:
            found = marshal.loads(path.read_bytes())  # noqa: S302 -- our own file
            if isinstance(found, dict) and found.keys() == Index.__annotations__.keys():
                return cast(Index, found)
        except (OSError, ValueError, EOFError, TypeError):
            pass
        index = make()
        _keep(path, marshal.dumps(dict(index)))
        return index


def _keep(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(path, content)
        for old in path.parent.glob("vocabulary-*.bin"):
            if old != path and old.stat().st_mtime < path.stat().st_mtime - 7 * 86400:
                old.unlink(missing_ok=True)
    except OSError:
        return
