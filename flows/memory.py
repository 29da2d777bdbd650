"""Memory between the stages of a run: what one no longer needs, the next can have, whoever held it."""

from __future__ import annotations

import contextlib
import ctypes

import pyarrow as pa

_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h


def share() -> None:
    """Let Arrow take its memory from where Python takes its own, also where it was imported before `pipeline` (which sees to all
    of it), and all threads theirs from one place: else each keeps what it freed from the others."""
    pa.set_memory_pool(pa.system_memory_pool())
    with contextlib.suppress(AttributeError, OSError, TypeError):  # other C libraries have no such places
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Give the system what was freed and is still held, by Arrow, Python or the tables' writer."""
    pa.system_memory_pool().release_unused()
