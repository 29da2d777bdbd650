"""The web application: its routes, the queue and what is decided in it; nothing of medicine."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from pipeline.desk import pages
from pipeline.desk.article_routes import ArticleRoutes
from pipeline.desk.desk import Desk
from pipeline.desk.door import Door, SignedOut
from pipeline.desk.errors import DecidedMeanwhile, DeskError
from pipeline.desk.forms import read_corrections
from pipeline.desk.items import Item
from pipeline.desk.security import Security
from pipeline.desk.view import View
from pipeline.exchange.naming import NamedOf
from pipeline.model import EvidenceError


class DeskApp:
    """The routes over one desk; `app` is the ASGI application."""

    def __init__(self, desk: Desk, security: Security, named: NamedOf) -> None:
        self.desk, self.named = desk, named
        self.view = View(desk, security)
        self.door = Door(security, self.view)
        self.app = FastAPI(title="Review desk", docs_url=None, redoc_url=None, openapi_url=None)
        with resources.as_file(resources.files("pipeline.desk") / "static") as static:
            self.app.mount("/static", StaticFiles(directory=Path(static)), name="static")
        self.app.middleware("http")(self.door.guard)
        self.app.exception_handler(SignedOut)(self.door.signed_out)
        self.app.exception_handler(EvidenceError)(self.view.evidence_error)
        self.app.exception_handler(HTTPException)(self.view.http_error)
        route = self.app.add_api_route
        route("/login", self.door.login, methods=["GET"], response_class=HTMLResponse)
        route("/login", self.door.sign_in, methods=["POST"])
        route("/logout", self.door.sign_out, methods=["POST"])
        route("/", self.queue, methods=["GET"], response_class=HTMLResponse)
        route("/decide", self.decide, methods=["POST"])
        route("/skip", self.skip, methods=["POST"])
        route("/undo", self.undo, methods=["POST"])
        route("/history", self.history, methods=["GET"], response_class=HTMLResponse)
        route("/pulse", self.pulse, methods=["GET"])
        ArticleRoutes(self.app, desk, self.view, self.door)

    # -- the queue ----------------------------------------------------------------------------

    def queue(
        self,
        request: Request,
        item: str = "",
        show: str = "",
        q: str = "",
        page: int = 1,
        message: str = "",
        article: str = "",
    ) -> HTMLResponse:
        session = self.door.session(request)
        self.desk.refresh()
        return self._queue_page(session, item, show, q, page, message=message[:200], article=article)

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
        article: str = "",
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
            pages.entry_of(i, self.desk.n_like(i), i is current)
            for i in items[first : first + pages.PAGE_SIZE]
        )
        page = pages.QueuePage(
            frame=self.view.frame("Review queue", session, message),
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
            article=article,
            n_articles=sum(1 for items in self.desk.state.of_article.values() if items),
        )
        return self.view.page("queue.html", page, status)

    def _onward(self, form: FormData, message: str, item_id: str = "") -> RedirectResponse:
        values = {k: v for k, v in form.items() if isinstance(v, str)}
        return RedirectResponse(_address(values, message, item_id), 303)

    # -- deciding -----------------------------------------------------------------------------

    async def decide(self, request: Request) -> Response:
        session, form = await self.door.form(request)
        return await run_in_threadpool(self._decide, session, form)

    def _decide(self, session: dict[str, Any], form: FormData) -> Response:
        values = {k: v for k, v in form.items() if isinstance(v, str)}
        find = self.desk.decided_item if values.get("anyway") else self.desk.item
        item = find(values.get("item", ""))
        if item is None:
            return self._late(session, values)
        if not values.get("anyway") and values.get("saw", self.desk.saw(item)) != self.desk.saw(item):
            return self._changed(session, item, values)
        verdict = values.get("verdict", "")
        chosen = self.desk.like(item) if values.get("all_like") else (item,)
        try:
            corrections, resolution = self._what(item, verdict, values)
            rows = self.desk.decide(
                chosen,
                verdict,
                editor=session["editor"],
                reason=values.get("reason", "").strip()[: pages.LONGEST_REASON],
                corrections=corrections,
                resolution=resolution,
                revisions=None if values.get("anyway") else {item.item_id: values.get("revision", "")},
            )
        except DecidedMeanwhile as late:
            return self._conflict(session, late.decision, values)
        except DeskError as error:
            return self._queue_page(
                session, item.item_id, values.get("show", ""), values.get("q", ""),
                problem=f"{error.what}. {error.do}.", draft=values, status=422, article=values.get("article", ""),
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
            return read_corrections(values, claim, self.named), None
        return {}, None

    def _late(self, session: dict[str, Any], values: dict[str, str]) -> Response:
        """The item is no longer undecided: another editor was faster, it was decided in another window, or a run
        changed the statement since the page was made."""
        subject = values.get("subject_id", "")
        now = self.desk.undecided_on(subject)
        if now is not None:
            return self._changed(session, now, values)
        decision = self.desk.state.held.latest.get(subject)
        if decision is None:
            raise HTTPException(404, "There is no such item in the queue.")
        return self._conflict(session, dict(decision), values)

    def _changed(self, session: dict[str, Any], item: Item, values: dict[str, str]) -> Response:
        return self._queue_page(
            session, item.item_id, "", "", draft=values, status=409, article=values.get("article", ""),
            problem="A run has changed this statement since your page was made. Nothing was recorded: please look again.",
        )  # fmt: skip

    def _conflict(
        self, session: dict[str, Any], decision: dict[str, Any], values: dict[str, str]
    ) -> Response:
        page = pages.ConflictPage(
            frame=self.view.frame("Decided meanwhile", session),
            decision=decision,
            form=tuple((k, v) for k, v in values.items() if k not in ("csrf", "anyway", "revision")),
            words=pages.VERDICT_WORDS.get(values.get("verdict", ""), "decided"),
            about=self.desk.about([decision])[decision["decision_id"]],
            onward=_address(values, "", values.get("next", "")),
        )
        return self.view.page("conflict.html", page, 409)

    async def skip(self, request: Request) -> Response:
        session, form = await self.door.form(request)
        self.desk.skip(session["editor"], str(form.get("item", "")))
        return self._onward(form, "Skipped: it stands at the end of your queue", str(form.get("next", "")))

    async def undo(self, request: Request) -> Response:
        session, form = await self.door.form(request)
        taken = await run_in_threadpool(
            self.desk.undo, session["editor"], str(form.get("decision_id", "")) or None
        )
        back = self.desk.undecided_on(taken[0]["subject_id"])
        words = "Taken back" if len(taken) == 1 else f"Taken back: {len(taken)} that were decided together"
        return self._onward(form, words, back.item_id if back else "")

    def history(self, request: Request) -> HTMLResponse:
        session = self.door.session(request)
        decisions = tuple(self.desk.history())
        page = pages.HistoryPage(
            frame=self.view.frame("Decisions", session),
            decisions=decisions,
            about=self.desk.about(decisions),
            earlier=self.desk.decided_ever() - len(decisions),
            undone=frozenset(str(d["undoes"]) for d in decisions if d["undoes"]),
        )
        return self.view.page("history.html", page)

    def pulse(self, request: Request, subject: str = "") -> JSONResponse:
        """What changed meanwhile: how much is left, and who decided `subject` (null where nobody did)."""
        self.door.session(request)
        self.desk.refresh()
        decided, total = self.desk.progress()
        latest = self.desk.state.held.latest.get(subject)
        who = None
        if latest is not None:
            who = {
                "decision_id": latest["decision_id"],
                "editor": latest["editor"],
                "verdict": pages.VERDICT_WORDS[str(latest["verdict"])],
            }
        return JSONResponse({"decided": decided, "total": total, "latest": who})


def _address(form: Mapping[str, str], message: str, item_id: str) -> str:
    """Where an editor goes on: to an item of the queue as it was filtered, or back to the article that the form came from."""
    if article := form.get("article", ""):  # the decision was made in the article's own page
        query = {"id": article, "message": message}
        return f"/article?{urlencode({k: v for k, v in query.items() if v})}#{quote(form.get('at', ''), safe='')}"
    query = {"item": item_id, "show": form.get("show", ""), "q": form.get("q", ""), "message": message}
    return "/?" + urlencode({k: v for k, v in query.items() if v})


def create_app(desk: Desk, security: Security, named: NamedOf) -> FastAPI:
    """The ASGI application. `named(column, name)` tells what the name of a drug or disease means."""
    return DeskApp(desk, security, named).app
