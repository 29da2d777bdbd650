"""Shows what changed: HTML, Markdown, JSON and plain text."""

from pipeline.reports.errors import ReportError
from pipeline.reports.report import Report, ReportArticle, ReportPaths
from pipeline.reports.text import render_changes_markdown, render_changes_text
from pipeline.reports.write import write_reports

__all__ = [
    "Report",
    "ReportArticle",
    "ReportError",
    "ReportPaths",
    "render_changes_markdown",
    "render_changes_text",
    "write_reports",
]
