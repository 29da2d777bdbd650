"""Two articles, a claim each (the second a year later): which aspects differ, and how much."""

import pytest

from pipeline.evidence import reconcile

AGAINST = {"direction": "against"}
NO_LINE = {"line": "unstated"}


def dose(low, high, unit="mg", **more):
    return {"dose_text": "x", "dose_role": "regimen", "daily_low": low, "daily_high": high, "daily_unit": unit, **more}  # fmt: skip


def monthly(grams):
    each = {
        "dose_low": grams,
        "dose_high": grams,
        "dose_unit": "g",
        "dose_basis": "m2",
        "dose_per": "administration",
    }
    return {"dose_text": "x", **each, "frequency": 1, "period": 4, "period_unit": "wk"}


def lasting(low, high, unit="d", **more):
    return {"dose_text": "x", "duration_low": low, "duration_high": high, "duration_unit": unit, **more}


CASES = [
    # direction
    ("a reversal", {}, AGAINST, [("direction", "update")]),
    ("agreement", {}, {}, []),
    ("against first-line, for later", AGAINST, {"line": "subsequent"}, []),
    ("against in general, for first-line", AGAINST | NO_LINE, {}, [("direction", "update")]),
    ("against in general, for in severe disease", AGAINST | NO_LINE, {"setting": ["severe"]}, [("direction", "difference")]),
    ("an exception is no contradiction", {}, AGAINST | {"setting": ["severe"]}, []),
    ("contraindicated in one population", {}, AGAINST | {"population": ["pregnancy"]}, []),
    ("contraindicated under a condition", {}, AGAINST | {"condition": ["if eGFR <30"]}, []),
    ("the same condition", {"condition": ["if eGFR <30"]}, AGAINST | {"condition": ["If  eGFR <30"]}, [("direction", "update")]),
    ("the condition in other words", {"condition": ["in patients with severe renal impairment"]}, AGAINST | {"condition": ["if renal impairment is severe"]}, [("direction", "update")]),
    ("another limit in the condition", {"condition": ["if eGFR >60"]}, AGAINST | {"condition": ["if eGFR <30"]}, []),
    ("the opposite condition", {"condition": ["without renal impairment"]}, AGAINST | {"condition": ["with renal impairment"]}, []),
    ("adults and children", {"population": ["adults"]}, AGAINST | {"population": ["children"]}, []),
    ("adults are everybody else", {"population": ["adults"]}, AGAINST, [("direction", "update")]),
    ("rapidly progressive is a situation of its own", AGAINST, {"setting": ["rapidly progressive"]}, []),
    ("mild and severe", AGAINST | {"setting": ["mild"]}, {"setting": ["severe"]}, []),
    ("a combination to avoid", {}, AGAINST | {"setting": ["combination"], "with_drugs": ["allopurinol"]}, []),
    ("the same combination", {"setting": ["combination"], "with_drugs": ["allopurinol"]}, AGAINST | {"setting": ["combination"], "with_drugs": ["allopurinol"]}, [("direction", "update")]),
    ("a combination, and avoid altogether", {"setting": ["combination"], "with_drugs": ["allopurinol"]}, AGAINST, [("direction", "difference")]),
    ("a study beside a recommendation", {"kind": "evidence"}, AGAINST, [("direction", "difference")]),
    ("a study without direction", {"kind": "evidence", "direction": "unstated"}, AGAINST, []),
    ("a study has no strength to compare", {"kind": "evidence"}, {"strength": "strong"}, []),
    # strength
    ("stronger", {"strength": "conditional"}, {"strength": "strong"}, [("strength", "update")]),
    ("graded at last", {}, {"strength": "strong"}, [("strength", "difference")]),
    ("conditional, then silent", {"strength": "conditional"}, {}, []),
    ("strong, then silent", {"strength": "strong"}, {}, [("strength", "difference")]),
    ("strength of another line", {"strength": "strong"}, {"strength": "conditional", "line": "subsequent"}, [("line", "update")]),
    # line, preference, setting
    ("moved to first-line", {"line": "subsequent"}, {}, [("line", "update")]),
    ("refractory disease only", NO_LINE | {"setting": ["refractory"]}, {}, [("line", "update")]),
    ("a line left open", NO_LINE, {}, []),
    ("preferred, then alternative", {"preference": "preferred"}, {"preference": "alternative"}, [("preference", "update")]),
    ("ranked at last", {}, {"preference": "preferred"}, [("preference", "difference")]),
    ("no longer ranked", {"preference": "preferred"}, {}, []),
    ("narrowed", {}, {"setting": ["intolerance"]}, [("setting", "difference")]),
    ("narrowed by a condition", {}, {"condition": ["if NSAIDs are not tolerated"]}, [("setting", "difference")]),
    ("other patients", {"setting": ["high risk"]}, {"setting": ["severe"]}, [("setting", "difference")]),
    ("short-term is told by duration", {}, {"setting": ["short-term"]}, []),
    # doses
    ("another dose", dose(1, 1), dose(2, 4), [("dose", "update")]),
    ("overlapping doses", dose(1, 3), dose(2, 3), [("dose", "difference")]),
    ("the same dose", dose(1, 3), dose(1, 3), []),
    ("within a tenth", dose(1000, 1000), dose(1050, 1050), []),
    ("a dose in one article only", dose(1, 3), {}, []),
    ("another basis", dose(1, 2, "mg/kg"), dose(100, 200), []),
    ("another role", dose(1, 1), dose(3, 3, dose_role="loading"), []),
    ("another route", dose(1, 1, route="oral"), dose(3, 3, route="iv"), []),
    ("an unstated route", dose(1, 1, route="oral"), dose(3, 3), [("dose", "update")]),
    ("reduced for renal impairment", dose(4, 4), dose(1, 1, population=["renal impairment"]), []),
    ("reduced under a condition", dose(4, 4), dose(1, 1, dose_role="reduced", condition=["if CrCl <30 mL/min"]), []),
    ("doses under the same condition in other words", dose(1, 1, condition=["adults without comorbidities"]), dose(3, 3, condition=["in those without comorbidities"]), [("dose", "update")]),
    ("a dose under a condition", dose(4, 4), dose(1, 1, condition=["if CrCl <30 mL/min"]), [("setting", "difference")]),
    ("an open range", dose(None, 200), dose(100, 300), [("dose", "difference")]),
    ("monthly doses", monthly(1), monthly(2), [("dose", "update")]),
    # duration
    ("five days, a week or two", lasting(5, 5), lasting(7, 14), [("duration", "update")]),
    ("overlapping durations", lasting(5, 7), lasting(7, 14), [("duration", "difference")]),
    ("one month is thirty days", lasting(30, 30), lasting(1, 1, "mo"), []),
    ("a limit at last", {}, lasting(None, 3, "mo"), [("duration", "difference")]),
    ("a duration in one article only", {}, lasting(5, 5), []),
    ("a shorter limit", lasting(None, 6, "mo"), lasting(None, 3, "mo"), [("duration", "difference")]),
    # guideline
    ("a new edition", {"guideline": "EULAR 2016"}, {"guideline": "EULAR 2023"}, [("guideline", "update")]),
    ("another society", {"guideline": "ACR 2020"}, {"guideline": "EULAR 2016"}, []),
    ("an edition without a year", {"guideline": "EULAR"}, {"guideline": "EULAR 2016"}, []),
    # related names
    ("parent and child", {"disease": "CTD-ILD"}, AGAINST | {"disease": "SSc-ILD"}, [("direction", "update")]),
    ("child and parent", {"disease": "SSc-ILD"}, AGAINST | {"disease": "CTD-ILD"}, [("direction", "conflict")]),
    ("siblings", {"disease": "SSc-ILD"}, AGAINST | {"disease": "SjD-ILD"}, []),
    ("avoid the class, give the member", AGAINST | {"drug": "statins", "drug_kind": "class"}, {"drug": "atorvastatin"}, [("direction", "update")]),
    ("give the class, avoid one member", {"drug": "statins", "drug_kind": "class"}, AGAINST | {"drug": "atorvastatin"}, [("direction", "difference")]),
    ("the class graded, the member not", {"drug": "atorvastatin"}, {"drug": "statins", "strength": "strong"}, []),
    ("two members", {"drug": "rosuvastatin"}, AGAINST | {"drug": "atorvastatin"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("older", "newer", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_two_articles(older, newer, expected, claims, hierarchy):
    other = [{"drug": "naproxen", "article_id": article} for article in "ab"]
    other = [row | {"disease": side.get("disease", "gout")} for row, side in zip(other, (older, newer))]
    table = reconcile(claims(older, newer, *other), lexicon=hierarchy).discrepancies
    assert sorted(table[["aspect", "severity"]].itertuples(index=False, name=None)) == sorted(expected)


def test_every_case_has_its_own_name():
    assert len({name for name, *_ in CASES}) == len(CASES)
