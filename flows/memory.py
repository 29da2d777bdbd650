"""Memory between the stages of a run: what one no longer needs, the next can have, whoever held it."""

from __future__ import annotations

import contextlib
import ctypes
import gc

import pyarrow as pa

# As glibc's malloc.h calls them.
_ARENA_MAX, _MMAP_THRESHOLD = -8, -3
LARGE = 1 << 17
"""Bytes of a piece of memory that is given back as soon as it is freed; glibc begins with as much, but may come to keep 32 MB."""


def share() -> None:
    """Let Arrow take its memory from where Python takes its own, also where it was imported before `pipeline` (which sees to all
    of it), and all threads theirs from one place, else each keeps what it freed from the others; large pieces lie apart."""
    pa.set_memory_pool(pa.system_memory_pool())
    with contextlib.suppress(AttributeError, OSError, TypeError):  # other C libraries have no such places
        library = ctypes.CDLL(None)
        library.mallopt(_ARENA_MAX, 1)
        library.mallopt(_MMAP_THRESHOLD, LARGE)


def settle() -> None:
    """Let the collector of garbage leave alone what stands by now and stays: libraries, vocabulary, patterns. To look through all
    of it again and again takes time."""
    gc.collect()
    gc.freeze()


def unsettle() -> None:
    """Let the collector look through everything again."""
    gc.unfreeze()


def give_back() -> None:
    """Give the system what was freed and is still held, by Arrow, Python or the tables' writer."""
    pa.system_memory_pool().release_unused()
