"""The loopback web server of `tests/web.py`."""

from tests.web import site

__all__ = ["site"]
