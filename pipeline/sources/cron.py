"""Cron lines: minute, hour, day, month and weekday."""

from __future__ import annotations

import re

_CRON_PART = re.compile(r"^(?:\*|([A-Za-z]{3}|\d+)(?:-([A-Za-z]{3}|\d+))?)(?:/(\d+))?$")
_CRON_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7))
_CRON_NAMES = {
    "month": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    "weekday": ("sun", "mon", "tue", "wed", "thu", "fri", "sat"),
}


def cron_problem(value: str) -> str | None:
    """Why `value` is no cron line; None where it is one.

    >>> cron_problem("0 3 * * MON-FRI"), cron_problem("61 3 * * *")
    (None, 'minute 61 is not between 0 and 59')
    """
    fields = value.split()
    if len(fields) != len(_CRON_FIELDS):
        return f"it has {len(fields)} fields, not five"
    for field_, (name, low, high) in zip(fields, _CRON_FIELDS, strict=True):
        for part in field_.split(","):
            found = _CRON_PART.match(part)
            if not found:
                return f"{name} {part!r} is none"
            first, last, step = found.groups()
            for word in (w for w in (first, last) if w is not None and w.isalpha()):
                if word.lower() not in _CRON_NAMES.get(name, ()):
                    return f"{name} {word!r} is none"
            for number in (n for n in (first, last) if n is not None and n.isdigit()):
                if not low <= int(number) <= high:
                    return f"{name} {number} is not between {low} and {high}"
            if step is not None and not 0 < int(step) <= high:
                return f"step {step} of the {name} is not between 1 and {high}"
    return None
