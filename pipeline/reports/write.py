"""Writes the three forms of a report, each whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline.reports.as_json import render_json
from pipeline.reports.errors import ReportError
from pipeline.reports.html import render_html
from pipeline.reports.markdown import render_markdown
from pipeline.reports.page import page_of
from pipeline.reports.report import Report, ReportPaths

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")


def write_reports(report: Report, folder: Path) -> ReportPaths:
    """Writes `<run_id>.html`, `.md`, `.json` and the same as `latest.*` into `folder`; equal reports give equal bytes.

    Raises ReportError E-REPORT-1 for a run_id that is no plain file name, E-REPORT-2 where the folder
    cannot be written.
    """
    if not _NAME.fullmatch(report.run_id):
        raise ReportError(
            "E-REPORT-1",
            "the run's name is no file name",
            where=report.run_id,
            do="use letters, digits, dot, dash and underscore",
        )
    page = page_of(report)
    forms: dict[str, Callable[[], Iterable[str]]] = {
        "html": lambda: render_html(page),
        "md": lambda: [render_markdown(report, page)],
        "json": lambda: render_json(report),
    }
    paths: dict[str, Path] = {}
    latest = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for suffix, content in forms.items():
            paths[suffix] = _replace(folder / f"{report.run_id}.{suffix}", content())
            latest.append(_replace(folder / f"latest.{suffix}", paths[suffix]))
    except OSError as problem:
        raise ReportError(
            "E-REPORT-2",
            f"the report could not be written: {problem.strerror or problem}",
            where=str(folder),
            do="make room there, or allow this user to write; then: evidence run",
        ) from problem
    return ReportPaths(html=paths["html"], markdown=paths["md"], json=paths["json"], latest=tuple(latest))


def _replace(path: Path, content: Iterable[str] | Path) -> Path:
    """The file holds the old content or the new (pieces, or a file to copy), never a part: written beside and moved over it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if isinstance(content, Path):
            shutil.copyfile(content, beside)
        else:
            with beside.open("w", encoding="utf-8", newline="\n", errors="replace") as file:
                file.writelines(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path
