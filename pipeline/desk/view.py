"""How the desk's pages are made: the templates, what stands on every page, and the page of an error."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.exceptions import HTTPException

from pipeline.desk import pages
from pipeline.desk.desk import Desk
from pipeline.desk.errors import DeskError
from pipeline.desk.security import COOKIE, Security
from pipeline.model import EvidenceError


def _templates() -> Environment:
    env = Environment(
        loader=PackageLoader("pipeline.desk", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["day"] = lambda value: f"{value:%-d %B %Y}" if value else "no date"
    env.filters["moment"] = lambda value: f"{value:%-d %b %Y, %H:%M} UTC"
    env.filters["said"] = pages.said
    env.globals["verdict_words"] = pages.VERDICT_WORDS
    return env


class View:
    """The pages of one desk."""

    def __init__(self, desk: Desk, security: Security) -> None:
        self.desk, self.security = desk, security
        self.env = _templates()

    def frame(self, title: str, session: dict[str, Any] | None, message: str = "") -> pages.Frame:
        """What stands on every page; `session` is None before signing in."""
        decided, total = self.desk.progress()
        return pages.Frame(
            title=title,
            editor=session["editor"] if session else "",
            csrf=self.security.csrf(session) if session else "",
            decided=decided,
            total=total,
            message=message,
            can_undo=session is not None and self.desk.may_undo(session["editor"]),
        )

    def page(self, template: str, page: Any, status: int = 200) -> HTMLResponse:
        """A template filled with its page of `pipeline.desk.pages`."""
        return HTMLResponse(self.env.get_template(template).render(page=page, frame=page.frame), status)

    def _error(self, request: Request, status: int, heading: str, what: str, do: str) -> Response:
        session = self.security.session(request.cookies.get(COOKIE))
        page = pages.ErrorPage(frame=self.frame(heading, session), heading=heading, what=what, do=do)
        return self.page("error.html", page, status)

    async def evidence_error(self, request: Request, error: Exception) -> Response:
        """The page of one of our own errors."""
        if not isinstance(error, EvidenceError):
            raise error
        return self._error(
            request, 409 if isinstance(error, DeskError) else 503, error.code, error.what, error.do
        )

    async def http_error(self, request: Request, error: Exception) -> Response:
        """The page of what the web server refuses."""
        if not isinstance(error, HTTPException):
            raise error
        words = {404: "There is no such page.", 405: "This page cannot be asked for in this way."}
        what = words.get(error.status_code, str(error.detail))
        return self._error(request, error.status_code, f"{error.status_code}", what, "Go back to the queue.")
