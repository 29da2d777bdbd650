"""Addresses and words about them without the secrets that they carry: what is recorded, logged or told of any.

Which parts are secret is told in docs/sources.md, for who uses the tables.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

MASK = "***"
MACHINE_MADE = 16  # characters: what is as long is no word that can be guessed from a few digits of its hash

# user:password@ of an address; also where the password holds signs that should have been written as %..
_USER = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{0,30})://(?!\[)(?P<user>[^\s/?#:]*)"
    r"(?P<word>:[^\s/?#]*(?=@)|:(?!\d*(?:[/?#\s]|$))(?:(?!://)[^\s@])*)?@"
)
_USER_WITHIN = re.compile(r"(?<=%3A%2F%2F)(?:(?!%2F|%3F|%23)[^\s/?#&@])*?%40", re.IGNORECASE)
_NAME = re.compile(
    r"(?:[?&;#]|%3F|%26|%3B|%23)(?P<name>[A-Za-z0-9_.-]{1,60})(?P<equals>=|%3D)", re.IGNORECASE
)
_VALUE = re.compile(r"(?:(?!%26|%23)[^&#\s\"<>\\])+", re.IGNORECASE)
_PATH_VALUE = re.compile(r"[^&#\s\"<>\\/?;]+")  # page;jsessionid=...?x=1
_CLOSING = "')],.;:"  # of the sentence around an address

_SURE = (
    "token", "secret", "apikey", "accesskey", "accesskeyid", "secretkey", "privatekey", "subscriptionkey", "authkey",
    "signature", "credential", "credentials", "sessionid", "sessid", "jwt", "hmac", "authorization",
)  # fmt: skip
_PASSWORDS = ("password", "passwd", "passphrase", "passcode", "pwd")
_LIKELY = frozenset({"key", "sid", "session", "auth", "ticket", "pass", "license", "hdnts", "hdnea"})
_MADE = re.compile(
    r"(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{16}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    re.IGNORECASE,
)


def without_secrets(text: str) -> str:
    """An address, or a text with addresses in it, without passwords, keys, tokens and signatures. Repeating it changes nothing.

    Who asks for a page (`user:password@`) is left out, of stores only the password: the address stays one. In the place of a secret value stands a
    mark, and behind it, where the value is long enough, what tells it from others: two pages that only a key tells apart are two.

    >>> without_secrets("https://me:pa55@a.example/x?page=2&password=pa55")
    'https://a.example/x?page=2&password=***'
    >>> without_secrets("https://a.example/x?key=gout&api_key=Zx81Kq02Lm77Pw39")
    'https://a.example/x?key=gout&api_key=***5094fb'
    """
    if "=" in text or "%3D" in text or "%3d" in text:
        text = "".join(_masked(text))
    if "@" in text:
        text = _USER.sub(_unnamed, text)
    return _USER_WITHIN.sub("", text) if "%40" in text else text


def _unnamed(match: re.Match[str]) -> str:
    """For the web nobody; stores keep the name, which may be a part of the place (abfs://container@account)."""
    if match["scheme"].lower() in ("http", "https"):
        return f"{match['scheme']}://"
    return f"{match['scheme']}://{match['user']}@"


def _masked(text: str) -> Iterator[str]:
    done = at = 0
    while match := _NAME.search(text, at):
        at = match.end()
        name = re.sub(r"[_.-]", "", match["name"]).lower()
        if not (name.endswith((*_SURE, *_PASSWORDS)) or name == "sig" or name in _LIKELY):
            continue
        value = (_PATH_VALUE if text[match.start()] == ";" else _VALUE).match(text, at)
        secret = value[0].rstrip(_CLOSING) if value else ""
        if not secret or secret.startswith(MASK) or (name in _LIKELY and not _MADE.search(secret)):
            at = value.end() if value else at
            continue
        yield text[done:at] + MASK
        if len(secret) >= MACHINE_MADE and not name.endswith(_PASSWORDS):
            yield hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()[:6]
        done = at = at + len(secret)
    yield text[done:]
