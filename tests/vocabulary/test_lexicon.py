"""Any written name leads to its canonical concept."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("mesalazine", "mesalamine"),
        ("5-ASA", "mesalamine"),
        ("paracetamol", "acetaminophen"),
        ("Salbutamol", "albuterol"),
        ("IVIG", "immunoglobulin"),
        ("intravenous immune globulin", "immunoglobulin"),
        ("MMF", "mycophenolate mofetil"),
        ("CellCept", "mycophenolate mofetil"),
        ("mycophenolate sodium", "mycophenolate mofetil"),
        ("ciclosporin A", "cyclosporine"),
        ("metoprolol succinate", "metoprolol"),
        ("amlodipine besylate", "amlodipine"),
        ("glibenclamide", "glyburide"),
        ("frusemide", "furosemide"),
        ("adrenaline", "epinephrine"),
        ("noradrenaline", "norepinephrine"),
        ("rifampicin", "rifampin"),
        ("pethidine", "meperidine"),
        ("aciclovir", "acyclovir"),
        ("co-trimoxazole", "trimethoprim/sulfamethoxazole"),
        ("Augmentin", "amoxicillin/clavulanate"),
        ("amoxicillin and clavulanic acid", "amoxicillin/clavulanate"),
        ("Entresto", "sacubitril/valsartan"),
        ("levodopa/carbidopa", "carbidopa/levodopa"),
        ("naloxone-oxycodone", "oxycodone/naloxone"),
        ("paracetamol/tramadol", "tramadol/acetaminophen"),
        ("divalproex sodium", "valproate"),
        ("lignocaine", "lidocaine"),
        ("folinic acid", "leucovorin"),
        ("5-fluorouracil", "fluorouracil"),
        ("Keytruda", "pembrolizumab"),
        ("steroids", "glucocorticoids"),
        ("inhaled corticosteroids", "glucocorticoids"),
        ("anti-TNF agents", "tnf inhibitors"),
        ("TNF-α blockers", "tnf inhibitors"),
        ("Janus kinase inhibitor", "jak inhibitors"),
        ("immunosuppressive therapy", "immunosuppressants"),
        ("angiotensin-converting enzyme inhibitors", "ace inhibitors"),
        ("β-adrenergic antagonists", "beta-blockers"),
        ("SGLT-2 inhibitors", "sglt2 inhibitors"),
        ("GLP-1 RAs", "glp-1 receptor agonists"),
        ("low-molecular-weight heparin", "low molecular weight heparins"),
        ("HMG-CoA reductase inhibitor", "statins"),
        ("plasmapheresis", "plasma exchange"),
        ("ECT", "electroconvulsive therapy"),
        ("table", None),
        ("lead", None),
        ("", None),
    ],
)
def test_drugs(lexicon, written, canonical):
    found = lexicon.drug(written)
    assert (found and found.name) == canonical


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("type 2 diabetes", "type 2 diabetes mellitus"),
        ("Diabetes Mellitus, Type 2".replace(",", ""), "type 2 diabetes mellitus"),
        ("scleroderma", "systemic sclerosis"),
        ("Sjogrens syndrome", "Sjögren's disease"),
        ("Sjögren syndrome", "Sjögren's disease"),
        ("SARD-ILD", "CTD-ILD"),
        ("pSS-ILD", "SjD-ILD"),
        ("idiopathic pulmonary fibrosis", "IPF"),
        ("bacterial pneumonias", "bacterial pneumonia"),
        ("COPD", "chronic obstructive pulmonary disease"),
        ("acute exacerbation of COPD", "chronic obstructive pulmonary disease"),
        ("H. pylori infection", "Helicobacter pylori infection"),
        ("breast neoplasms", "breast cancer"),
        ("Wegener's granulomatosis", "granulomatosis with polyangiitis"),
        ("the disease", None),
        ("combined", None),
    ],
)
def test_diseases(lexicon, written, canonical):
    found = lexicon.disease(written)
    assert (found and found.name) == canonical


def test_codes_are_curies_or_empty(lexicon):
    codes = {e[2].partition(":")[0] for e in lexicon.index["entries"]}
    assert codes == {"", "RXNORM", "MESH", "MONDO", "DOID", "DRUGBANK"}
    assert lexicon.drug("mycophenolate").code == "RXNORM:68149"
    assert lexicon.disease("RA").code == "MESH:D001172"


def test_members_hold_those_of_inner_classes(lexicon):
    assert {"methotrexate", "infliximab", "tofacitinib", "tnf inhibitors"} <= lexicon.members("dmards")
    assert lexicon.members("calcineurin inhibitors") == {
        "tacrolimus", "cyclosporine", "voclosporin", "pimecrolimus",
    }  # fmt: skip
    assert lexicon.members("no such class") == frozenset()


def test_classes_are_the_narrowest_first(lexicon):
    assert lexicon.classes("infliximab")[0] == "tnf inhibitors"
    assert lexicon.classes("tacrolimus") == ("calcineurin inhibitors", "immunosuppressants")
    assert lexicon.classes("no such drug") == ()


def test_no_class_is_its_own_member(lexicon):
    members = lexicon.index["members"]
    assert [name for name in members if name in members[name]] == []


def test_ancestors_are_the_nearest_first(lexicon):
    assert lexicon.ancestors("MCTD-ILD")[:2] == ("CTD-ILD", "mixed connective tissue disease")
    assert lexicon.ancestors("SSc-ILD")[:4] == (
        "CTD-ILD", "systemic sclerosis", "ILD", "connective tissue disease",
    )  # fmt: skip
    assert "diabetes mellitus" in lexicon.ancestors("type 2 diabetes mellitus")
    assert lexicon.ancestors("no such disease") == ()


def test_ancestors_end(lexicon):
    for disease in lexicon.index["parents"]:
        assert disease not in lexicon.ancestors(disease)
