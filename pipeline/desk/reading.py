"""What was read in an article: its statements in reading order, the text they stand in, and which deserve a look."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.changes import Segment, say_dose, word_diff
from pipeline.desk.desk import Desk
from pipeline.desk.items import Item, Row
from pipeline.desk.looks import REASONS, Look
from pipeline.desk.pages import LABELS, why_of
from pipeline.desk.quotes import Piece, cuts, pieces

Span = tuple[int, int, str]
MOST_JUMPS = 100
_LINES = {"first": "first line", "subsequent": "later line"}
_QUIET = ("quote", "cites", "position", "section")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One statement as it was read. `item` is None where it is decided, then `decision` says how; `looks` are why it deserves
    a look, `shared` what it shares with like changes, `dispute` the disagreement with another article; `label`, `why`, `fields` and `segments` (its words) tell a change,
    empty for what is new."""

    number: int
    claim: Row
    says: tuple[str, ...]
    item: Item | None
    decision: Row | None
    looks: tuple[Look, ...]
    dispute: Item | None
    label: str
    shared: str
    why: tuple[str, ...]
    fields: tuple[Mapping[str, str], ...]
    segments: tuple[Segment, ...]
    revision: str

    @property
    def rank(self) -> tuple[int, int, int]:
        """Its place among those that deserve a look: the weightiest change first, then the weightiest reason."""
        return (
            self.item.rank if self.item else 0,
            self.looks[0].rank if self.looks else len(REASONS),
            self.number,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A line that leads to a statement which deserves a look, and to `more` like changes; `why` in words."""

    reading: Reading
    why: str
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of the text, and the statements that begin in it; `heading` where it heads statements."""

    pieces: tuple[Piece, ...]
    readings: tuple[Reading, ...]
    heading: bool


def says_of(row: Row) -> tuple[str, ...]:
    """What a claim says about its drug and disease, in parts; what is unstated is left out."""
    grade = row["grade_text"]
    strength = "" if row["strength"] == "unstated" else row["strength"]
    parts = [
        row["direction"] if row["direction"] != "unstated" else "neither for nor against",
        f"{strength} ({grade})" if strength and grade and grade != strength else strength or grade or "",
        "" if row["certainty"] == "unstated" else f"{row['certainty']} certainty",
        _LINES.get(row["line"], ""),
        "" if row["preference"] == "unstated" else row["preference"],
        "from a study" if row["kind"] == "evidence" else "",
        say_dose(row),
        f"with {' and '.join(row['with_drugs'])}" if row["with_drugs"] else "",
        *(", ".join(row[name]) for name in ("setting", "population")),
        "; ".join(row["condition"]),
        row["guideline"] or "",
    ]
    return tuple(part for part in parts if part)


def place(claim: Row) -> tuple[int, int, int, str]:
    """Where a claim stands in the text: its quote, then its drug, then its dose."""
    at = {m["field"]: m["start"] for m in reversed(claim["provenance"] or ())}
    return claim["char_start"], at.get("drug", -1), at.get("dose_text", -1), claim["claim_id"]


def jumps_to(readings: Sequence[Reading]) -> tuple[Jump, ...]:
    """The weightiest first, at most MOST_JUMPS; changes that one decision can settle are one."""
    found = sorted((r for r in readings if r.item is not None and (r.looks or r.label)), key=lambda r: r.rank)
    alike = Counter(r.item.like for r in found if r.item is not None and r.label)
    jumps, told = [], set()
    for reading in found:
        item = reading.item
        if item is None or (reading.label and item.like in told):
            continue
        told.add(item.like)
        more = alike[item.like] - 1 if reading.label else 0
        why = reading.shared or _changed(reading) or reading.looks[0].words
        jumps.append(Jump(reading=reading, why=why[:1].upper() + why[1:], more=more))
    return tuple(jumps[:MOST_JUMPS])


def _changed(reading: Reading) -> str:
    """What changed, in words: "Dose changed, 5 mg → 10 mg"."""
    told = "; ".join(f"{f['old'] or 'none'} → {f['new'] or 'none'}" for f in reading.fields)
    return f"{reading.label}, {told}" if told else reading.label


def deserves(item: Item, looks: Mapping[str, tuple[Look, ...]]) -> bool:
    """What changed or went, or is asked again, always deserves a look; what is new where there is a reason."""
    return item.importance != "added" or item.earlier is not None or (item.claim_id or "") in looks


def reading_of(
    number: int,
    claim: Row,
    item: Item | None,
    looks: Mapping[str, tuple[Look, ...]],
    disputes: Mapping[str, Item],
    desk: Desk,
) -> Reading:
    """What was read in statement `number` of an article, with what waits for a decision on it (`item`), why it deserves a look, and the
    open disputes that it is a side of."""
    name = claim["claim_id"]
    change = item.change if item is not None else None
    changed = (
        item is not None and change is not None and (item.importance != "added" or item.earlier is not None)
    )
    shared = desk.shared(item) if item is not None else ""
    old, new = (change or {}).get("old_quote") or "", (change or {}).get("new_quote") or ""
    return Reading(
        number=number,
        claim=claim,
        says=says_of(claim),
        item=item,
        decision=desk.state.held.latest.get(name) if item is None else None,
        looks=looks.get(name, ()),
        dispute=disputes.get(name),
        label=LABELS[item.importance] if item is not None and changed else "",
        shared=shared,
        why=why_of(item, shared) if item is not None and changed else (),
        fields=tuple(f for f in change["fields"] if f["field"] not in _QUIET)
        if change is not None and changed and old
        else (),
        segments=tuple(word_diff(old, new)) if changed and old and new and old != new else (),
        revision=desk.revision(item) if item is not None else "",
    )


def blocks_of(text: str, readings: Sequence[Reading]) -> tuple[Block, ...]:
    """The blocks of the text; a statement stands with the block that it begins in."""
    headings = {heading for reading in readings for heading in reading.claim["section"] or ()}
    starts, at = [], 0
    lines = text.split("\n")
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    spans: list[list[Span]] = [[] for _ in lines]
    held: list[list[Reading]] = [[] for _ in lines]
    for reading in readings:
        held[bisect_right(starts, reading.claim["char_start"]) - 1].append(reading)
        for span in dict.fromkeys(cuts(reading.claim)):
            for n in range(bisect_right(starts, span[0]) - 1, bisect_right(starts, span[1] - 1)):
                spans[n].append(span)
    return tuple(
        Block(
            pieces=pieces(text, start, start + len(line), dict.fromkeys(spans[n])),
            readings=tuple(held[n]),
            heading=line.strip() in headings,
        )
        for n, (line, start) in enumerate(zip(lines, starts, strict=True))
        if line.strip() or held[n]
    )
