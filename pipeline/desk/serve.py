"""Runs the desk: a real web server, the browser opened, Ctrl-C leaves nothing broken."""

from __future__ import annotations

import datetime as dt
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from pipeline.desk.app import create_app
from pipeline.desk.desk import Desk
from pipeline.desk.errors import DeskError
from pipeline.desk.security import Security, is_loopback, kept_secret
from pipeline.exchange.naming import named_by
from pipeline.vocabulary import Lexicon


def serve(
    processed: Path,
    *,
    host: str,
    port: int,
    token: str | None,
    open_browser: bool,
    say: Callable[[str], None],
) -> None:
    """Serve the desk until Ctrl-C. `port` 0 takes any free one. Raises DeskError where it cannot begin."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), port))
    except OSError as error:
        listener.close()
        raise DeskError(
            "E-DESK-10",
            f"the desk cannot listen on {host}:{port}",
            do=f"is another desk running? choose another --port ({error.strerror})",
        ) from error
    with listener:
        port = listener.getsockname()[1]
        security = Security(secret=kept_secret(processed / "desk"), host=host, port=port, token=token)
        desk = Desk(processed, now=lambda: dt.datetime.now(dt.UTC))
        app = create_app(desk, security, named_by(Lexicon.default()))
        shown = f"[{host}]" if ":" in host else ("localhost" if is_loopback(host) else host)
        address = f"http://{shown}:{port}/"
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off")
        )
        decided, total = desk.progress()
        listener.listen()  # who comes once we say so waits for the server, and is not turned away
        say(f"The review desk is open at {address} ({total - decided} to decide). Ctrl-C closes it.")
        if open_browser:
            threading.Timer(0.5, webbrowser.open, (address,)).start()
        server.run(sockets=[listener])
