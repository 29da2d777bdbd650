"""Claims as columns of numbers; words stay in small lists beside them, sorted, so that numbers compare like words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.evidence.arrays import Bools, Floats, Ints, ints
from pipeline.evidence.rules import Rules
from pipeline.model.claim import DAYS

FOR: Final = 1
AGAINST: Final = 2
DIRECTIONS: Final = ("unstated", "for", "against")
STRENGTHS: Final = ("unstated", "conditional", "strong")
CERTAINTIES: Final = ("unstated", "very low", "low", "moderate", "high")
LINES: Final = ("unstated", "first", "subsequent")
PREFERENCES: Final = ("unstated", "alternative", "preferred")
KINDS: Final = ("evidence", "recommendation")
NO_DATE: Final = -(2**31)
ADJUSTING: Final = ("reduced", "start", "maximum", "threshold")
_LIST_OF: Final = {"claim_id": "claim", "article_id": "article"}
SETS: Final = ("setting", "population", "condition", "with_drugs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """One number per claim and column. `article`, `drug`, ... point into the list of words of the same name.

    `date` is in days since 1970 (NO_DATE where there is none, or where it lies after the day on which the claim was
    recorded); `set_words` holds the tuple of words of each set; `level` is 1 for a graded recommendation of a named guideline.
    """

    claim: Ints
    article: Ints
    drug: Ints
    disease: Ints
    source: Ints
    guideline: Ints
    direction: Ints
    strength: Ints
    certainty: Ints
    line: Ints
    preference: Ints
    kind: Ints
    setting: Ints
    population: Ints
    condition: Ints
    with_drugs: Ints
    date: Ints
    level: Ints
    authority: Floats
    drug_kind: Ints
    dose_text: Ints
    dose_role: Ints
    dose_unit: Ints
    dose_low: Floats
    dose_high: Floats
    threshold: Bools
    adjusted: Bools
    route: Ints
    limit: Floats
    shortest: Floats
    longest: Floats
    words: dict[str, list[Any]] = field(repr=False)

    def __len__(self) -> int:
        return len(self.claim)


def encode(table: pa.Table, rules: Rules, sources: dict[str, str], today: int | None) -> Claims:
    """The numbers of a whole table (see `pipeline.evidence.table.whole`)."""
    found: dict[str, list[Any]] = {}

    def coded(name: str) -> Ints:
        codes, found[name] = _codes(table.column(name))
        return codes

    def fixed(name: str, values: tuple[str, ...]) -> Ints:
        found = pc.index_in(table.column(name), value_set=pa.array(values))
        return ints(pc.fill_null(found, 0).to_numpy())

    columns = {name: coded(name) for name in ("claim_id", "article_id", "drug", "disease", "source", "guideline", "drug_kind", "dose_text", "dose_role", "route")}  # fmt: skip
    sets = {name: _sets(table.column(name)) for name in SETS}
    words: dict[str, list[Any]] = {_LIST_OF.get(name, name): values for name, values in found.items()}
    words.update({name: values for name, (_, values) in sets.items()})
    strength = fixed("strength", STRENGTHS)
    authority = np.array([rules.authority(sources.get(name)) for name in words["source"]], dtype=np.float64)
    unit, low, high = _doses(table)
    unit_codes, words["dose_unit"] = _codes(unit)
    duration = _days(table)
    is_threshold = table.column("dose_role").to_pandas().eq("threshold").to_numpy(dtype=bool)
    limit = np.where(np.isnan(duration[0]) & ~is_threshold, duration[1], np.nan)
    return Claims(
        claim=columns["claim_id"],
        article=columns["article_id"],
        drug=columns["drug"],
        disease=columns["disease"],
        source=columns["source"],
        guideline=columns["guideline"],
        direction=fixed("direction", DIRECTIONS),
        strength=strength,
        certainty=fixed("certainty", CERTAINTIES),
        line=fixed("line", LINES),
        preference=fixed("preference", PREFERENCES),
        kind=fixed("kind", KINDS),
        setting=sets["setting"][0],
        population=sets["population"][0],
        condition=sets["condition"][0],
        with_drugs=sets["with_drugs"][0],
        date=_dates(table, today),
        level=ints((strength > 0) & (columns["guideline"] >= 0)),
        authority=authority[columns["source"]] if len(authority) else np.zeros(len(table)),
        drug_kind=columns["drug_kind"],
        dose_text=columns["dose_text"],
        dose_role=columns["dose_role"],
        dose_unit=unit_codes,
        dose_low=low,
        dose_high=high,
        threshold=is_threshold,
        adjusted=table.column("dose_role").to_pandas().isin(ADJUSTING).to_numpy(dtype=bool),
        route=columns["route"],
        limit=limit,
        shortest=np.where(is_threshold, np.nan, duration[0]),
        longest=np.where(is_threshold, np.nan, duration[1]),
        words=words,
    )


def _codes(column: Any) -> tuple[Ints, list[Any]]:
    """Numbers in the order of the words; -1 for null."""
    flat = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    coded = flat.dictionary_encode()
    order = pc.sort_indices(coded.dictionary).to_numpy()
    rank = np.empty(len(order) + 1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    rank[-1] = -1
    codes = pc.fill_null(coded.indices, len(order)).to_numpy()
    return rank[codes], coded.dictionary.take(pa.array(order)).to_pylist()


def _sets(column: Any) -> tuple[Ints, list[tuple[str, ...]]]:
    """Lists of words as numbers of sets: order, case, white space and repetition do not matter. 0 is the empty set."""
    codes, joined = _codes(column)
    written: dict[str, str] = {}
    made: list[tuple[str, ...]] = []
    for text in joined:
        words = sorted({" ".join(word.split()) for word in text.split("\x1f")} - {""})
        for word in words:
            written[word.lower()] = min(written.get(word.lower(), word), word)
        made.append(tuple(sorted({word.lower() for word in words})))
    sets = sorted({(), *made})
    number = {words: i for i, words in enumerate(sets)}
    shown = [tuple(sorted(written[word] for word in words)) for words in sets]
    return ints([number[words] for words in made])[codes] if made else codes, shown


def _dates(table: pa.Table, today: int | None) -> Ints:
    date = ints(pc.fill_null(table.column("article_date"), NO_DATE).to_numpy())
    known = ints(pc.fill_null(table.column("recorded_on"), 2**31 - 2).to_numpy())
    if today is not None:
        known = np.minimum(known, today)
    return np.where(date > known + 1, NO_DATE, date)


def _doses(table: pa.Table) -> tuple[Any, Floats, Floats]:
    """Comparable amount of each claim: its unit (null where it has none), low and high.

    The amount per day where there is one; else, for an intake on a stated schedule of a day or more, the amount of one
    intake with unit, basis and schedule as its unit. Zero, negative and unreadable amounts are none; ends that
    stand the wrong way round are turned; a missing low end is 0, a missing high end infinite.
    """

    def floats(name: str) -> Floats:
        return np.asarray(table.column(name).to_numpy(zero_copy_only=False), dtype=np.float64)

    low, high, unit = floats("daily_low"), floats("daily_high"), table.column("daily_unit").combine_chunks()
    daily = ~(np.isnan(low) & np.isnan(high)) & ~np.asarray(unit.is_null())
    spaced = (
        ~daily
        & ~(np.isnan(floats("dose_low")) & np.isnan(floats("dose_high")))
        & table.column("dose_per").to_pandas().eq("administration").to_numpy(dtype=bool)
        & ~np.isnan(floats("frequency"))
        & ~np.isnan(floats("period"))
        & table.column("period_unit").to_pandas().isin(["d", "wk", "mo", "a"]).to_numpy(dtype=bool)
    )
    if spaced.any():
        rows = table.filter(pa.array(spaced))
        schedule = [
            f"{u or ''}/{b or 'flat'} {f:g} per {p:g} {q}"
            for u, b, f, p, q in zip(
                *(
                    rows.column(n).to_pylist()
                    for n in ("dose_unit", "dose_basis", "frequency", "period", "period_unit")
                ),
                strict=True,
            )
        ]
        named = np.array(unit.to_pylist(), dtype=object)
        named[spaced] = schedule
        unit = pa.array(named.tolist(), pa.string())
        low = np.where(spaced, floats("dose_low"), low)
        high = np.where(spaced, floats("dose_high"), high)
    some = daily | spaced
    low, high = np.where(np.isnan(low), 0.0, low), np.where(np.isnan(high), np.inf, high)
    low, high = np.minimum(low, high), np.maximum(low, high)
    some &= (low >= 0) & (high > 0)
    return pc.if_else(pa.array(some), unit, pa.scalar(None, pa.string())), low, high


def _days(table: pa.Table) -> tuple[Floats, Floats]:
    factor = table.column("duration_unit").to_pandas().map(DAYS).to_numpy(dtype=np.float64)
    low = np.asarray(table.column("duration_low").to_numpy(zero_copy_only=False), dtype=np.float64)
    high = np.asarray(table.column("duration_high").to_numpy(zero_copy_only=False), dtype=np.float64)
    return low * factor, high * factor
