"""The Prefect server that a run uses: the one that is configured, else one of its own for as long as it lasts.

Prefect's own embedded mode imports the whole server in the client process too, which doubles the start. So the
server is started here, as early as possible and beside our own start-up, on a loopback socket that is bound before,
with its database under `processed/.prefect` (unless PREFECT_HOME says otherwise), without telemetry, and its
words go to `server.log` there. It ends with this process, also when this process is killed.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from filelock import FileLock

from flows.errors import RunError
from pipeline.model import EvidenceError

STARTUP_SECONDS = 180.0
_DATABASE = 1_000_000  # bytes that an empty database of Prefect takes, about
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
}
# Where our own server is used, people see our progress, and the log of the run has the rest.
EMBEDDED = {
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_FOREMAN_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_EVENT_LOGGER_ENABLED": "false",
    "PREFECT_SERVER_EVENTS_WEBSOCKET_BACKFILL_PAGE_SIZE": "10",
}


def configured_server() -> str | None:
    """The address of the Prefect server that the user has configured, by variable or by profile; None for none.

    Prefect is not asked: it keeps the settings of the moment when it is first asked, and would not hear of a server that we
    start afterwards. A profile counts where PREFECT_HOME or PREFECT_PROFILE names it.
    """
    if os.environ.get("PREFECT_API_URL"):
        return os.environ["PREFECT_API_URL"]
    if not (os.environ.get("PREFECT_HOME") or os.environ.get("PREFECT_PROFILE")):
        return None
    home = Path(os.environ.get("PREFECT_HOME") or "~/.prefect").expanduser()
    try:
        with Path(os.environ.get("PREFECT_PROFILES_PATH") or home / "profiles.toml").open("rb") as file:
            known = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError):  # of a broken file Prefect itself tells
        return None
    name = os.environ.get("PREFECT_PROFILE") or known.get("active", "")
    address: str | None = known.get("profiles", {}).get(name, {}).get("PREFECT_API_URL")
    return address


def set_defaults(values: dict[str, str]) -> None:
    """Settings of ours, where the user has none."""
    for name, value in values.items():
        os.environ.setdefault(name, value)


class Server:
    """A server on its way; `wait()` until it answers. A `lasting` one also looks after schedules."""

    def __init__(self, home: Path, *, lasting: bool = False) -> None:
        self._log = home / "server.log"
        home.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(str(home / "server.lock"))
        self._lock.acquire(timeout=STARTUP_SECONDS)  # one at a time makes or migrates the database
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        self.address = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        command = [
            sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app",
            "--fd", str(listener.fileno()), "--log-level", "error", "--lifespan", "on",
        ]  # fmt: skip
        environment = {k: v for k, v in os.environ.items() if k != "PREFECT_API_URL"}
        environment |= {"PREFECT__SERVER_FINAL": "1"}
        if not lasting:
            environment |= {"PREFECT__SERVER_EPHEMERAL": "1"}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(listener.fileno(),),
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )
        listener.close()

    def wait(self) -> None:
        """Until the server answers. Raises RunError (E-RUN-4) that says what it said, LedgerError where the disk is full."""
        end = time.monotonic() + STARTUP_SECONDS
        try:
            while time.monotonic() < end and self._process.poll() is None:
                try:
                    if httpx.get(f"{self.address}/health", timeout=30, trust_env=False).status_code == 200:
                        return
                except httpx.TransportError:
                    time.sleep(0.1)
        finally:
            self._lock.release()
        words = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        self.stop()
        raise start_error(self._log, words, shutil.disk_usage(self._log.parent).free)

    def stop(self) -> None:
        """End the server."""
        self._lock.release()
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def start_error(log: Path, words: list[str], free: int) -> EvidenceError:
    """Why a server did not start, by the last of its `words` and the bytes `free` where it keeps its database.

    >>> start_error(Path("server.log"), [], 0).code, start_error(Path("server.log"), ["ImportError: x"], 10**9).what
    ('E-LEDGER-3', "Prefect's server does not start: ImportError: x")
    """
    if free < _DATABASE or any("disk is full" in line for line in words):
        from pipeline.ledger.errors import storage_error  # which wakes half the house, so not before

        return storage_error(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), str(log.parent))
    return RunError(
        "E-RUN-4",
        "Prefect's server does not start" + (f": {words[-1]}" if words else ""),
        where=str(log),
        do="install the locked versions (make install), name a server in PREFECT_API_URL, or say --plain",
    )


@contextmanager
def prefect_server(processed: Path) -> Iterator[Server | None]:
    """Settings made, and a server on its way where none is configured (then the block gets it)."""
    set_defaults(QUIET)
    if configured_server():
        yield None
        return
    set_defaults({"PREFECT_HOME": str(processed / ".prefect")} | EMBEDDED)
    server = Server(Path(os.environ["PREFECT_HOME"]))
    os.environ["PREFECT_API_URL"] = server.address
    try:
        yield server
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        server.stop()


def _end_with_parent() -> None:
    """In the child, on Linux: end when the parent does, and leave the terminal's Ctrl-C to the parent."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
    os.setpgrp()
