"""Doses put together from amounts and the frequencies, routes and durations around them."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.doses.contexts import is_dose, is_speed, read_bound
from pipeline.claims.doses.continued import continued
from pipeline.claims.doses.cycles import closing_cycle
from pipeline.claims.doses.draft import Draft, Statement
from pipeline.claims.doses.durations import bare_span
from pipeline.claims.doses.items import Amount, Parsed, Part, Route, Span, When
from pipeline.claims.doses.loose import loose_durations
from pipeline.claims.doses.numbers import Lexemes, is_dash, low_at, number_at, tagged
from pipeline.claims.doses.preparations import diluent, dilutes, made_up_of, of_products
from pipeline.claims.doses.roles import assign_roles
from pipeline.claims.doses.sharing import (
    behind_brackets,
    behind_maximum,
    labels_of_time,
    left_parts,
    said_twice,
    share,
)
from pipeline.claims.doses.tables import Timing
from pipeline.claims.doses.words import words

_FILL = words("filling")
_GAP = 4
_FAR = 300  # lexemes of one dose with all that fills it
_NAMES = {"measured-before"}
_BE = words("be")
_PASSIVE = words("passive")


def put_together(statement: Statement, parsed: Parsed) -> list[Draft]:
    """The doses of a text in order."""
    parts: list[Part] = [*parsed.whens, *parsed.spans, *parsed.routes]
    at = {part.i: part for part in parts}
    drafts = _with_amounts(statement, parsed.amounts, at)
    continued(statement, drafts, at)
    drafts.sort(key=lambda d: d.i)
    labels_of_time(statement, drafts, at)
    assign_roles(statement, drafts)
    for draft in drafts:
        if draft.role == "target" and draft.span and low_at(statement.lexemes, draft.span.i) == "over":
            draft.span = None  # "increased to 300 mg over 2 weeks": how fast, not how long
    left_parts(statement, drafts, at)
    share(statement, drafts)
    behind_maximum(statement, drafts)
    said_twice(statement, drafts)
    closing_cycle(statement, drafts, at)
    loose_durations(statement, drafts, parsed.spans, at)
    drafts.sort(key=lambda d: d.i)
    behind_brackets(statement, drafts)
    return drafts


def _with_amounts(statement: Statement, amounts: list[Amount], at: dict[int, Part]) -> list[Draft]:
    lexemes, sentence = statement.lexemes, statement.sentence
    amounts = of_products(statement, amounts)
    drafts: list[Draft] = []
    for n, amount in enumerate(amounts):
        read_bound(lexemes, amount)
        if not is_dose(lexemes, amount, sentence, statement.drugs):
            continue
        last = drafts[-1].j if drafts and sentence[drafts[-1].i] == sentence[amount.i] else -1
        if is_speed(lexemes, amount, last):
            continue
        if drafts and made_up_of(lexemes, amount):
            _made_up(statement, drafts[-1], amount, at)
            continue
        if drafts and _same_again(statement, drafts[-1], amount, at):
            continue
        draft = Draft(amount, amount.text_i, amount.j)
        following = (amounts[k] for k in range(n + 1, len(amounts)))
        stop = next(
            (a.i for a in following if not (dilutes(lexemes, a) or _of_solution(lexemes, a))), len(lexemes)
        )
        if drafts and _inserted(statement, drafts[-1], draft, at):
            _absorb(statement, drafts[-1], at, stop, after=draft.j + 1)
        _absorb(statement, draft, at, stop)
        if (
            drafts
            and amount.maximum
            and low_at(lexemes, draft.i - 1) == "("
            and low_at(lexemes, draft.j) == ")"
        ):
            _absorb(statement, drafts[-1], at, stop, after=draft.j + 1)
        if amount.unit is not None and amount.unit.dimension == "count" and not _taken(statement, draft):
            continue
        drafts.append(draft)
    return drafts


def _of_solution(lexemes: Lexemes, amount: Amount) -> bool:
    """Whether an amount is the strength of what a dose is of ("150 mL of 10% glucose IV")."""
    percent = amount.unit is not None and amount.unit.dimension == "percent"
    return percent and low_at(lexemes, amount.i - 1) == "of"


def _inserted(statement: Statement, before: Draft, draft: Draft, at: dict[int, Part]) -> bool:
    """Whether a maximum between commas parts a dose from its timing ("2 mg, maximum 8 mg, every 4 hours")."""
    lexemes = statement.lexemes
    return (
        draft.amount is not None
        and draft.amount.maximum
        and not before.timed
        and low_at(lexemes, draft.i - 1) == low_at(lexemes, draft.j) == ","
        and isinstance(at.get(draft.j + 1), When)
    )


def _taken(statement: Statement, draft: Draft) -> bool:
    """Whether a number of tablets, drops or puffs is taken, and not what a pack holds."""
    if (
        draft.timed
        or draft.route is not None
        or draft.span is not None
        or tagged(statement.lexemes, draft.j, "prn")
    ):
        return True
    if low_at(statement.lexemes, draft.j) == "of" or any(
        k in statement.drugs for k in range(draft.i - 2, draft.j + 2)
    ):
        return True
    return statement.has(draft.i - 4, draft.i, "treating", "start", "target", "dose", "maximum")


def _same_again(statement: Statement, draft: Draft, amount: Amount, at: dict[int, Part]) -> bool:
    """Takes "20 g (30 mL)" and "5 mL (250 mg)" as one dose, by weight where it is given."""
    first = draft.amount
    if first is None or first.unit is None or amount.unit is None or amount.maximum or amount.bound:
        return False
    if amount.i != draft.j + 1 or low_at(statement.lexemes, draft.j) != "(":
        return False
    if _volume_of(statement, first, amount):
        return True  # "0.5 mg IM (0.5 mL of 1:1000)"
    if draft.j != first.j:
        return False
    close = next((k for k in range(amount.j, amount.j + 5) if low_at(statement.lexemes, k) == ")"), -1)
    told = any(low_at(statement.lexemes, k) == "elemental" for k in range(draft.j, close))
    equal = (amount.unit.ucum, amount.low, amount.high) == (first.unit.ucum, first.low, first.high)
    if close >= 0 and (told or (equal and close == amount.j)):
        # "325 mg (65 mg elemental iron)", "2.5 mcg (2 inhalations of 1.25 mcg)"
        draft.j = draft.after = close + 1
        _absorb(statement, draft, at, len(statement.lexemes))
        return True
    if low_at(statement.lexemes, amount.j) != ")" or amount.unit.dimension == first.unit.dimension:
        return False
    if amount.unit.dimension == "mass":
        draft.amount = replace(amount, i=first.i, text_i=first.text_i)
    draft.j = draft.after = amount.j + 1
    _absorb(statement, draft, at, len(statement.lexemes))
    return True


def _made_up(statement: Statement, draft: Draft, amount: Amount, at: dict[int, Part]) -> None:
    """Lets a dose go on behind the bracket that tells what it is made up of ("210 mg (two 105 mg injections) monthly")."""
    lexemes = statement.lexemes
    close = amount.j + (low_at(lexemes, amount.j) != ")")
    if amount.i - draft.j <= _GAP + 2 and low_at(lexemes, draft.j) == "(" and low_at(lexemes, close) == ")":
        draft.j = draft.after = close + 1
        _absorb(statement, draft, at, len(lexemes))


def _volume_of(statement: Statement, first: Amount, amount: Amount) -> bool:
    """Whether a bracket tells of how much of a solution a dose is ("0.5 mg IM (0.5 mL of a 1:1000 solution)")."""
    if first.unit is None or amount.unit is None or amount.basis != first.basis:
        return False
    if first.unit.dimension != "mass" or amount.unit.dimension != "volume":
        return False
    lexemes = statement.lexemes
    if low_at(lexemes, amount.j) == ")":
        return False
    behind = range(amount.j, min(amount.j + 12, len(lexemes)))
    close = next((k for k in behind if lexemes[k].text == ")"), None)
    return (
        low_at(lexemes, amount.j) == "of"
        and close is not None
        and not any(k in statement.drugs for k in range(amount.j, close))
    )


def _absorb(
    statement: Statement, draft: Draft, at: dict[int, Part], stop: int, *, after: int | None = None
) -> None:
    """Takes the parts that follow the amount into the dose, as far as only filling words part them.

    `after` begins the search behind an inserted maximum ("8 mg/kg (maximum 800 mg) IV every 4 weeks").
    Behind the name of the drug ("300 mg of X per day") parts still belong to the dose, but not to its words.
    """
    lexemes = statement.lexemes
    here, gap = statement.sentence[draft.i], 0
    k, words = (draft.j, True) if after is None else (after, False)
    stop = min(stop, len(lexemes), draft.i + _FAR)
    while k < stop and statement.sentence[k] == here and gap <= _GAP:
        part = at.get(k)
        if part is not None:
            if not _take(draft, part):
                return
            del at[k]
            k = part.j
            gap = 0
            if words and not (isinstance(part, When) and part.silent and part.named):
                draft.j = k
                if low_at(lexemes, k) == ")" and _open_bracket(statement, draft.i, k):
                    draft.j = k = k + 1
            draft.after = k
            continue
        word = lexemes[k]
        if word.low == ")" and not _open_bracket(statement, draft.i, k):
            if draft.amount is not None and draft.amount.maximum:
                return
            words = False  # the words of a dose do not reach out of the brackets around it
            if isinstance(at.get(k + 1), When) and not draft.timed:
                k += 1  # "X (40 mg) once daily"
                continue
        if (
            not words
            and word.num is not None
            and low_at(lexemes, k + 1) == "%"
            and low_at(lexemes, k - 1) == "of"
        ):
            k += 2  # "150 mL of 10% X IV"
            continue
        if isinstance(at.get(k + 1), Route) and draft.route is not None and word.low in ("or", "and", "/"):
            k += 1
            continue
        if word.low in ("per", "a", "each") and tagged(lexemes, k + 1, "time") and not draft.timed:
            time = lexemes[k + 1].tags["time"]
            if time == "d":
                draft.per_day = True
            else:
                draft.when = When(k, k + 2, timing=Timing(1, None, 1.0, None, time))
            k += 2
            draft.after = k
            continue
        if word.low in ("per", "in") and not draft.timed and _whole_day(statement, k + 1):
            draft.per_day = True
            k += 3
            draft.after = k
            continue
        if tagged(lexemes, k, "at-most") and isinstance(at.get(k + 1), When):
            k += 1
            continue
        if word.low == "(" and not draft.timed and (behind := _aside(statement, k, at)) > k:
            k, gap = behind, 0
            continue
        if word.low == "in" and (behind := diluent(statement, k)) > k:
            k, gap, words = behind, 0, False
            continue
        if word.low == "|":
            k = _next_cell(statement, draft, k, at)
            if k in at:
                words = False
                continue
            return
        if draft.span is None and draft.when is not None and not draft.when.single:
            bare = bare_span(lexemes, k + (word.text in ",|"))
            if bare is not None:
                words = words and word.text != "|"  # the next cell of a table
                draft.span, k = bare, bare.j
                draft.j, draft.after = (k if words else draft.j), k
                continue
        if (passive := _passive(statement, k, at)) > k and (word.text != "," or not draft.timed):
            k, gap = passive, 0
            continue
        if k in statement.drugs:
            words = False
            gap = 0
        elif word.low == "of" and k == draft.after:
            words = False
        elif (
            not words
            and not statement.known
            and word.tags.keys() <= _NAMES
            and word.low.isalpha()
            and len(word.low) > 2
        ):
            gap += 1
        elif word.low not in _FILL or word.tags.get("next") or (word.low == ")" and not words):
            return
        elif word.low not in "()":
            gap += 1
        k += 1


def _aside(statement: Statement, k: int, at: dict[int, Part]) -> int:
    """The lexeme after a bracket of words at `k` behind which a frequency stands ("5 mg/kg (actual weight) IV every 8 hours")."""
    lexemes = statement.lexemes
    for close in range(k + 1, min(k + 7, len(lexemes))):
        counted = lexemes[close].num is not None and (
            tagged(lexemes, close + 1, "unit") or is_dash(lexemes, close + 1)
        )
        if counted or close in at or lexemes[close].low == "(":
            return k
        if lexemes[close].low == ")":
            behind = at.get(close + 1)
            if isinstance(behind, Route):
                behind = at.get(behind.j)
            return close + 1 if isinstance(behind, When) else k
    return k


def _next_cell(statement: Statement, draft: Draft, k: int, at: dict[int, Part]) -> int:
    """The lexeme behind the bar of a table at `k`; there, "7 days" and "oral" are parts of the dose in the cell before."""
    behind = k + 1
    if behind not in at and draft.span is None and (bare := bare_span(statement.lexemes, behind)) is not None:
        at[behind] = bare
    return behind


def _passive(statement: Statement, k: int, at: dict[int, Part]) -> int:
    """The lexeme after "is given", "may be taken", "and repeated" at `k`, behind which the dose goes on."""
    lexemes, first = statement.lexemes, k
    while low_at(lexemes, k) in _BE and k - first < 4:
        k += 1
    if k == first and low_at(lexemes, k) in (",", "and"):
        k += 1
    if k == first or low_at(lexemes, k) not in _PASSIVE:
        return first
    behind = at.get(k + 1)
    if isinstance(behind, When) and behind.single:
        return first  # "is repeated at month 3"
    return k if isinstance(at.get(k), Route) else k + 1


def _open_bracket(statement: Statement, first: int, last: int) -> bool:
    signs = [statement.lexemes[k].text for k in range(first, last)]
    return signs.count("(") > signs.count(")")


def _take(draft: Draft, part: Part) -> bool:
    """Gives the part to the dose; False where the dose cannot have it."""
    if isinstance(part, Route):
        if draft.route is None:
            draft.route = part
        return True
    if isinstance(part, Span):
        if part.beyond or draft.span is not None or (draft.amount is not None and draft.amount.maximum):
            return False
        draft.span = part
        return True
    if part.silent:
        return True
    if part.divided:
        draft.divided = True
    elif part.duration is not None:
        if draft.span is not None:
            return False
        low, high, unit = part.duration
        draft.span = Span(part.i, part.j, low=low, high=high, unit=unit)
    elif draft.when is None:
        draft.when = part
    elif part.single or (
        part.timing is not None
        and draft.when.timing is not None
        and part.timing.period == draft.when.timing.period
    ):
        return part.single and not part.named
    else:
        return _cycle_of_days(draft, part)
    return True


def _cycle_of_days(draft: Draft, part: When) -> bool:
    """ "25 mg daily on days 1-21 of a 28-day cycle": the days are a duration beside the frequency."""
    if part.days and draft.span is None:
        draft.span = Span(part.i, part.j, low=float(part.days), high=float(part.days), unit="d")
        return True
    return False


def _whole_day(statement: Statement, k: int) -> bool:
    """Whether "24 hours" stands at `k` ("not more than 12 mg in 24 hours")."""
    return (
        number_at(statement.lexemes, k) == 24
        and tagged(statement.lexemes, k + 1, "time")
        and statement.lexemes[k + 1].tags["time"] == "h"
    )
