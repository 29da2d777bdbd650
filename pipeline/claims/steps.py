"""Steps of one drug over bullets ("Week 1: 25 mg nightly", "Week 2: 25 mg twice daily"): the part that each dose plays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pipeline.model import Claim, Dose

_LABEL = re.compile(
    r"\W*(?:from\s)?(?P<unit>day|week|month)s?\s(?P<first>\d{1,3})(?:\s?(?:[-–]|to|and|through)\s?\d{1,3})?(?:\s(?:onwards?|and (?:beyond|after)|on))?"
    r"\s?(?:[:(]|[–—-]\s)",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30}
_AFTER = re.compile(r"\W*(?:thereafter|then|subsequently|maintenance|after(?:wards)?)\b", re.IGNORECASE)


def with_steps(claims: Iterable[Claim], rename: Callable[[Claim], str]) -> tuple[Claim, ...]:
    """The claims with `start` and `target`, or `loading` and `maintenance`, for the doses of steps told one a bullet.

    `rename` gives a claim its `claim_id` anew, which depends on the part that its dose plays.
    """
    out: list[Claim] = []
    for group in _groups(claims):
        out += _stepped(group, rename) if len(group) > 1 else group
    return tuple(out)


def _groups(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    """Runs of claims that are the steps of one drug in one disease; all others alone."""
    group: list[Claim] = []
    for claim in claims:
        if group and not (_goes_on(group, claim)):
            yield group
            group = []
        group.append(claim)
    if group:
        yield group


def _goes_on(group: list[Claim], claim: Claim) -> bool:
    before = group[-1]
    alike = (before.drug, before.disease, before.section) == (claim.drug, claim.disease, claim.section)
    if not alike or before.char_start == claim.char_start or not (_plain(before.dose) and _plain(claim.dose)):
        return False
    label, last = _LABEL.match(claim.quote), _LABEL.match(before.quote)
    if last is None:
        return False
    return _day(label) > _day(last) if label else _AFTER.match(claim.quote) is not None


def _day(label: re.Match[str]) -> int:
    return int(label["first"]) * _DAYS[label["unit"].lower()]


def _plain(dose: Dose | None) -> bool:
    return (
        dose is not None and dose.dose_role in (None, "regimen", "maintenance") and _amount(dose) is not None
    )


def _amount(dose: Dose) -> tuple[str, str, float] | None:
    """Unit, basis and amount by day, or by intake where that is unknown."""
    high = dose.dose_high
    if high is None:
        return None
    if dose.daily_high is not None and dose.daily_unit is not None:
        return dose.daily_unit, "day", dose.daily_high
    days = {"d": 1.0, "wk": 7.0, "mo": 30.0}.get(dose.period_unit or "")
    rate = 1.0 if not days or not dose.period or not dose.frequency else dose.frequency / (dose.period * days)
    return dose.dose_unit or "", dose.dose_basis or "", high * rate


def _stepped(group: list[Claim], rename: Callable[[Claim], str]) -> list[Claim]:
    sizes = [_amount(c.dose) for c in group if c.dose is not None]
    known = [s for s in sizes if s is not None]
    if len(known) < len(group) or len({s[:2] for s in known}) > 1:
        return group
    first, last = known[0][2], known[-1][2]
    if first == last:
        return group
    early, late = ("start", "target") if first < last else ("loading", "maintenance")
    if early == "loading" and len(group) > 2:
        return group  # a taper
    out = []
    for n, claim in enumerate(group):
        role = late if n else early
        if claim.dose is None or claim.dose.dose_role != "regimen":
            out.append(claim)
            continue
        changed = replace(claim, dose=replace(claim.dose, dose_role=role))
        out.append(replace(changed, claim_id=rename(changed)))
    return out
