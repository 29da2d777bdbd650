"""The language of doses: finds every dose of a statement, reads it, and binds it to its drug.

What works on a Doc is imported when it is asked for: without it an article is read a second and a half sooner, the time
that spaCy takes to load.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.claims.doses.daily import DailyDose, to_daily

if TYPE_CHECKING:
    from pipeline.claims.doses.binding import bind_doses
    from pipeline.claims.doses.component import DoseFinder, dose_of, make_doses

__all__ = ["DailyDose", "DoseFinder", "bind_doses", "dose_of", "make_doses", "to_daily"]

_LATER = {
    "bind_doses": "binding",
    "DoseFinder": "component",
    "dose_of": "component",
    "make_doses": "component",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
