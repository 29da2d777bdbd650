"""The web application: routes, sessions, and nothing of medicine."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from pipeline.desk import pages
from pipeline.desk.desk import Desk
from pipeline.desk.errors import DecidedMeanwhile, DeskError
from pipeline.desk.forms import read_corrections
from pipeline.desk.items import Item
from pipeline.desk.security import COOKIE, HEADERS, SESSION_SECONDS, Security, clean_name
from pipeline.model import EvidenceError

MOST_FORM_BYTES = 1_000_000
LONGEST_REASON = 4_000
NameOf = Callable[[str, str], str]


class _SignedOut(Exception):
    """The request has no session."""


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
    env.globals["verdict_words"] = pages.VERDICT_WORDS
    return env


class DeskApp:
    """The routes over one desk; `app` is the ASGI application."""

    def __init__(
        self, desk: Desk, security: Security, name_of: NameOf, *, secure_cookie: bool = False
    ) -> None:
        self.desk, self.security, self.name_of, self.secure_cookie = desk, security, name_of, secure_cookie
        self.env = _templates()
        self.app = FastAPI(title="Review desk", docs_url=None, redoc_url=None, openapi_url=None)
        with resources.as_file(resources.files("pipeline.desk") / "static") as static:
            self.app.mount("/static", StaticFiles(directory=Path(static)), name="static")
        self.app.middleware("http")(self._guard)
        self.app.exception_handler(_SignedOut)(self._signed_out)
        self.app.exception_handler(EvidenceError)(self._evidence_error)
        self.app.exception_handler(HTTPException)(self._http_error)
        route = self.app.add_api_route
        route("/login", self.login, methods=["GET"], response_class=HTMLResponse)
        route("/login", self.sign_in, methods=["POST"])
        route("/logout", self.sign_out, methods=["POST"])
        route("/", self.queue, methods=["GET"], response_class=HTMLResponse)
        route("/decide", self.decide, methods=["POST"])
        route("/skip", self.skip, methods=["POST"])
        route("/undo", self.undo, methods=["POST"])
        route("/history", self.history, methods=["GET"], response_class=HTMLResponse)
        route("/pulse", self.pulse, methods=["GET"])

    # -- every request ------------------------------------------------------------------------

    async def _guard(self, request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        if not self.security.answers(request.headers.get("host", "")):
            response: Response = Response(
                "This desk answers only to its own address.\n", 421, media_type="text/plain"
            )
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
            secure=self.secure_cookie,
        )

    def _session(self, request: Request) -> dict[str, Any]:
        session = self.security.session(request.cookies.get(COOKIE))
        if session is None:
            raise _SignedOut
        request.state.session = session
        return session

    async def _form(self, request: Request) -> tuple[dict[str, Any], FormData]:
        """The session and form of a POST whose token holds and that comes from our own pages."""
        session = self._session(request)
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
            raise HTTPException(403, "The form comes from another site.")
        form = await request.form()
        if not self.security.csrf_holds(session, str(form.get("csrf", ""))):
            raise HTTPException(
                403, "The form's token does not hold. Go back, reload the page and send it again."
            )
        return session, form

    def _frame(self, title: str, session: dict[str, Any] | None, message: str = "") -> pages.Frame:
        decided, total = self.desk.progress()
        return pages.Frame(
            title=title,
            editor=session["editor"] if session else "",
            csrf=self.security.csrf(session) if session else "",
            decided=decided,
            total=total,
            message=message,
            can_undo=bool(session) and decided > 0,
        )

    def _page(self, template: str, page: Any, status: int = 200) -> HTMLResponse:
        return HTMLResponse(self.env.get_template(template).render(page=page, frame=page.frame), status)

    # -- errors -------------------------------------------------------------------------------

    async def _signed_out(self, request: Request, _: Exception) -> Response:
        if request.url.path == "/pulse":
            return JSONResponse({"error": {"code": "E-DESK-8", "what": "signed out", "do": "sign in"}}, 401)
        back = str(request.url.path) + ("?" + request.url.query if request.url.query else "")
        return RedirectResponse(
            "/login?" + urlencode({"back": back if request.method == "GET" else "/"}), 303
        )

    def _error(self, request: Request, status: int, heading: str, what: str, do: str) -> Response:
        session = self.security.session(request.cookies.get(COOKIE))
        page = pages.ErrorPage(frame=self._frame(heading, session), heading=heading, what=what, do=do)
        return self._page("error.html", page, status)

    async def _evidence_error(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, EvidenceError):
            raise error
        return self._error(
            request, 409 if isinstance(error, DeskError) else 503, error.code, error.what, error.do
        )

    async def _http_error(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        words = {404: "There is no such page.", 405: "This page cannot be asked for in this way."}
        what = words.get(error.status_code, str(error.detail))
        return self._error(request, error.status_code, f"{error.status_code}", what, "Go back to the queue.")

    # -- signing in and out -------------------------------------------------------------------

    def login(self, back: str = "/", problem: str = "", name: str = "") -> HTMLResponse:
        page = pages.LoginPage(
            frame=self._frame("Sign in", None),
            needs_token=self.security.token is not None,
            problem=problem,
            name=name,
            back=back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/",
        )
        return self._page("login.html", page, 422 if problem else 200)

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
        safe = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
        response = RedirectResponse(safe, 303)
        self._set_cookie(response, self.security.new_session(name))
        return response

    async def sign_out(self, request: Request) -> Response:
        await self._form(request)
        response = RedirectResponse("/login", 303)
        request.state.session = None
        response.delete_cookie(COOKIE)
        return response

    # -- the queue ----------------------------------------------------------------------------

    def queue(
        self, request: Request, item: str = "", show: str = "", q: str = "", page: int = 1, message: str = ""
    ) -> HTMLResponse:
        session = self._session(request)
        self.desk.refresh()
        return self._queue_page(session, item, show, q, page, message=message[:200])

    def _queue_page(
        self,
        session: dict[str, Any],
        item_id: str,
        kind: str,
        words: str,
        number: int = 1,
        *,
        message: str = "",
        problem: str = "",
        draft: dict[str, str] | None = None,
        status: int = 200,
    ) -> HTMLResponse:
        kind = kind if kind in pages.LABELS or kind in ("change", "discrepancy") else ""
        items = self.desk.queue(session["editor"], kind=kind, words=words)
        places = {i.item_id: n for n, i in enumerate(items)} if item_id else {}
        at = places.get(item_id, -1)
        if item_id and at < 0 and not message:
            message = "That item is decided already, or the filter hides it."
        if at < 0 and items:
            at = min((max(number, 1) - 1) * pages.PAGE_SIZE, len(items) - 1)
        first = max(at, 0) // pages.PAGE_SIZE * pages.PAGE_SIZE
        current = items[at] if items else None
        entries = tuple(
            pages.entry_of(i, len(self.desk.like(i)), i is current)
            for i in items[first : first + pages.PAGE_SIZE]
        )
        page = pages.QueuePage(
            frame=self._frame("Review queue", session, message),
            entries=entries,
            left=len(items),
            page=first // pages.PAGE_SIZE + 1,
            pages=max(1, -(-len(items) // pages.PAGE_SIZE)),
            kind=kind,
            words=words,
            kinds=tuple(pages.LABELS.items()),
            detail=pages.detail_of(current, self.desk) if current else None,
            next_id=items[at + 1].item_id if at + 1 < len(items) else "",
            previous_id=items[at - 1].item_id if at > 0 else "",
            problem=problem,
            draft=draft,
        )
        return self._page("queue.html", page, status)

    def _onward(self, form: FormData, message: str, item_id: str = "") -> RedirectResponse:
        query = {"item": item_id, "show": form.get("show", ""), "q": form.get("q", ""), "message": message}
        return RedirectResponse("/?" + urlencode({k: str(v) for k, v in query.items() if v}), 303)

    # -- deciding -----------------------------------------------------------------------------

    async def decide(self, request: Request) -> Response:
        session, form = await self._form(request)
        return await run_in_threadpool(self._decide, session, form)

    def _decide(self, session: dict[str, Any], form: FormData) -> Response:
        values = {k: v for k, v in form.items() if isinstance(v, str)}
        find = self.desk.decided_item if values.get("anyway") else self.desk.item
        item = find(values.get("item", ""))
        if item is None:
            return self._late(session, values)
        verdict = values.get("verdict", "")
        chosen = self.desk.like(item) if values.get("all_like") else (item,)
        try:
            corrections, resolution = self._what(item, verdict, values)
            rows = self.desk.decide(
                chosen,
                verdict,
                editor=session["editor"],
                reason=values.get("reason", "").strip()[:LONGEST_REASON],
                corrections=corrections,
                resolution=resolution,
                revisions=None if values.get("anyway") else {item.item_id: values.get("revision", "")},
            )
        except DecidedMeanwhile as late:
            return self._conflict(session, late.decision, values)
        except DeskError as error:
            return self._queue_page(
                session, item.item_id, values.get("show", ""), values.get("q", ""),
                problem=f"{error.what}. {error.do}.", draft=values, status=422,
            )  # fmt: skip
        done = f"{pages.VERDICT_WORDS[verdict].capitalize()}: {item.drug} in {item.disease}"
        if len(rows) > 1:
            done += f", and {len(rows) - 1} like it"
        return self._onward(form, done, values.get("next", ""))

    def _what(self, item: Item, verdict: str, values: dict[str, str]) -> tuple[dict[str, str], str | None]:
        allowed = {
            "discrepancy": ("settle",),
            "change": ("accept", "reject"),
            "claim": ("accept", "reject", "correct"),
        }
        if verdict not in allowed[item.subject]:
            raise DeskError("E-DESK-9", "that cannot be decided here", do="choose one of the buttons")
        if verdict == "settle":
            resolution = values.get("resolution", "")
            if resolution not in ("older", "newer", "both"):
                raise DeskError("E-DESK-9", "no side was chosen", do="choose older, newer or both")
            return {}, resolution
        if verdict == "correct":
            claim = self.desk.claim(item.claim_id)
            if claim is None:
                raise DeskError("E-DESK-9", "the statement is gone", do="accept or reject its removal")
            return read_corrections(values, claim, self.name_of), None
        return {}, None

    def _late(self, session: dict[str, Any], values: dict[str, str]) -> Response:
        """The item is no longer undecided: another editor was faster, or it was decided in another window."""
        decision = self.desk.state.latest.get(values.get("subject_id", ""))
        if decision is None:
            raise HTTPException(404, "There is no such item in the queue.")
        return self._conflict(session, dict(decision), values)

    def _conflict(
        self, session: dict[str, Any], decision: dict[str, Any], values: dict[str, str]
    ) -> Response:
        page = pages.ConflictPage(
            frame=self._frame("Decided meanwhile", session),
            decision=decision,
            form=tuple((k, v) for k, v in values.items() if k not in ("csrf", "anyway", "revision")),
            words=pages.VERDICT_WORDS.get(values.get("verdict", ""), "decided"),
        )
        return self._page("conflict.html", page, 409)

    async def skip(self, request: Request) -> Response:
        session, form = await self._form(request)
        self.desk.skip(session["editor"], str(form.get("item", "")))
        return self._onward(form, "Skipped: it stands at the end of your queue", str(form.get("next", "")))

    async def undo(self, request: Request) -> Response:
        session, form = await self._form(request)
        taken = await run_in_threadpool(
            self.desk.undo, session["editor"], str(form.get("decision_id", "")) or None
        )
        back = next((i for i in self.desk.state.items if i.subject_id == taken[0]["subject_id"]), None)
        words = "Taken back" if len(taken) == 1 else f"Taken back, with {len(taken) - 1} like it"
        return self._onward(form, words, back.item_id if back else "")

    def history(self, request: Request) -> HTMLResponse:
        session = self._session(request)
        decisions = tuple(self.desk.history())
        page = pages.HistoryPage(
            frame=self._frame("Decisions", session),
            decisions=decisions,
            undone=frozenset(str(d["undoes"]) for d in decisions if d["undoes"]),
        )
        return self._page("history.html", page)

    def pulse(self, request: Request, subject: str = "") -> JSONResponse:
        """What changed meanwhile: how much is left, and who decided `subject` (null where nobody did)."""
        self._session(request)
        self.desk.refresh()
        decided, total = self.desk.progress()
        latest = self.desk.state.latest.get(subject)
        who = None
        if latest is not None:
            who = {
                "decision_id": latest["decision_id"],
                "editor": latest["editor"],
                "verdict": pages.VERDICT_WORDS[str(latest["verdict"])],
            }
        return JSONResponse({"decided": decided, "total": total, "latest": who})


def create_app(desk: Desk, security: Security, name_of: NameOf, *, secure_cookie: bool = False) -> FastAPI:
    """The ASGI application. `name_of(column, name)` gives the canonical name of a drug or disease."""
    return DeskApp(desk, security, name_of, secure_cookie=secure_cookie).app
