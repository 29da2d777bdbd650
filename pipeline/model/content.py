"""A version that follows from what is installed: the code and the data files of a part of the package, by their content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

_LEFT_OUT = (".pyc", ".pyo", ".swp", ".orig", ".rej", "~")


def content_version(folder: Traversable, names: Iterable[str]) -> str:
    """Twelve hex digits over all files under `names` (files or folders, by path below `folder`): their paths and bytes.

    Line ends do not count, nor do compiled files, hidden files and what editors leave behind.
    """
    digest = hashlib.sha256()
    for name in sorted(names):
        for path, item in _files(name, folder.joinpath(*name.split("/"))):
            content = item.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


def _files(path: str, item: Traversable) -> Iterator[tuple[str, Traversable]]:
    if item.is_file():
        yield path, item
        return
    for inner in sorted(item.iterdir(), key=lambda i: i.name):
        if inner.name.startswith((".", "__pycache__")) or inner.name.endswith(_LEFT_OUT):
            continue
        yield from _files(f"{path}/{inner.name}", inner)


@cache
def package_version(*names: str) -> str:
    """`content_version` of parts of the installed package `pipeline`; some milliseconds, once per process.

    >>> len(package_version("model/content.py"))
    12
    """
    return content_version(resources.files("pipeline"), names)
