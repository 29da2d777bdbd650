"""The language of doses: finds every dose of a statement, reads it, and binds it to its drug."""

from pipeline.claims.doses.binding import bind_doses
from pipeline.claims.doses.component import DoseFinder, dose_of, make_doses
from pipeline.claims.doses.daily import DailyDose, to_daily

__all__ = ["DailyDose", "DoseFinder", "bind_doses", "dose_of", "make_doses", "to_daily"]
