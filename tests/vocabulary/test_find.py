"""What a sentence names: `[[written|canonical]]` marks every drug, `{{written|canonical}}` every disease."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.vocabulary import Lexicon, define_abbreviations

_MARK = re.compile(r"\[\[([^\]|]+)\|([^\]]+)\]\]|\{\{([^}|]+)\|([^}]+)\}\}")


def unmark(marked: str):
    text, drugs, diseases, at = "", [], [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        written, name = (match[1], match[2]) if match[1] else (match[3], match[4])
        (drugs if match[1] else diseases).append((len(text), written, name))
        text += written
        at = match.end()
    text += marked[at:]
    if any(sign in text for sign in ("[[", "]]", "{{", "}}")):
        raise ValueError(f"a broken mark in {marked!r}")
    return text, drugs, diseases


SENTENCES = """\
For {{Crohn|Crohn's disease}}'s give [[infliximab|infliximab]]; {{Graves|Graves' disease}}’ is treated with [[methimazole|methimazole]], {{Parkinson|Parkinson's disease}}’s with [[levodopa|levodopa]].
The Alzheimer's Association and Crohn et al. write that [[donepezil|donepezil]] is used; the Alzheimer's Society does not.
In {{brucellar endocarditis|brucellar endocarditis}} add [[rifampin|rifampin]]; {{Tuberculous spondylitis|tuberculous spondylitis}} needs [[isoniazid|isoniazid]], {{fungal keratitis|fungal keratitis}} [[natamycin|natamycin]].
For {{lupus enteritis|lupus enteritis}} give [[prednisone|prednisone]], for post-streptococcal {{arthritis|arthritis}} [[aspirin|aspirin]]; {{gonococcal arthritis|gonococcal arthritis}} is treated with [[ceftriaxone|ceftriaxone]].
In {{HFrEF|heart failure with reduced ejection fraction}} start [[sacubitril/valsartan|sacubitril/valsartan]], an [[MRA|mineralocorticoid receptor antagonists]] and [[dapagliflozin|dapagliflozin]].
For {{T2DM|type 2 diabetes mellitus}} with {{CKD|chronic kidney disease}} an [[SGLT2 inhibitor|sglt2 inhibitors]] is preferred.
{{Uncomplicated cystitis|cystitis}}: [[nitrofurantoin|nitrofurantoin]], [[TMP-SMX|trimethoprim/sulfamethoxazole]] or [[fosfomycin|fosfomycin]].
{{scleroderma-ILD|SSc-ILD}}: [[mycophenolate|mycophenolate mofetil]]: 1 g twice daily ([[tacrolimus|tacrolimus]], [[5-ASA|mesalamine]]).
{{ILD secondary to MCTD|MCTD-ILD}} is treated like {{systemic sclerosis (SSc)-ILD|SSc-ILD}}.
{{interstitial lung disease associated with Sjögren's syndrome|SjD-ILD}} needs [[steroids|glucocorticoids]].
{{systemic sclerosis-associated interstitial lung disease|SSc-ILD}} and {{ILD in patients with RA|RA-ILD}} differ: give [[abatacept|abatacept]] in {{rheumatoid arthritis|rheumatoid arthritis}}.
{{ILD in patients with polymyositis or dermatomyositis|IIM-ILD}} and {{interstitial lung disease in rheumatoid arthritis|RA-ILD}} or {{systemic sclerosis|SSc-ILD}} are treated alike.
{{Type 1|type 1 diabetes mellitus}} and {{type 2 diabetes|type 2 diabetes mellitus}}, {{oropharyngeal|oropharyngeal candidiasis}} or {{esophageal candidiasis|esophageal candidiasis}}.
In {{stable|stable angina}} versus {{unstable angina|unstable angina}}, {{iron|iron deficiency}} and {{vitamin B12 deficiency|vitamin B12 deficiency}}; {{fever|fever}} and {{viral conjunctivitis|viral conjunctivitis}}.
[[Vitamins A|vitamin a]], [[D|vitamin d]], and [[K|vitamin k]] or [[vitamin B6|pyridoxine]]/[[B12|vitamin b12]]; [[vitamin D|vitamin d]], A study; [[vitamin C|vitamin c]] and E-cigarettes.
An [[IL-1|il-1 inhibitors]] or [[IL-6 inhibitor|il-6 inhibitors]] is used; [[TNF|tnf inhibitors]], [[IL-17|il-17 inhibitors]], and [[JAK inhibitors|jak inhibitors]] are others; grade B and [[ACE inhibitors|ace inhibitors]].
{{Sjögren’s disease-ILD|SjD-ILD}}: [[anti-TNF agents|tnf inhibitors]] no; [[metoprolol succinate|metoprolol]] 25 mg.
[[β-blockers|beta-blockers]] and [[Beta-blocker|beta-blockers]] are one class; [[prednisone|prednisone]]/[[prednisolone|prednisolone]] are two drugs.
Check serum potassium, potassium levels and insulin resistance before [[potassium|potassium chloride]] is given.
{{Methicillin-resistant Staphylococcus aureus infection|MRSA infection}}: [[vancomycin|vancomycin]].
Steroid-refractory {{GVHD|graft-versus-host disease}}: [[ruxolitinib|ruxolitinib]]; steroid-sparing drugs are wanted.
In penicillin allergy give [[doxycycline|doxycycline]]; a paclitaxel-eluting stent is no drug.
{{Opioid use disorder|opioid use disorder}}: [[buprenorphine-naloxone|buprenorphine/naloxone]] or [[methadone|methadone]].
Use [[bevonescimab|bevonescimab]] or [[zorvatinib|zorvatinib]], but not in April.
[[Nicotine patch|nicotine]] plus [[bupropion|bupropion]] helps smokers.
Offer [[ECT|electroconvulsive therapy]] in severe {{depression|depression}} with psychotic features.
{{Parkinson disease|Parkinson's disease}}: [[carbidopa/levodopa|carbidopa/levodopa]], [[MAO-B inhibitors|mao-b inhibitors]], [[deep brain stimulation|deep brain stimulation]].
{{AS|ankylosing spondylitis}} patients with active {{axial spondyloarthritis|axial spondyloarthritis}} take [[NSAIDs|nsaids]].
A solution of the lead author was best: aim for water, fish and a short duration as said before all patients.
The control arm had a hard task, and the combined model was the best fit for the data of the first patch.
[[Angiotensin-converting enzyme (ACE) inhibitors|ace inhibitors]], [[tumor necrosis factor (TNF) inhibitors|tnf inhibitors]] and [[glucagon-like peptide-1 (GLP-1) receptor agonists|glp-1 receptor agonists]].
{{Human immunodeficiency virus (HIV) infection|HIV infection}}: [[integrase strand transfer inhibitors|integrase inhibitors]] (see above) and [[poly(ADP-ribose) polymerase (PARP) inhibitors|parp inhibitors]].
Use [[dorzolamide|dorzolamide]] and [[timolol|timolol]] apart, or [[Cosopt|dorzolamide/timolol]]; [[Skyrizi|risankizumab]] and [[erenumab-aooe|erenumab]] are given.
Offer [[COVID-19|covid-19 vaccine]], [[influenza|influenza vaccine]], and [[RSV vaccination|rsv vaccine]]; [[MMR|mmr vaccine]] and [[varicella vaccines|varicella vaccine]] wait; hand hygiene and [[influenza vaccines|influenza vaccine]].
In {{homozygous FH|homozygous familial hypercholesterolemia}} a [[statin|statins]] is too little; {{FH|familial hypercholesterolemia}} is common, {{acute HF|acute heart failure}} is not.
[[Nesiritide|nesiritide]] is no longer used in {{influenza|influenza}} or with [[pneumococcal vaccine|pneumococcal vaccine]].
Chronic {{heart failure with reduced ejection fraction|heart failure with reduced ejection fraction}} needs four drugs, {{chronic heart failure|heart failure}}. With reduced ejection fraction more.
Reverse it with [[vitamin K|vitamin k]] 2-5 mg or [[vitamin K1|vitamin k]] 10 mg; [[interferon alpha|interferon alfa]] 5 million units, [[spiramycin|spiramycin]] 1 g, [[omega-3|omega-3 fatty acids]] 4 g.
Keep LDL cholesterol below 1.8 mmol/L; procalcitonin, natriuretic peptides, haptoglobin, beta-2 microglobulin and blood urea nitrogen are measured, by dobutamine stress testing too.
Give [[glucose 10%|dextrose]] or [[20% glucose|dextrose]] and [[supplemental oxygen|oxygen]]; [[hyperbaric oxygen|hyperbaric oxygen]] and [[hyoscine hydrobromide|scopolamine]] are not needed.
{{Tumor|cancer}} site and minimal residual disease decide; treat {{varices|esophageal varices}}, {{myopathy|myopathy}} and {{telangiectasia|telangiectasis}} apart.
The FDA, the arb and the fmt module take said values; the PE teacher was in MS Word.
"""


@pytest.mark.parametrize("marked", SENTENCES.splitlines())
def test_a_sentence_names_exactly_these(lexicon, marked):
    text, drugs, diseases = unmark(marked)
    found = lexicon.find_drugs(text)
    assert [(m.start, text[m.start : m.end], m.concept.name) for m in found] == drugs
    ill = [m for m in lexicon.find_diseases(text) if m.concept.name != "insulin resistance"]
    assert [(m.start, text[m.start : m.end], m.concept.name) for m in ill] == diseases


@pytest.mark.parametrize("bad", ["[[a|b]", "{{a|b}", "a|b]]", "[[a]]"])
def test_a_broken_mark_is_refused(bad):
    with pytest.raises(ValueError, match="broken mark"):
        unmark(bad)


@pytest.mark.parametrize("text", [*SENTENCES.splitlines()[:20]])
def test_the_cheap_check_never_misses_a_drug(lexicon, text):
    plain = unmark(text)[0]
    assert lexicon.might_mention(plain) or not lexicon.find_drugs(plain)


_PIECES = st.sampled_from(
    ["TNF", "-", "α", " inhibitors", "(", ")", ",", " ", "ILD", "SSc", "RA", "\n", "😀", "\u200b", "’s", "prednisone", "sodium",
     " succinate", "metoprolol", "a", "systemic sclerosis", " in ", "associated ", "السل", "\u00ad", ". ", "IVIG", "İ"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_mentions_are_exact_ordered_and_apart(text):
    lexicon = Lexicon.default()
    local = define_abbreviations(text, lexicon)
    for mentions in (
        lexicon.find_drugs(text, local),
        lexicon.find_diseases(text, local),
        *lexicon.find_broad(text),
    ):
        places = [(m.start, m.end) for m in mentions]
        assert [p for p in places if not (0 <= p[0] < p[1] <= len(text))] == []
        assert [(a, b) for a, b in itertools.pairwise(places) if a[1] > b[0]] == []


def test_ten_thousand_drugs_in_one_list(lexicon):
    text = ", ".join(["prednisone", "rituximab"] * 5000)
    assert len(lexicon.find_drugs(text)) == 10_000
