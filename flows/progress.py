"""What a person sees while a run goes on: bars on a terminal, a line per stage elsewhere, or nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars


class Progress:
    """Shows stages as they advance. `mode` is `auto`, `lines` or `none`; writes to standard error."""

    def __init__(self, mode: str = "auto", stream: TextIO | None = None) -> None:
        out = stream or sys.stderr
        self.mode = ("bars" if out.isatty() else "lines") if mode == "auto" else mode
        self._out = out
        self._bars: Bars | None = None
        self._tasks: dict[str, Any] = {}
        self._done: dict[str, int] = {}
        if self.mode == "bars":
            bars = Bars(
                SpinnerColumn(), TextColumn("{task.description:<10}"), BarColumn(30), MofNCompleteColumn(),
                TimeElapsedColumn(), console=Console(file=out), transient=True,
            )  # fmt: skip
            with self._heard():
                bars.start()
                self._bars = bars

    def advance(self, stage: str, by: int = 1, total: int | None = None) -> None:
        """`by` more articles went through `stage`."""
        self._done[stage] = self._done.get(stage, 0) + by
        if self._bars is not None:
            with self._heard():
                if stage not in self._tasks:
                    self._tasks[stage] = self._bars.add_task(stage, total=total)
                self._bars.update(self._tasks[stage], advance=by, total=total)

    def say(self, text: str) -> None:
        """A line of its own."""
        if self.mode == "none":
            return
        with self._heard():
            if self._bars is not None:
                self._bars.console.print(text, highlight=False, markup=False)
            else:
                print(text, file=self._out, flush=True)

    def stage_done(self, stage: str, text: str, seconds: float) -> None:
        """A stage is over."""
        if self.mode == "lines":
            self.say(f"{stage:<10} {text} ({seconds:.1f} s)")
        elif self._bars is not None and stage in self._tasks:
            done = self._done.get(stage, 0)
            with self._heard():
                self._bars.update(self._tasks[stage], total=done, completed=done)

    @contextmanager
    def _heard(self) -> Iterator[None]:
        """Where nobody listens any more (a closed pipe or terminal, a full disk) a run goes on in silence."""
        try:
            yield
        except (OSError, ValueError):
            self.mode, self._bars = "none", None

    def close(self) -> None:
        """Take the bars away."""
        if self._bars is not None:
            with self._heard():
                self._bars.stop()
                self.mode = "lines"
            self._bars = None
