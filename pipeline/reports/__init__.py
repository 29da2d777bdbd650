"""Shows what changed: HTML, Markdown, JSON and plain text."""

from pipeline.reports.errors import ReportError
from pipeline.reports.report import Report, ReportArticle, ReportPaths, Rest
from pipeline.reports.text import render_changes_markdown, render_changes_text
from pipeline.reports.write import write_reports

__all__ = [
    "Report",
    "ReportArticle",
    "ReportError",
    "ReportPaths",
    "Rest",
    "render_changes_markdown",
    "render_changes_text",
    "write_reports",
]
