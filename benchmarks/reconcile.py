"""Reconciliation at size: a million claims in a hundred thousand articles, then ten updated articles.

    .venv/bin/python benchmarks/reconcile.py [--claims 1000000] [--seed 1] [--check]

The claims are made up, in the proportions of real ones: an article is about one disease of a tree, names the drugs of that disease's
formulary with what is commonly said of them, and departs from it now and then; popular diseases have more articles.
Prints seconds, the peak of memory, and the sizes of the tables.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.evidence import PlainHierarchy, reconcile, reconcile_incremental, replaced, touched_groups

DISEASES, DRUGS, CLASSES, SOURCES = 2000, 2500, 120, 300
SETTINGS = [[], [], [], [], ["severe"], ["mild"], ["maintenance"], ["refractory"], ["acute exacerbation"], ["high risk", "induction"]]  # fmt: skip
POPULATIONS = [[], [], [], [], [], [], ["adults"], ["children"], ["pregnancy"], ["renal impairment"]]
CONDITIONS = [[]] * 17 + [
    ["if not tolerated"],
    ["after failure of first-line therapy"],
    ["if CrCl < 30 mL/min"],
]


def made_up(claims: int, seed: int) -> tuple[pa.Table, PlainHierarchy]:
    """A table of claims, and the hierarchy of its drugs and diseases."""
    rng = np.random.default_rng(seed)
    disease_names = np.array([f"disease {i:04}" for i in range(DISEASES)])
    drug_names = np.array([f"drug {i:04}" for i in range(DRUGS)] + [f"class {i:03}" for i in range(CLASSES)])
    broader = {disease_names[i]: [disease_names[i // 8]] for i in range(8, DISEASES) if i % 2}
    members = {f"class {k:03}": [f"drug {i:04}" for i in range(k, DRUGS, CLASSES)] for k in range(CLASSES)}
    articles = max(claims // 10, 1)
    popular = 1 / (1 + np.arange(DISEASES)) ** 0.7
    about = rng.choice(DISEASES, articles, p=popular / popular.sum())
    article = np.repeat(np.arange(articles), 10)[:claims]
    disease = about[article]
    up = rng.random(claims) < 0.1
    disease = np.where(up & (disease % 2 == 1) & (disease >= 8), disease // 8, disease)
    place = rng.integers(0, 25, claims)
    drug = (disease * 37 + place * place * 11) % (DRUGS + CLASSES)
    common = np.random.default_rng(7).integers(0, 2**31, (DISEASES, 25))[disease, place]
    odd = rng.random(claims)

    def told(values: int, shift: int, depart: float) -> np.ndarray:
        usual = (common >> shift) % values
        return np.where(rng.random(claims) < depart, rng.integers(0, values, claims), usual)

    def words(choices: list[str], code: np.ndarray) -> pa.Array:
        return pa.DictionaryArray.from_arrays(
            pa.array(code.astype(np.int32)), pa.array(choices)
        ).dictionary_decode()

    def sets(choices: list[list[str]], code: np.ndarray) -> pa.Array:
        return pa.array(choices, pa.list_(pa.string())).take(pa.array(code))

    against = ((common >> 3) % 8 == 0) ^ (odd < 0.01)
    dosed = (common >> 5) % 3 == 0
    low = 10.0 * (1 + (common >> 7) % 20)
    low = np.where(rng.random(claims) < 0.1, low * 2, low)
    version = np.array([f"v{i}" for i in range(articles)])
    table = pa.table(
        {
            "claim_id": [f"c{i:07}" for i in range(claims)],
            "drug": pa.array(drug_names[drug]),
            "drug_kind": words(["ingredient", "class"], (drug >= DRUGS).astype(int)),
            "disease": pa.array(disease_names[disease]),
            "direction": words(["for", "against"], against.astype(int)),
            "strength": words(["unstated", "conditional", "strong"], told(3, 9, 0.05)),
            "certainty": words(["unstated", "low", "moderate", "high"], told(4, 11, 0.05)),
            "line": words(["unstated", "first", "subsequent"], told(3, 13, 0.05)),
            "preference": words(["unstated", "alternative", "preferred"], told(3, 15, 0.03)),
            "kind": words(["recommendation", "evidence"], (rng.random(claims) < 0.15).astype(int)),
            "setting": sets(SETTINGS, told(10, 17, 0.1)),
            "population": sets(POPULATIONS, told(10, 19, 0.05)),
            "condition": sets(CONDITIONS, told(20, 21, 0.05)),
            "with_drugs": sets([[], [], [], [], ["drug 0001"]], told(5, 23, 0.02)),
            "guideline": pa.array(np.where(told(10, 25, 0.05) == 0, "Society 2021", None), pa.string()),
            "dose_text": pa.array(np.where(dosed, "as labelled", None), pa.string()),
            "dose_role": pa.array(np.where(dosed, "regimen", None), pa.string()),
            "daily_low": pa.array(np.where(dosed, low, np.nan), from_pandas=True),
            "daily_high": pa.array(np.where(dosed, low * 2, np.nan), from_pandas=True),
            "daily_unit": pa.array(np.where(dosed, "mg", None), pa.string()),
            "article_id": pa.array(np.array([f"a{i:06}" for i in range(articles)])[article]),
            "article_version": pa.array(version[article]),
            "article_date": pa.array((16000 + rng.integers(0, 4000, articles))[article].astype(np.int32)).cast(pa.date32()),
            "source": pa.array(np.array([f"source {i}" for i in range(SOURCES)])[rng.integers(0, SOURCES, articles)[article]]),
        }
    )  # fmt: skip
    return table, PlainHierarchy(members, broader)


def main() -> None:
    """Prints the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--claims", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument(
        "--check", action="store_true", help="compare the tables after the update with a rebuild"
    )
    given = options.parse_args()
    table, hierarchy = made_up(given.claims, given.seed)
    print(f"{given.claims:,} claims in {given.claims // 10:,} articles")
    begin, worked = time.perf_counter(), time.process_time()
    before = reconcile(table, lexicon=hierarchy)
    print(
        f"rebuild            {time.perf_counter() - begin:7.1f} s ({time.process_time() - worked:.1f} s of processor)"
    )
    print(f"  evidence rows    {len(before.evidence):,}")
    print(f"  discrepancies    {before.discrepancies['severity'].value_counts().to_dict()}")
    print(f"  groups           {len(before.evidence.drop_duplicates(['drug', 'disease'])):,}")
    articles = np.random.default_rng(given.seed).choice(given.claims // 10, 10, replace=False)
    changed = table.filter(pc.is_in(table.column("article_id"), pa.array([f"a{i:06}" for i in articles])))
    after = update(table, changed)
    begin, worked = time.perf_counter(), time.process_time()
    touched = touched_groups(changed, pc.unique(table.column("disease")).to_pylist(), lexicon=hierarchy)
    needed = after.filter(pc.is_in(after.column("disease"), pa.array(sorted(touched.needed))))
    part = reconcile_incremental(needed, touched, lexicon=hierarchy)
    print(
        f"10 articles        {time.perf_counter() - begin:7.1f} s ({time.process_time() - worked:.1f} s of processor)"
    )
    print(
        f"  diseases         {len(touched.diseases):,}, claims read {len(needed):,}, rows made {len(part.evidence):,}"
    )
    if given.check:
        whole = reconcile(after, lexicon=hierarchy)
        now = replaced(before, part, touched)
        pd.testing.assert_frame_equal(now.evidence, whole.evidence, check_dtype=False)
        pd.testing.assert_frame_equal(now.discrepancies, whole.discrepancies, check_dtype=False)
        print("  the same tables as a rebuild")
    print(f"peak memory        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:7.2f} GB")


def update(table: pa.Table, changed: pa.Table) -> pa.Table:
    """The table after the articles of `changed` turned every strength to strong."""
    here = pc.is_in(table.column("claim_id"), changed.column("claim_id").combine_chunks())
    strength = pc.if_else(here, "strong", table.column("strength"))
    return table.set_column(table.column_names.index("strength"), "strength", strength)


if __name__ == "__main__":
    main()
