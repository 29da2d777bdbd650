"""Ctrl-C, or being told to end, while a table is written: it waits until the write is whole."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def uninterrupted() -> Iterator[None]:
    """SIGINT, SIGTERM and SIGHUP take effect where the block ends; a second one at once, for who does not want to wait.

    The tables' library calls Python while it writes. An interrupt that strikes there comes back as an error of that
    library, and would be told as a failure. A signal that Python does not handle ends the process as ever. Outside the
    main thread, where Python delivers no signals, nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    usual = {int(s): handler for s in _SIGNALS if callable(handler := signal.getsignal(s))}
    sent: list[tuple[int, FrameType | None]] = []

    def later(number: int, frame: FrameType | None) -> None:
        sent.append((number, frame))
        if len(sent) > 1:
            usual[number](number, frame)

    for number in usual:
        signal.signal(number, later)
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
        if len(sent) == 1:
            number, frame = sent[0]
            usual[number](number, frame)
