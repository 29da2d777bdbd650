"""What is an address of the web."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def is_web_address(text: str) -> bool:
    """Whether a page can be asked for at `text`: http or https, a host, and a port where one is given.

    >>> [is_web_address(t) for t in ("https://a.example/x", "ftp://a.example", "http://", "http://[a", "http://a:b/")]
    [True, False, False, False, False]
    """
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        return parts.scheme in ("http", "https") and bool(host) and " " not in host and parts.port != 0
    except ValueError:
        return False


def joined(base: str, address: str) -> str:
    """`address` as the page or list at `base` means it; one that makes no sense is left as it is.

    >>> joined("https://a.example/x/list", "../y?b"), joined("https://a.example/", "https://b.example/c?")
    ('https://a.example/y?b', 'https://b.example/c?')
    """
    try:
        return address if is_web_address(address) else urljoin(base, address)
    except ValueError:
        return address
