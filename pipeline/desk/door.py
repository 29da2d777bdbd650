"""Who comes in: what holds for every request, sessions, forms, signing in and out."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from pipeline.desk import pages
from pipeline.desk.security import COOKIE, HEADERS, SESSION_SECONDS, Security, clean_name
from pipeline.desk.view import View

MOST_FORM_BYTES = 1_000_000


class SignedOut(Exception):
    """The request has no session."""


class Door:
    """Lets in those who have signed in, and forms that come from our own pages."""

    def __init__(self, security: Security, view: View) -> None:
        self.security, self.view = security, view

    async def guard(self, request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        """What holds for every request: its host, its size, the headers and the session of the answer."""
        if not self.security.answers(request.headers.get("host", "")):
            response: Response = Response(
                "This desk answers only to its own address.\n", 421, media_type="text/plain"
            )
        elif request.method == "POST" and "content-length" not in request.headers:
            response = Response("The form does not tell its length.\n", 411, media_type="text/plain")
        elif int(request.headers.get("content-length") or 0) > MOST_FORM_BYTES:
            response = Response("The form is too large.\n", 413, media_type="text/plain")
        else:
            response = await call_next(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        session = getattr(request.state, "session", None)
        if (
            session is not None
            and response.status_code < 400
            and COOKIE not in response.headers.get("set-cookie", "")
        ):
            self._set_cookie(response, self.security.renewed(session))
        return response

    def _set_cookie(self, response: Response, value: str) -> None:
        response.set_cookie(
            COOKIE,
            value,
            max_age=SESSION_SECONDS,
            httponly=True,
            samesite="strict",
        )

    def session(self, request: Request) -> dict[str, Any]:
        """The session of a request. Raises SignedOut."""
        session = self.security.session(request.cookies.get(COOKIE))
        if session is None:
            raise SignedOut
        request.state.session = session
        return session

    async def form(self, request: Request) -> tuple[dict[str, Any], FormData]:
        """The session and form of a POST whose token holds and that comes from our own pages."""
        session = self.session(request)
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
            raise HTTPException(403, "The form comes from another site.")
        form = await request.form()
        if not self.security.csrf_holds(session, str(form.get("csrf", ""))):
            raise HTTPException(
                403, "The form's token does not hold. Go back, reload the page and send it again."
            )
        return session, form

    async def signed_out(self, request: Request, _: Exception) -> Response:
        """Where a request without a session is sent."""
        if request.url.path == "/pulse":
            return JSONResponse({"error": {"code": "E-DESK-8", "what": "signed out", "do": "sign in"}}, 401)
        back = str(request.url.path) + ("?" + request.url.query if request.url.query else "")
        return RedirectResponse(
            "/login?" + urlencode({"back": back if request.method == "GET" else "/"}), 303
        )

    # -- signing in and out -------------------------------------------------------------------

    def login(self, back: str = "/", problem: str = "", name: str = "") -> HTMLResponse:
        page = pages.LoginPage(
            frame=self.view.frame("Sign in", None),
            needs_token=self.security.token is not None,
            problem=problem,
            name=name,
            back=_own_path(back),
        )
        return self.view.page("login.html", page, 422 if problem else 200)

    async def sign_in(self, request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin not in (None, "null") and urlsplit(str(origin)).netloc != request.headers.get("host", ""):
            raise HTTPException(403, "The form comes from another site.")
        form = await request.form()
        back, name = str(form.get("back", "/")), clean_name(str(form.get("name", "")))
        who = request.client.host if request.client else ""
        if not name:
            return self.login(back, "Please tell your name: it stands beside each of your decisions.")
        if not self.security.token_holds(str(form.get("token", "")), who, time.monotonic()):
            return self.login(back, "The token is not right.", name)
        response = RedirectResponse(_own_path(back), 303)
        self._set_cookie(response, self.security.new_session(name))
        return response

    async def sign_out(self, request: Request) -> Response:
        await self.form(request)
        response = RedirectResponse("/login", 303)
        request.state.session = None
        response.delete_cookie(COOKIE)
        return response


def _own_path(back: str) -> str:
    """`back` where it is a path of the desk itself; else the queue.

    >>> [_own_path(p) for p in ("/history", "//elsewhere.example", "/\\\\elsewhere.example", "https://elsewhere.example")]
    ['/history', '/', '/', '/']
    """
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
