"""The structured log of a run: one JSON object per line, for machines; people see the progress."""

from __future__ import annotations

import datetime as dt
import json
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TextIO

from pipeline.model import EvidenceError
from pipeline.model.addresses import without_secrets


class RunLog:
    """Appends events to the given files. A log that cannot be written never stops the run."""

    def __init__(self, run_id: str, paths: Sequence[Path], now: Callable[[], dt.datetime]) -> None:
        self._run_id, self._now = run_id, now
        self._handles: list[TextIO] = []
        self.paths = tuple(paths)
        self.unwritten: list[str] = []  # why a file cannot be written, one sentence each
        for path in paths:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._handles.append(path.open("a", encoding="utf-8"))
            except OSError as error:
                self.unwritten.append(f"the log {path} cannot be written: {error.strerror}")

    def event(self, event: str, level: str = "info", **fields: Any) -> None:
        """One line: time, level, run, event, and `fields`."""
        line = {"at": self._now().isoformat(), "level": level, "run": self._run_id, "event": event, **fields}
        text = without_secrets(json.dumps(line, ensure_ascii=False, default=str)) + "\n"
        for handle in self._handles:
            try:
                handle.write(text)
                handle.flush()
            except (OSError, ValueError):
                continue

    def problem(self, event: str, error: BaseException, **fields: Any) -> None:
        """What went wrong: code, what, where, do; the traceback too where it is a bug of ours."""
        if isinstance(error, EvidenceError):
            self.event(
                event, "warning", code=error.code, what=error.what, where=error.where, do=error.do, **fields
            )
        else:
            lines = "".join(traceback.format_exception(error))
            self.event(event, "error", what=repr(error), traceback=lines, **fields)

    def close(self) -> None:
        """Close the files."""
        for handle in self._handles:
            try:
                handle.close()
            except OSError:
                continue
