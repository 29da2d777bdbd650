"""Memory between the stages of a run: what one no longer needs, the next can have, whoever held it."""

from __future__ import annotations

import pyarrow as pa


def share() -> None:
    """Let Arrow take its memory from where Python takes its own, also where it was imported before `pipeline` (which sees to all of it)."""
    pa.set_memory_pool(pa.system_memory_pool())


def give_back() -> None:
    """Give the system what was freed and is still held, by Arrow, Python or the tables' writer."""
    pa.system_memory_pool().release_unused()
