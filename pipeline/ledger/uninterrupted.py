"""Ctrl-C while a table is written: it waits until the write is whole."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C takes effect where the block ends; a second one at once, for who does not want to wait.

    The tables' library calls Python while it writes. An interrupt that strikes there comes back as an error of that
    library, and would be told as a failure. Outside the main thread, where Python delivers no signals, nothing changes.
    """
    usual = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(usual):
        yield
        return
    pressed: list[tuple[int, FrameType | None]] = []

    def later(number: int, frame: FrameType | None) -> None:
        pressed.append((number, frame))
        if len(pressed) > 1:
            usual(number, frame)

    signal.signal(signal.SIGINT, later)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
        if len(pressed) == 1:
            usual(*pressed[0])
