"""Who may use the desk, and what a browser may do with its pages.

On loopback an editor only says a name. Any other address needs the desk's token as well. Sessions are signed cookies
(HttpOnly, SameSite=Strict) that end after eight idle hours; every form carries a token bound to its session (OWASP,
"Cross-Site Request Forgery Prevention": signed double submit), and only requests to the desk's own name are
answered, so that another site's name that resolves to loopback gets nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import ipaddress
import os
import secrets
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer

from pipeline.desk.errors import DeskError

SESSION_SECONDS = 8 * 3600
COOKIE = "evidence_desk"
SECRET_BYTES = 32
MOST_ATTEMPTS = 10
ATTEMPT_SECONDS = 300.0
LONGEST_NAME = 80

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


def is_loopback(host: str) -> bool:
    """Whether a server bound to `host` is reachable from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def kept_secret(folder: Path) -> bytes:
    """The desk's signing secret, made once and kept (mode 600), so that sessions outlive a restart."""
    path = folder / "secret"
    with contextlib.suppress(FileNotFoundError):
        kept = path.read_bytes()
        if len(kept) == SECRET_BYTES:
            return kept  # any other is half-written, and could be guessed
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".secret.{os.getpid()}.part"
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(SECRET_BYTES))
    os.replace(part, path)
    return path.read_bytes()


@dataclass(slots=True)
class Security:
    """The rules of one running desk. `token` None asks only for a name (loopback)."""

    secret: bytes
    host: str
    port: int
    token: str | None = None
    _attempts: dict[str, list[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        if self.token is None and not is_loopback(self.host):
            raise DeskError(
                "E-DESK-3",
                f"{self.host} can be reached by others, so the desk needs a token",
                do="say --token-file FILE, or set EVIDENCE_DESK_TOKEN, or leave --host away to stay on this machine",
            )
        if self.token is not None and len(self.token) < 12:
            raise DeskError("E-DESK-4", "the token is too short", do="use at least 12 characters")

    @property
    def hosts(self) -> frozenset[str]:
        """The values of the Host header that are answered."""
        names = {self.host.strip("[]")}
        if is_loopback(self.host):
            names |= {"localhost", "127.0.0.1", "::1"}
        shown = {f"[{n}]" if ":" in n else n for n in names}
        return frozenset(f"{n}:{self.port}" for n in shown) | (
            frozenset(shown) if self.port == 80 else frozenset()
        )

    def answers(self, host_header: str) -> bool:
        """Whether a request to this Host is for us. A desk on all addresses takes any name: it has its token."""
        return host_header in self.hosts or self.host in ("0.0.0.0", "::")  # noqa: S104

    def _signer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.secret, salt="evidence-desk-session")

    def new_session(self, editor: str) -> str:
        """A cookie value for an editor who has just signed in."""
        return self._signer().dumps({"editor": editor, "id": secrets.token_urlsafe(12)})

    def renewed(self, session: dict[str, Any]) -> str:
        """The same session, its eight hours begun anew."""
        return self._signer().dumps({"editor": session["editor"], "id": session["id"]})

    def session(self, cookie: str | None) -> dict[str, Any] | None:
        """The session of a cookie; None where it is missing, forged or has ended."""
        if not cookie:
            return None
        try:
            session = self._signer().loads(cookie, max_age=SESSION_SECONDS)
        except BadSignature:
            return None
        return session if isinstance(session, dict) and session.get("editor") and session.get("id") else None

    def csrf(self, session: dict[str, Any]) -> str:
        """The token that every form of this session carries."""
        return hmac.new(self.secret, f"csrf:{session['id']}".encode(), hashlib.sha256).hexdigest()

    def csrf_holds(self, session: dict[str, Any], sent: str) -> bool:
        """Whether a form carries the token of its session."""
        return hmac.compare_digest(self.csrf(session).encode(), sent.encode())

    def token_holds(self, sent: str, who: str, at: float) -> bool:
        """Whether the sent token is right; DeskError (E-DESK-5) after ten wrong ones in five minutes from one address."""
        if self.token is None:
            return True
        with self._lock:
            recent = [t for t in self._attempts.get(who, []) if at - t < ATTEMPT_SECONDS]
            if len(recent) >= MOST_ATTEMPTS:
                raise DeskError("E-DESK-5", "too many wrong tokens from your address", do="wait five minutes")
            right = hmac.compare_digest(self.token.encode(), sent.encode())
            self._attempts[who] = [] if right else [*recent, at]
        return right


def clean_name(name: str) -> str:
    """An editor's name as it is kept: printable, single spaces, at most 80 characters."""
    return " ".join("".join(c for c in name if c.isprintable()).split())[:LONGEST_NAME]
