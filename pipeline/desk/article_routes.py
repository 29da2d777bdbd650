"""The routes on whole articles: which have something left, one with all its statements, and one decision on what is left."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from pipeline.desk import pages, whole
from pipeline.desk.desk import Desk, Done
from pipeline.desk.door import Door
from pipeline.desk.errors import DeskError, NothingLeft
from pipeline.desk.view import View


class ArticleRoutes:
    """Adds its routes to the desk's application."""

    def __init__(self, app: FastAPI, desk: Desk, view: View, door: Door) -> None:
        self.desk, self.view, self.door = desk, view, door
        app.add_api_route("/articles", self.articles, methods=["GET"], response_class=HTMLResponse)
        app.add_api_route("/article", self.article, methods=["GET"], response_class=HTMLResponse)
        app.add_api_route("/article", self.decide, methods=["POST"])

    def articles(self, request: Request, q: str = "", page: int = 1, message: str = "") -> HTMLResponse:
        session = self.door.session(request)
        self.desk.refresh()
        frame = self.view.frame("Articles", session, message[:200])
        return self.view.page("articles.html", whole.articles_page(self.desk, frame, q, page))

    def article(self, request: Request, id: str = "", message: str = "") -> HTMLResponse:
        session = self.door.session(request)
        self.desk.refresh()
        return self._page(session, id, message=message[:200])

    def _page(
        self,
        session: dict[str, Any],
        article_id: str,
        *,
        message: str = "",
        problem: str = "",
        status: int = 200,
    ) -> HTMLResponse:
        page = whole.article_page(
            self.desk, self.view.frame("Article", session, message), article_id, problem
        )
        if page is None:
            raise HTTPException(404, "There is no such article.")
        return self.view.page("article.html", page, status)

    async def decide(self, request: Request) -> Response:
        session, form = await self.door.form(request)
        return await run_in_threadpool(self._decide, session, {k: str(v) for k, v in form.items()})

    def _decide(self, session: dict[str, Any], values: dict[str, str]) -> Response:
        name, verdict = values.get("article", ""), values.get("verdict", "")
        if verdict not in ("accept", "reject"):
            raise DeskError("E-DESK-9", "that cannot be decided here", do="choose one of the buttons")
        onward = whole.next_left(self.desk, name)
        try:
            done = self.desk.decide_left(
                name,
                values.get("items", "").split(),
                verdict,
                editor=session["editor"],
                reason=values.get("reason", "").strip()[: pages.LONGEST_REASON],
            )
        except NothingLeft as late:
            return self._page(
                session, name, status=409,
                problem=f"Nothing was recorded: {late.what}. Others have decided it, or a run has changed it.",
            )  # fmt: skip
        title = str(self.desk.state.articles.get(name, {}).get("title") or name)
        query = {"message": _told(done, verdict, title)}
        stay = bool(self.desk.left_of(name))
        if stay or onward:
            return RedirectResponse("/article?" + urlencode({"id": name if stay else onward, **query}), 303)
        return RedirectResponse("/articles?" + urlencode(query), 303)


def _told(done: Done, verdict: str, title: str) -> str:
    n = len(done.rows)
    told = f"{pages.VERDICT_WORDS[verdict].capitalize()}: {n} {'statement' if n == 1 else 'statements'} of {title}."
    if done.gone:
        told += f" {done.gone} more {'was' if done.gone == 1 else 'were'} decided or changed meanwhile."
    if done.came:
        told += f" {done.came} {'is' if done.came == 1 else 'are'} still to decide."
    return told
