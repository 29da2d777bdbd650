"""Doses and strength of a drug over the dates of the articles, as coordinates for a small drawing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.changes.dosing import say_amount, say_dose
from pipeline.changes.rows import Row, date, number, text
from pipeline.reports.labels import say_date
from pipeline.reports.sides import says_of

MOST_DRUGS = 24
LEFT, RIGHT, TOP, DOSE_HEIGHT, ROW_HEIGHT = 44.0, 8.0, 26.0, 84.0, 38.0
WIDTH = 360.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A dose range at a date, in drawing units; `top == bottom` for one amount."""

    x: float
    top: float
    bottom: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What an article says at a date: `shape` up/down/dot, `filled` where strong."""

    x: float
    y: float
    shape: str
    filled: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A label on an axis, at `at` along it."""

    at: float
    words: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidAt:
    """The same as text: one line of the table under the drawing."""

    date: str
    disease: str
    says: str
    dose: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The drawing of one drug and the table that says the same."""

    drug: str
    unit: str
    width: float
    left: float
    height: float
    bars: tuple[Bar, ...]
    points: tuple[Point, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    rows: tuple[Tick, ...]
    lines: tuple[SaidAt, ...]


def timelines(claims: Iterable[Row], first: Sequence[str] = ()) -> tuple[Timeline, ...]:
    """Drawings of the drugs that articles of two or more dates speak of; those in `first` come first."""
    by_drug: defaultdict[str, list[tuple[dt.date, Row]]] = defaultdict(list)
    for row in claims:
        day = date(row, "article_date")
        if day and text(row, "kind") != "evidence" and text(row, "drug_kind") != "procedure":
            by_drug[text(row, "drug")].append((day, row))
    several = {d: rows for d, rows in by_drug.items() if len({day for day, _ in rows}) > 1}
    front = {drug: n for n, drug in enumerate(first)}
    order = sorted(several, key=lambda d: (front.get(d, len(front)), -len({r[0] for r in several[d]}), d))
    return tuple(_timeline(drug, several[drug]) for drug in order[:MOST_DRUGS])


def _timeline(drug: str, dated: list[tuple[dt.date, Row]]) -> Timeline:
    dated.sort(key=lambda p: (p[0], text(p[1], "disease"), text(p[1], "claim_id")))
    days = sorted({day for day, _ in dated})
    span = (days[-1] - days[0]).days or 1

    def x(day: dt.date) -> float:
        return round(LEFT + 12 + (WIDTH - LEFT - RIGHT - 24) * (day - days[0]).days / span, 1)

    unit, doses = _doses(dated)
    top, bottom = TOP, TOP + (DOSE_HEIGHT if doses else 0.0)
    peak = max((high for _, _, high in doses), default=1.0) or 1.0

    def y(amount: float) -> float:
        return round(bottom - (bottom - top) * amount / peak, 1)

    diseases = sorted({text(row, "disease") for _, row in dated})[:6]
    start = bottom + (22.0 if doses else 0.0)
    at = {d: start + ROW_HEIGHT * n + 26 for n, d in enumerate(diseases)}
    end = start + ROW_HEIGHT * len(diseases)
    bars = {
        (day, low, high): Bar(
            x=x(day), top=y(high), bottom=y(low), words=f"{say_date(day)}: {_say(low, high, unit)}"
        )
        for day, low, high in doses
    }
    return Timeline(
        drug=drug,
        unit=unit,
        width=WIDTH,
        left=LEFT,
        height=end + 26,
        bars=tuple(bars[k] for k in sorted(bars)),
        points=_points(dated, x, at),
        x_ticks=_x_ticks(days, x),
        y_ticks=tuple(Tick(at=y(v), words=f"{v:g}") for v in ((0.0, peak / 2, peak) if doses else ())),
        rows=tuple(Tick(at=at[d], words=d if len(d) <= 48 else d[:47] + "…") for d in diseases),
        lines=_lines(dated),
    )


def _say(low: float, high: float, unit: str) -> str:
    basis = unit.partition("/")[2]
    return say_amount(
        {
            "dose_low": low,
            "dose_high": high,
            "dose_unit": "mg",
            "dose_basis": basis or "flat",
            "dose_per": "day",
        }
    )


def _doses(dated: list[tuple[dt.date, Row]]) -> tuple[str, list[tuple[dt.date, float, float]]]:
    """The regimen doses per day in the unit that most of them have."""
    found: defaultdict[str, list[tuple[dt.date, float, float]]] = defaultdict(list)
    for day, row in dated:
        low, high, unit = number(row, "daily_low"), number(row, "daily_high"), text(row, "daily_unit")
        if unit and (low is not None or high is not None) and text(row, "dose_role") != "threshold":
            ends = [v for v in (low, high) if v is not None]
            found[unit].append((day, min(ends), max(ends)))
    unit = max(sorted(found), key=lambda u: len(found[u]), default="")
    return unit, found.get(unit, [])


def _points(
    dated: list[tuple[dt.date, Row]], x: Callable[[dt.date], float], at: dict[str, float]
) -> tuple[Point, ...]:
    found: dict[tuple[object, ...], Point] = {}
    for day, row in dated:
        disease, direction, strength = (text(row, c) for c in ("disease", "direction", "strength"))
        if disease not in at:
            continue
        shape = {"for": "up", "against": "down"}.get(direction, "dot")
        said = direction if strength == "unstated" else f"{direction}, {strength}"
        words = f"{say_date(day)}, {disease}: {said}"
        apart = {"up": -1, "down": 6}.get(shape, 0)
        point = Point(x=x(day), y=at[disease] + apart, shape=shape, filled=strength == "strong", words=words)
        found.setdefault((point.x, point.y, shape, strength == "strong"), point)
    return tuple(found.values())


def _x_ticks(days: list[dt.date], x: Callable[[dt.date], float]) -> tuple[Tick, ...]:
    """First and last date, and those between that leave room."""
    ticks = [Tick(at=x(days[0]), words=f"{days[0]:%b %Y}", anchor="start")]
    last = Tick(at=x(days[-1]), words=f"{days[-1]:%b %Y}", anchor="end")
    for day in days[1:-1]:
        if x(day) - ticks[-1].at > 90 and last.at - x(day) > 90:
            ticks.append(Tick(at=x(day), words=f"{day:%b %Y}"))
    return (*ticks, last)


def _lines(dated: list[tuple[dt.date, Row]]) -> tuple[SaidAt, ...]:
    lines = [
        SaidAt(
            date=say_date(day),
            disease=text(row, "disease"),
            says=says_of(row),
            dose=say_dose(row),
            title=text(row, "article_title") or text(row, "article_id"),
        )
        for day, row in dated
    ]
    return tuple(dict.fromkeys(lines))
