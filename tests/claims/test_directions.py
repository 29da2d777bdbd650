"""Everyday sentences of advice on one, two or three drugs: which are advised on, and in which direction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ADVICE = [
    ("For cisplatin-ineligible patients, colchicine is used.", "colchicine for"),
    ("KRILL-2 showed a higher response with colchicine than with placebo.", "colchicine for"),
    ("KRILL-3 showed a lower rate of flares with colchicine.", "colchicine for"),
    ("Stop colchicine at the first sign of optic neuritis.", "colchicine against"),
    ("Colchicine is stopped and prednisone is continued.", "colchicine against, prednisone for"),
    ("Aspirin is stopped after 4 weeks of it, and codeine is given.", "aspirin against, codeine for"),
    ("Colchicine works but causes diarrhea and should be avoided in pregnancy.", "colchicine against"),
    ("Colchicine is effective but has a narrow margin and is reserved for gout.", "colchicine for"),
    ("Codeine should not be part of triple therapy.", "codeine against"),
    ("Colchicine should not be relied on here.", "colchicine against"),
    ("Aspirin should not be used as the sole analgesic.", "aspirin against"),
    (
        "Gout\n\nStopping and Monitoring\n\nAfter 12 months, colchicine can be reduced to 0.5 mg daily.",
        "colchicine for",
    ),
    ("Gout\n\nDeprescribing\n\n• Colchicine 0.5 mg every other day for 4 weeks", "colchicine for"),
    ("In patients with anaphylaxis to penicillin, use colchicine.", "colchicine for"),
    ("Adults sensitive to aspirin should receive naproxen.", "naproxen for"),
    ("For adults naive to colchicine, naproxen is suggested.", "naproxen for"),
    ("Allopurinol remains the anchor drug.", "allopurinol for"),
    (
        "Gout\n\nWhat Not to Do\n\n• Use codeine\n• Stop allopurinol during a flare\n• Colchicine should be avoided in dialysis",
        "codeine against, colchicine against",
    ),
    ("Naproxen is kept for colchicine failure.", "naproxen for"),
    ("Gout\n\n• Complete 5 days with naproxen.", "naproxen for"),
    ("Gout\n\n• Colchicine 1 mg once if pain persists and naproxen cannot be used.", "colchicine for"),
    (
        "For adults on dialysis, for whom colchicine is not approved, prednisone is suggested.",
        "prednisone for",
    ),
    ("Change allopurinol to 50 mg daily when the flare has settled.", "allopurinol for"),
    (
        "Low-molecular-weight heparin (LMWH) is the anticoagulant of choice.",
        "low molecular weight heparins for",
    ),
    ("Gout\n\nCommon Pitfalls\n\n• Prolonging prednisone beyond the flare", "prednisone against"),
    ("Gout\n\nNot Recommended\n\n• Codeine for chronic use", "codeine against"),
    ("Start prednisone at 40 mg daily and stop within 8 weeks.", "prednisone for"),
    (
        "Gout\n\nKey Drug Interactions\n\n• Colchicine with statins: risk of myopathy\n• Azathioprine must be avoided with allopurinol",
        "azathioprine against",
    ),
    ("Although indomethacin was long the standard, colchicine is the drug of choice.", "colchicine for"),
    (
        "The guideline gives a weak recommendation for colchicine and a strong recommendation against codeine.",
        "codeine against, colchicine for",
    ),
    ("Gout\n\nCommon Pitfalls\n\n• Starting codeine before rest has been tried", "codeine against"),
    ("Give prednisone to allow azathioprine time to act.", "prednisone for"),
    ("An adult who relapses on colchicine should be switched to canakinumab.", "canakinumab for"),
    ("Naproxen should follow surgery.", "naproxen for"),
    ("Gout\n\nCommon Pitfalls\n\n• Prescribing codeine; evidence is insufficient", "codeine against"),
    ("Children under 5 years: no aspirin, no codeine.", "aspirin against, codeine against"),
    ("Codeine and aspirin are not effective.", "aspirin against, codeine against"),
    ("Colchicine 0.5 mg – contraindicated in dialysis", "colchicine against, colchicine for"),
    ("Colchicine must not delay specific treatment.", ""),
    ("Superficial wounds do not need codeine.", "codeine against"),
    ("Codeine is of little value and no longer part of care.", "codeine against"),
    ("Colchicine is preferred; do not exceed the licensed dose.", "colchicine for"),
    ("Aspirin failure: switch to colchicine.", "colchicine for"),
    ("Aspirin is not suited to acute attacks.", "aspirin against"),
    ("Codeine – it increases the risk of falls – should be avoided.", "codeine against"),
    ("Give prednisone for itch that does not settle with aspirin.", "prednisone for"),
    ("Give colchicine with prolonged prednisone.", "colchicine for"),
    ("Aspirin should be avoided on warfarin.", "aspirin against"),
    ("Most children need no codeine.", "codeine against"),
    ("Mild gout requires no colchicine.", "colchicine against"),
    ("Patients with no response should receive colchicine.", "colchicine for"),
    ("In adults with fever and no focus, colchicine may be considered.", "colchicine for"),
    ("Adults who have gout and no kidney disease can be given colchicine.", "colchicine for"),
    ("In patients with gout, colchicine has no role and is not recommended.", "colchicine against"),
    ("The guideline recommends colchicine but not aspirin.", "aspirin against, colchicine for"),
    ("Colchicine should be offered and aspirin should not.", "aspirin against, colchicine for"),
    ("Colchicine, rather than aspirin, should be given.", "colchicine for"),
    ("Instead of aspirin, give colchicine.", "colchicine for"),
    ("Aspirin is no longer recommended; use colchicine instead.", "aspirin against, colchicine for"),
    (
        "Avoid aspirin; colchicine or prednisone can be used.",
        "aspirin against, colchicine for, prednisone for",
    ),
    ("Colchicine is preferred to aspirin, which should be avoided.", "aspirin against, colchicine for"),
    ("Colchicine can be used safely, whereas aspirin is contraindicated.", "aspirin against, colchicine for"),
    ("Discontinue aspirin and switch to colchicine.", "aspirin against, colchicine for"),
    ("If aspirin is not tolerated, substitute colchicine.", "colchicine for"),
    ("Do not use aspirin unless colchicine and prednisone have failed.", "aspirin against"),
    ("Prednisone should not be started before colchicine has been tried.", "prednisone against"),
    ("Aspirin offers no benefit and is not recommended.", "aspirin against"),
    ("Start prednisone 40 mg daily and stop within 2 weeks.", "prednisone for"),
    ("Avoid colchicine; prednisone needs no adjustment.", "colchicine against"),
    ("No single NSAID is preferred.", ""),
    ("Colchicine should not be stopped during a flare.", "colchicine for"),
    ("Prednisone must not be abruptly withdrawn.", "prednisone for"),
    ("We recommend against discontinuing colchicine.", "colchicine for"),
    ("Discontinuation of colchicine is not recommended.", "colchicine for"),
    ("Colchicine should be stopped.", "colchicine against"),
    ("Discontinuation of codeine is recommended.", "codeine against"),
    (
        "Colchicine is an option. Prednisone is an alternative. Both are contraindicated in sepsis.",
        "colchicine against, colchicine for, prednisone against, prednisone for",
    ),
    ("Neither aspirin nor codeine should be used.", "aspirin against, codeine against"),
    ("Both colchicine and prednisone are acceptable.", "colchicine for, prednisone for"),
    ("Clinicians should not withhold colchicine.", "colchicine for"),
    ("Use of aspirin is discouraged.", "aspirin against"),
    ("The use of aspirin cannot be recommended.", "aspirin against"),
    ("Routine use of aspirin is not advised.", "aspirin against"),
    ("Aspirin has fallen out of favor.", "aspirin against"),
    ("Aspirin is ineffective and should be abandoned.", "aspirin against"),
    ("Consider colchicine; reserve prednisone for refractory cases.", "colchicine for, prednisone for"),
    ("Colchicine may be considered but aspirin must never be given.", "aspirin against, colchicine for"),
    (
        "Colchicine is first-line; avoid codeine and aspirin.",
        "aspirin against, codeine against, colchicine for",
    ),
    ("Never combine colchicine with clarithromycin.", "colchicine against"),
    ("Hold colchicine during clarithromycin treatment.", "colchicine against"),
    (
        "The ACR strongly recommends colchicine and conditionally recommends against aspirin.",
        "aspirin against, colchicine for",
    ),
    (
        "The ACR conditionally recommends against aspirin and strongly recommends colchicine.",
        "aspirin against, colchicine for",
    ),
    ("It is recommended that colchicine be started within 24 hours.", "colchicine for"),
    ("It is recommended that aspirin not be used.", "aspirin against"),
    ("The panel advises that aspirin should be avoided.", "aspirin against"),
    ("Patients who cannot take colchicine should receive prednisone.", "prednisone for"),
    ("In patients taking aspirin, give colchicine at a lower dose.", "colchicine for"),
    ("Refrain from prescribing codeine.", "codeine against"),
    ("Codeine has no place in treatment.", "codeine against"),
    ("There is no role for codeine, but colchicine helps.", "codeine against"),
    ("Codeine should be used only as a last resort.", "codeine for"),
    ("Codeine is not a first-line drug.", "codeine against"),
    ("Colchicine is not inferior to prednisone and may be used.", "colchicine for"),
    ("Colchicine is indicated unless contraindicated.", "colchicine for"),
    ("Colchicine should not be delayed.", "colchicine for"),
    (
        "Flares should be treated within a day of onset with naproxen or colchicine.",
        "colchicine for, naproxen for",
    ),
    ("Famotidine should not be substituted for omeprazole.", "famotidine against"),
    ("Probenecid is the traditional regimen.", "probenecid for"),
    ("Probenecid remains the workhorse.", "probenecid for"),
    ("Probenecid deserves consideration.", "probenecid for"),
    ("Probenecid is worth trying.", "probenecid for"),
    ("Naproxen suffices in most adults.", "naproxen for"),
    ("Allopurinol should come first.", "allopurinol for"),
    ("Febuxostat should be trialed.", "febuxostat for"),
    ("Reach for naproxen.", "naproxen for"),
    ("Turn to anakinra.", "anakinra for"),
    ("Steer clear of codeine.", "codeine against"),
    ("Codeine is ill-advised.", "codeine against"),
    ("Codeine is of no value.", "codeine against"),
    ("Antibiotics are not needed unless pus is found.", "antibiotics against"),
    ("Routine antifungals are unnecessary.", "antifungals against"),
    (
        "Stop naproxen after 3 days and continue maintenance with colchicine.",
        "colchicine for, naproxen against",
    ),
    ("Do not hesitate to use colchicine.", "colchicine for"),
    ("Do not forget colchicine in older adults.", "colchicine for"),
    (
        "Colchicine should be avoided in dialysis; otherwise 0.6 mg daily is used.",
        "colchicine against, colchicine for",
    ),
    ("Start colchicine, avoiding high doses.", "colchicine for"),
    ("Codeine is best avoided.", "codeine against"),
    ("Deprescribe codeine in older adults.", "codeine against"),
    ("Withdraw codeine gradually.", "codeine against"),
    ("The society recommends neither aspirin nor codeine.", "aspirin against, codeine against"),
    ("Most experts favor colchicine over aspirin.", "colchicine for"),
    ("Colchicine has replaced aspirin as the preferred drug.", "colchicine for"),
    ("Codeine is reserved for severe pain.", "codeine for"),
    ("Use colchicine with caution in renal impairment.", "colchicine for"),
    ("Colchicine or prednisone (but not both) should be given.", "colchicine for, prednisone for"),
    ("Aspirin is contraindicated, as is codeine.", "aspirin against, codeine against"),
    ("Aspirin should be avoided, as should codeine.", "aspirin against, codeine against"),
    ("As with aspirin, codeine should be avoided.", "codeine against"),
    ("Like aspirin, codeine is not recommended.", "codeine against"),
    ("Antibiotics such as doxycycline are not recommended.", "antibiotics against, doxycycline against"),
    ("Colchicine is effective and recommended, but prednisone is not.", "colchicine for, prednisone against"),
    ("Stop colchicine if diarrhea occurs and give prednisone instead.", "colchicine against, prednisone for"),
    ("Colchicine should be continued, and aspirin stopped.", "aspirin against, colchicine for"),
    ("Continue colchicine but stop aspirin.", "aspirin against, colchicine for"),
    ("Aspirin may be continued.", "aspirin for"),
    ("Guidelines do not support codeine.", "codeine against"),
    ("Guidelines support colchicine and discourage codeine.", "codeine against, colchicine for"),
    ("The guidelines endorse colchicine but caution against codeine.", "codeine against, colchicine for"),
    ("Initial therapy is colchicine; prednisone is used if this fails.", "colchicine for, prednisone for"),
    (
        "Treatment options include colchicine, prednisone, and naproxen.",
        "colchicine for, naproxen for, prednisone for",
    ),
    ("Colchicine is effective but poorly tolerated, so naproxen is preferred.", "naproxen for"),
    (
        "Do not start allopurinol during a flare, but do not stop it in patients who already take it.",
        "allopurinol against, allopurinol for",
    ),
    ("Allopurinol should be started at 100 mg daily and increased every 2 weeks.", "allopurinol for"),
    ("Febuxostat may be used when allopurinol is contraindicated or not tolerated.", "febuxostat for"),
    ("When allopurinol is contraindicated, use febuxostat.", "febuxostat for"),
    ("Probenecid is contraindicated in urolithiasis.", "probenecid against"),
    ("Pegloticase is limited to patients in whom other drugs have failed.", "pegloticase for"),
    (
        "Combination therapy with colchicine and prednisone may be needed in severe attacks.",
        "colchicine for, prednisone for",
    ),
    ("Add prednisone to colchicine if pain persists.", "prednisone for"),
    ("Colchicine monotherapy is sufficient in most patients.", "colchicine for"),
    ("Switch from febuxostat to allopurinol if cardiovascular disease develops.", "allopurinol for"),
    ("Losartan is preferred over hydrochlorothiazide in hypertensive patients.", "losartan for"),
    ("Vitamin C supplementation is not recommended.", "vitamin c against"),
    ("Steroids or NSAIDs are appropriate if colchicine is unsuitable.", "glucocorticoids for, nsaids for"),
    ("Steroids, though effective, should be avoided in diabetes.", "glucocorticoids against"),
    (
        "Naproxen, ibuprofen, and indomethacin are all acceptable choices.",
        "ibuprofen for, indomethacin for, naproxen for",
    ),
    ("Opioids should be prescribed only if other analgesics fail.", "opioids for"),
    ("Opioids should generally be avoided.", "opioids against"),
    ("It is reasonable to continue aspirin in patients with coronary disease.", "aspirin for"),
    ("Low-dose aspirin should be continued despite its effect on urate.", "aspirin for"),
    ("Colchicine must be stopped if the neutrophil count falls.", "colchicine against"),
    (
        "Azathioprine must not be combined with allopurinol unless its dose is reduced.",
        "azathioprine against",
    ),
    (
        "NSAIDs with a proton pump inhibitor are an option in older adults.",
        "nsaids for, proton pump inhibitors for",
    ),
    ("Offer an NSAID together with a proton pump inhibitor.", "nsaids for, proton pump inhibitors for"),
    (
        "Prednisone 30 mg daily for 5 days is as effective as naproxen and is preferred in renal impairment.",
        "prednisone for",
    ),
    ("Because NSAIDs raise blood pressure, colchicine is preferred in hypertension.", "colchicine for"),
    ("Given the risk of bleeding, NSAIDs should not be given with warfarin.", "nsaids against"),
    (
        "Colchicine is no better than placebo after 36 hours and should not be started then.",
        "colchicine against",
    ),
    ("Anakinra is used off-label.", "anakinra for"),
    ("Rasburicase has no established role.", "rasburicase against"),
    ("Consider stopping hydrochlorothiazide.", "hydrochlorothiazide against"),
    ("Hydrochlorothiazide should be replaced by losartan.", "losartan for"),
    ("Patients on dialysis should not be given colchicine.", "colchicine against"),
    (
        "Colchicine should not be given to patients on dialysis, in whom prednisone is preferred.",
        "colchicine against, prednisone for",
    ),
    ("Unless contraindicated, colchicine is recommended for all patients.", "colchicine for"),
    ("A short course of prednisone can be substituted.", "prednisone for"),
    ("Naproxen, but not aspirin, is recommended.", "aspirin against, naproxen for"),
    ("Naproxen is recommended, as opposed to aspirin.", "naproxen for"),
    ("Naproxen is suggested for pain; aspirin for pain is not.", "aspirin against, naproxen for"),
    ("Do not stop allopurinol during a flare.", "allopurinol for"),
    ("Never use colchicine intravenously.", "colchicine against"),
    ("Avoid starting allopurinol without colchicine prophylaxis.", "allopurinol against"),
    ("Do not start allopurinol without prophylaxis.", "allopurinol against"),
    ("Do not rely on aspirin.", "aspirin against"),
    ("Avoid concurrent colchicine and clarithromycin.", "clarithromycin against, colchicine against"),
    ("Avoid the combination of colchicine and clarithromycin.", "clarithromycin against, colchicine against"),
    ("Do not use more than 1.2 mg of colchicine on day 1.", "colchicine against"),
    ("Overuse of prednisone should be avoided.", "prednisone against"),
    ("Consider stopping aspirin before starting allopurinol.", "aspirin against"),
    ("Renal impairment: avoid NSAIDs; prednisone is preferred.", "nsaids against, prednisone for"),
    (
        "Older adults: start allopurinol at 50 mg daily; avoid indomethacin.",
        "allopurinol for, indomethacin against",
    ),
    (
        "Heart failure: avoid NSAIDs and use colchicine or steroids.",
        "colchicine for, glucocorticoids for, nsaids against",
    ),
    ("Children: naproxen 5 mg/kg twice daily; aspirin is contraindicated.", "aspirin against, naproxen for"),
    ("Colchicine 0.6 mg daily; reduce to every other day if CrCl <30 mL/min.", "colchicine for"),
    ("Switch to febuxostat if rash develops on allopurinol.", "febuxostat for"),
    ("Stop allopurinol immediately if rash develops.", "allopurinol against"),
    ("Allopurinol should be discontinued at the first sign of rash.", "allopurinol against"),
    ("Hold colchicine if diarrhea is severe.", "colchicine against"),
    ("Naproxen is suitable for most patients without renal disease.", "naproxen for"),
    ("Prefer naproxen over indomethacin in older adults.", "naproxen for"),
    ("Choose febuxostat over allopurinol only in HLA-B*58:01 carriers.", "febuxostat for"),
    ("Allopurinol, not febuxostat, is the first choice.", "allopurinol for, febuxostat against"),
    ("Steroids are an option but should be limited to 5 days.", "glucocorticoids for"),
    ("Colchicine may be given for up to 6 months but not longer.", "colchicine for"),
    ("Use the lowest effective dose of prednisone.", "prednisone for"),
    ("Prednisone should be tapered over 7 days.", "prednisone for"),
    ("Taper prednisone over 7 days.", "prednisone for"),
    ("Taper and stop prednisone once the flare resolves.", "prednisone against"),
    ("Allopurinol must be started in all patients with tophi.", "allopurinol for"),
    ("All patients with tophi need allopurinol.", "allopurinol for"),
    ("Allopurinol is warranted in patients with tophi.", "allopurinol for"),
    ("Allopurinol is the cornerstone of urate-lowering therapy.", "allopurinol for"),
    ("Treatment is with colchicine.", "colchicine for"),
    ("Treat with colchicine 0.6 mg twice daily.", "colchicine for"),
    ("The recommended dose of colchicine is 1.2 mg.", "colchicine for"),
    ("Colchicine at 0.6 mg daily is sufficient.", "colchicine for"),
    ("If colchicine was given recently, use naproxen instead.", "naproxen for"),
    ("Where colchicine is unavailable, use naproxen.", "naproxen for"),
    ("In the absence of contraindications, naproxen is first-line.", "naproxen for"),
    ("Acetaminophen alone is not recommended.", "acetaminophen against"),
    ("Colchicine is preferred, although naproxen is equally effective.", "colchicine for"),
    ("Start colchicine; naproxen and prednisone have similar efficacy.", "colchicine for"),
    ("Naproxen and prednisone are equally effective first-line options.", "naproxen for, prednisone for"),
    (
        "Naproxen and prednisone are equally effective, and either may be used.",
        "naproxen for, prednisone for",
    ),
    ("Allopurinol is safe in chronic kidney disease.", "allopurinol for"),
    ("Prednisone is considered safe in pregnancy.", "prednisone for"),
    ("Codeine is not safe in children.", "codeine against"),
    ("Do not target a urate below 3 mg/dL with febuxostat.", "febuxostat against"),
    ("Fludrocortisone is not needed while prednisone exceeds 20 mg per day.", "fludrocortisone against"),
    ("Avoid spironolactone, which counteracts fludrocortisone.", "spironolactone against"),
    (
        "Rest is given to all patients, and immunosuppression is chosen by severity; start colchicine.",
        "colchicine for",
    ),
    ("Colchicine is an alternative to naproxen that also raises potassium.", "colchicine for"),
    ("Use of codeine should be limited to 3 days.", "codeine for"),
    ("Pegloticase is restricted to patients with refractory gout.", "pegloticase for"),
    ("Naproxen is unsafe during the third trimester.", "naproxen against"),
    ("Given its cost, febuxostat should be used only after allopurinol fails.", "febuxostat for"),
    ("Do not reduce colchicine or withdraw aspirin in a flare.", "aspirin for, colchicine for"),
    (
        "Gout\n\n• Colchicine or naproxen for flares; never in kidney failure",
        "colchicine against, colchicine for, naproxen against, naproxen for",
    ),
    ("Keep the albumin-corrected calcium normal and give calcitriol.", "calcitriol for"),
    (
        "Calcium citrate is used in patients with achlorhydria or on a proton pump inhibitor.",
        "calcium citrate for",
    ),
    (
        "Colchicine or naproxen should be considered as first-line anti-inflammatory therapy.",
        "colchicine for, naproxen for",
    ),
    (
        "ACE inhibitors or ARBs may be considered as first-line antihypertensive therapy.",
        "ace inhibitors for, arbs for",
    ),
]

SILENT = [
    "Evidence is insufficient to recommend for or against aspirin.",
    "No recommendation can be made for or against aspirin.",
    "Thiopurine methyltransferase activity should be measured first.",
    "Do not assume that colchicine has failed after one dose.",
    "Failure to start colchicine early is a common error.",
    "Underuse of colchicine should be avoided.",
    "Colchicine requires caution with statins.",
    "Except for colchicine, all drugs should be stopped.",
    "Drugs other than colchicine are not recommended.",
    "The choice between colchicine and naproxen depends on renal function.",
    "Naproxen is as effective as colchicine.",
    "Adverse effects of colchicine include diarrhea.",
    "Colchicine inhibits microtubules.",
    "Colchicine has a narrow therapeutic index.",
    "Monitor for myopathy with colchicine and statins.",
    "Colchicine is metabolized by CYP3A4.",
    "Aspirin can precipitate flares.",
    "Diuretics are a common cause of gout.",
    "Allopurinol hypersensitivity is rare.",
    "Response to colchicine supports the diagnosis.",
    "Colchicine was approved in 2009.",
    "Ask about use of aspirin and diuretics.",
    "Review medications such as diuretics and aspirin.",
    "Check interactions before prescribing colchicine.",
    "Educate patients about colchicine toxicity.",
    "HLA-B*58:01 testing is advised before allopurinol in high-risk groups.",
    "Colchicine plus prednisone is more effective than either alone.",
    "There is no evidence that indomethacin is superior to naproxen.",
    "Opioids are rarely needed.",
    "Statins increase the risk of myopathy when combined with colchicine.",
    "Canakinumab is approved for refractory flares but is limited by cost.",
    "We do not recommend for or against febuxostat.",
    "Febuxostat carries a boxed warning for cardiovascular death.",
    "What about colchicine?",
    "Is colchicine safe in pregnancy?",
    "Failing to start allopurinol after two flares.",
    "Delaying colchicine beyond 36 hours.",
    "Not adjusting colchicine in renal impairment.",
    "Colchicine should be used with caution in patients taking statins.",
    "Naproxen is generally well tolerated.",
    "Most patients respond to colchicine.",
    "Patients responding to colchicine need no further treatment.",
    "Pain relief with acetaminophen is usually inadequate.",
    "Acetaminophen alone is insufficient.",
    "Febuxostat is not superior to allopurinol and costs more.",
    "Consult rheumatology before using pegloticase.",
    "Refer patients who need pegloticase.",
    "Naproxen and colchicine are equally effective.",
    "Febuxostat is safe and well tolerated.",
    "Data on pegloticase are limited to small trials.",
    "Dotinurad is restricted to clinical trials.",
]

Values = Callable[..., list[tuple[Any, ...]]]


@pytest.mark.parametrize(("sentence", "expected"), ADVICE, ids=[s for s, _ in ADVICE])
def test_direction(sentence: str, expected: str, values_of: Values) -> None:
    found = {
        f"{drug} {direction}" for drug, direction in values_of(f"Gout\n\n{sentence}", "drug", "direction")
    }
    assert ", ".join(sorted(found)) == expected


@pytest.mark.parametrize("sentence", SILENT)
def test_no_advice(sentence: str, values_of: Values) -> None:
    assert values_of(f"Gout\n\n{sentence}", "drug", "direction") == []


SECOND_CLAUSES = [
    # another subject: what it says is not said of the drug before it
    ("Do not combine fluoxetine with selegiline; a washout of 5 weeks is required.", ["against"]),
    ("Stop lithium; renal imaging is recommended.", ["against"]),
    ("Warfarin is preferred; bridging is not required.", ["for"]),
    ("Avoid naproxen, and referral to nephrology should be considered.", ["against"]),
    # the drug itself, its dose, its course
    ("Rituximab is an option; higher doses are not recommended.", ["for", "against"]),
    ("Warfarin is an option; it is not recommended in pregnancy.", ["for", "against"]),
    ("Linezolid is an option; dose adjustment is not required in renal impairment.", ["for", "for"]),
    ("Linezolid is an option; courses beyond 28 days should be avoided.", ["for", "against"]),
    ("Naproxen is an option, but in heart failure should be avoided.", ["for", "against"]),
]


@pytest.mark.parametrize(("sentence", "expected"), SECOND_CLAUSES, ids=[s for s, _ in SECOND_CLAUSES])
def test_a_clause_that_names_no_drug(sentence: str, expected: list[str], values_of: Values) -> None:
    assert [direction for (direction,) in values_of(f"Gout\n\n{sentence}", "direction")] == expected


HEADINGS = [
    ("First-Line Therapy", ("for", "first", "unstated")),
    ("Initial Pharmacotherapy", ("for", "first", "unstated")),
    ("Preferred First-Line Agent", ("for", "first", "preferred")),
    ("Additional Options", ("for", "unstated", "alternative")),
    ("Second- and Third-Line Options", ("for", "subsequent", "unstated")),
    ("Treatment Failure", ("for", "subsequent", "unstated")),
    ("Medications to Avoid", ("against", "unstated", "unstated")),
    ("What Not to Do", ("against", "unstated", "unstated")),
    ("Ineffective Therapies", ("against", "unstated", "unstated")),
    ("Agents With No Proven Benefit", ("against", "unstated", "unstated")),
    ("Agents With Proven Benefit", ("for", "unstated", "unstated")),
    ("Therapies Without Benefit", ("against", "unstated", "unstated")),
    ("Use With Caution", ("for", "unstated", "unstated")),
    ("Chronic Kidney Disease", ("for", "unstated", "unstated")),
]


@pytest.mark.parametrize(("heading", "expected"), HEADINGS, ids=[h for h, _ in HEADINGS])
def test_a_heading_over_a_bare_drug(heading: str, expected: tuple[str, ...], values_of: Values) -> None:
    text = f"How is gout treated?\n\nOverview\n\n• Gout is painful\n\n{heading}\n\n• Probenecid 250 mg twice daily"
    (row,) = values_of(text, "disease", "direction", "line", "preference")
    assert row == ("gout", *expected)


def test_what_is_said_for_a_drug_under_a_heading_against_it_is_no_first_line(values_of: Values) -> None:
    text = (
        "How is epilepsy treated?\n\nOverview\n\n• Epilepsy is common\n\nPhenytoin Is No Longer First Choice\n\n"
        "• It may be used when other drugs are not available\n\nMonitoring\n\n• See a neurologist"
    )
    assert values_of(text, "drug", "direction", "line", "preference") == [
        ("phenytoin", "for", "unstated", "unstated")
    ]


def test_a_lead_in_may_stop_one_drug_before_others_are_chosen(values_of: Values) -> None:
    text = "Gout\n\nStop hydrochlorothiazide before choosing one of these drugs:\n\n• Losartan 50 mg\n• Amlodipine 5 mg"
    assert values_of(text, "drug", "direction") == [
        ("hydrochlorothiazide", "against"),
        ("losartan", "for"),
        ("amlodipine", "for"),
    ]
