"""What holds for every dose: it is read back as written, its place is exact, its daily amount follows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.claims.doses.daily import to_daily
from pipeline.claims.doses.reader import read_doses
from pipeline.claims.doses.tables import FILES, data_text
from pipeline.model.claim import Dose

NUMBERS = st.sampled_from([0.5, 1, 1.5, 2.5, 5, 10, 12.5, 40, 100, 250, 750, 1000, 1500])
UNITS = st.sampled_from(
    [
        (r.split("\t")[0], r.split("\t")[1])
        for r in data_text("units").splitlines()[1:]
        if "\tmass\t1\tany" in r
    ]
)
DASHES = st.sampled_from(["-", "–", "—", "‑", " - ", " – ", " to "])
BASES = st.sampled_from(
    [
        ("", "flat"),
        ("/kg", "kg"),
        (" per kg", "kg"),
        ("/m2", "m2"),
        ("/m²", "m2"),
        (" per square meter", "m2"),
    ]
)
FREQUENCIES = st.sampled_from(
    [
        ("daily", (1, None, 1, None, "d")),
        ("once a day", (1, None, 1, None, "d")),
        ("twice daily", (2, None, 1, None, "d")),
        ("b.i.d.", (2, None, 1, None, "d")),
        ("TID", (3, None, 1, None, "d")),
        ("2-3 times per day", (2, 3, 1, None, "d")),
        ("q8h", (1, None, 8, None, "h")),
        ("q4-6h", (1, None, 4, 6, "h")),
        ("every 4 to 6 hours", (1, None, 4, 6, "h")),
        ("every other day", (1, None, 2, None, "d")),
        ("weekly", (1, None, 1, None, "wk")),
        ("every two weeks", (1, None, 2, None, "wk")),
        ("fortnightly", (1, None, 2, None, "wk")),
        ("monthly", (1, None, 1, None, "mo")),
        ("every 3 months", (1, None, 3, None, "mo")),
        ("at bedtime", (1, None, 1, None, "d")),
        ("three times weekly", (3, None, 1, None, "wk")),
    ]
)
BEFORE = st.sampled_from(["", "Give drug X ", "Zażółć 💊 ", "\u200bDose: ", "العلاج: "])


def written(number):
    return f"{number:g}"


@given(BEFORE, NUMBERS, st.none() | NUMBERS, DASHES, UNITS, BASES, FREQUENCIES)
def test_a_dose_is_read_as_written(before, low, high, dash, unit, basis, frequency):
    high = high if high is not None and high > low else None
    amount = written(low) + (f"{dash}{written(high)}" if high is not None else "")
    phrase = f"{amount} {unit[0]}{basis[0]} {frequency[0]}"
    text = before + phrase
    found = read_doses(text).doses
    dose = found[0].value if found else None
    assert [(text[f.start : f.end]) for f in found] == [phrase]
    assert (dose.dose_low, dose.dose_high, dose.dose_unit, dose.dose_basis) == (
        low,
        low if high is None else high,
        unit[1],
        basis[1],
    )
    assert (dose.frequency, dose.frequency_max, dose.period, dose.period_max, dose.period_unit) == frequency[
        1
    ]
    assert dose.dose_per == "administration"


@given(
    st.floats(0.1, 5000), st.integers(1, 6), st.integers(1, 48), st.sampled_from([("h", 24.0), ("d", 1.0)])
)
def test_the_daily_amount_follows_from_frequency_and_period(amount, frequency, period, unit):
    dose = Dose(
        dose_text="",
        dose_low=amount,
        dose_high=amount,
        dose_unit="g",
        dose_basis="kg",
        dose_per="administration",
        frequency=frequency,
        period=period,
        period_unit=unit[0],
    )
    daily = to_daily(dose)
    if period / unit[1] >= 7:
        assert daily is None
    else:
        assert daily is not None
        assert daily.unit == "mg/kg"
        assert abs(daily.high - amount * 1000 * frequency * unit[1] / period) <= 1e-5 + daily.high * 1e-9
        assert daily.low == daily.high


DAILY = [
    ("Ibuprofen 400 mg every 6 hours", (1600.0, 1600.0, "mg")),
    ("Magnesium sulfate 1-2 g/hour", (24000.0, 48000.0, "mg")),
    ("Fentanyl 12-25 mcg/h every 72 hours", (0.288, 0.6, "mg")),  # a patch
    ("Labetalol 20-80 mg every 10 minutes", None),  # nobody gives them all day
    ("Naloxone 0.04 mg every 2-3 minutes", None),
    ("Atosiban 300 mcg/min for 3 hours", None),
    ("Esomeprazole 8 mg/h for 72 hours", (192.0, 192.0, "mg")),
    ("Methotrexate 15 mg weekly", None),
]


@pytest.mark.parametrize(("sentence", "daily"), DAILY)
def test_a_daily_amount_stands_only_where_it_follows(sentence, daily):
    (found,) = read_doses(sentence).doses
    dose = found.value
    told = (dose.daily_low, dose.daily_high, dose.daily_unit)
    assert told == (daily or (None, None, None))


LABS = st.sampled_from(
    [
        "serum creatinine",
        "LDL cholesterol",
        "hemoglobin",
        "platelets",
        "ferritin",
        "FVC",
        "LVEF",
        "potassium",
        "TSH",
    ]
)
SIGNS = st.sampled_from(["<", ">", "≤", "≥", "below", "above", "of", "between 1 and", "at least"])
LAB_UNITS = st.sampled_from(
    ["mg/dL", "%", "g/L", "mmol/L", "mEq/L", "ng/mL", "/µL", "mL/min/1.73 m2", "mIU/L", "U/L"]
)


@given(
    LABS, SIGNS, NUMBERS, LAB_UNITS, st.sampled_from(["Stop if", "In patients with", "Monitor", "Refer when"])
)
def test_a_laboratory_value_is_no_dose(lab, sign, number, unit, verb):
    assert read_doses(f"{verb} {lab} {sign} {written(number)} {unit} in clinic.").doses == []


@given(st.text(alphabet="0123456789 .,-/()xmgkdhq%<≤½ońé\u200b\n", max_size=120))
def test_any_text_gives_exact_places_in_order(text):
    reading = read_doses(text)
    places = [(d.start, d.end) for d in reading.doses]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert [text[start:end] for start, end in places] == [d.value.dose_text for d in reading.doses]
    assert places == sorted(places)


def test_every_form_of_the_tables_is_found_as_one_phrase():
    from pipeline.claims.doses.lexer import lex

    lost = []
    for name in FILES:
        for line in data_text(name).splitlines()[1:]:
            form = line.split("\t")[0]
            if not form[0].isdigit() and [x.text for x in lex(form)] != [form]:
                lost.append((name, form))
    assert lost == []
