"""How well the extractor reads: the shared articles, our samples, the dev and held-out cases and whole articles.

usage: evaluate.py [--errors N] [--level tuple] [--breakdown] [--names] [--against REV] [--json]

Held-out cases show figures only, never their words. `--against` (or AGAINST=REV in the environment) runs the
extractor of another git revision over the same pages and prints the rows that this one gains and loses.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluation import (
    LEVELS,
    Case,
    by_group,
    by_row_field,
    compare_runs,
    load_cases,
    score_all,
    score_level,
)
from pipeline.evaluation.samples import load_samples

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "claims" / "cases"
SAMPLES = ROOT / "raw" / "samples"
SAMPLE_ROWS = ROOT / "tests" / "evaluation" / "samples"
Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One set of documents: its pages, its expected rows, and the groups of each document."""

    name: str
    pages: tuple[Row, ...]
    gold: tuple[Row, ...]
    groups: Mapping[str, tuple[str, ...]]
    secret: bool = False

    @property
    def documents(self) -> list[str]:
        return [page["doc"] for page in self.pages]


def shared_part(folder: Path) -> Part | None:
    """The articles with reference rows beside this checkout; None where they are missing."""
    seeds = folder / "gold" / "seeds.jsonl"
    if not seeds.exists():
        return None
    pages = [
        _page(p.stem, p.read_text(encoding="utf-8"), p.suffix)
        for p in sorted((folder / "articles").glob("*"))
    ]
    gold = tuple(json.loads(line) for line in seeds.read_text(encoding="utf-8").splitlines() if line.strip())
    return Part(name="shared articles", pages=tuple(pages), gold=gold, groups={})


def sample_part() -> Part:
    rows = load_samples(SAMPLE_ROWS, SAMPLES)
    names = {doc: doc.rsplit(".", 1)[0].replace("/", "--") for doc in rows}
    pages = [_page(names[d], (SAMPLES / d).read_text(encoding="utf-8"), Path(d).suffix) for d in rows]
    gold = tuple({**row, "doc": names[doc]} for doc, of_doc in rows.items() for row in of_doc)
    return Part(name="samples", pages=tuple(pages), gold=gold, groups={})


def case_part(name: str, cases: Iterable[Case], *, secret: bool) -> Part:
    cases = list(cases)
    pages = []
    for case in cases:
        content, media_type = case.page()
        pages.append({"doc": case.id, "content": content, "media_type": media_type})
    return Part(
        name=f"{name} cases",
        pages=tuple(pages),
        gold=tuple(row for case in cases for row in case.gold()),
        groups={case.id: (*case.phenomena, f"field: {case.field}") for case in cases},
        secret=secret,
    )


def _page(doc: str, content: str, suffix: str) -> Row:
    return {"doc": doc, "content": content, "media_type": "text/html" if suffix == ".html" else "text/plain"}


def extract(parts: Iterable[Part], tree: Path) -> dict[str, list[Row]]:
    """The claims of every part, read by the pipeline in `tree` in a process of its own."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for part in parts:
            pages, rows = Path(folder, "pages.jsonl"), Path(folder, "rows.jsonl")
            pages.write_text("".join(json.dumps(page) + "\n" for page in part.pages), encoding="utf-8")
            script = Path(__file__).with_name("extract_rows.py")
            done = subprocess.run(
                [sys.executable, str(script), str(pages), str(rows)],
                env={**os.environ, "PYTHONPATH": str(tree)},
                cwd=tree,
                capture_output=True,
                text=True,
            )
            if done.returncode:
                last = done.stderr.strip().splitlines()[-1:] or ["no message"]
                raise SystemExit(f"the extractor in {tree.name} failed on the {part.name}: {last[0]}")
            if done.stderr and not part.secret:
                print(done.stderr.strip(), file=sys.stderr)
            found[part.name] = [json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines()]
    return found


def print_scores(part: Part, claims: list[Row]) -> None:
    print(f"\n{part.name}: {len(part.pages)} documents, {len(part.gold)} expected rows, {len(claims)} claims")
    print(f"{'level':10}{'gold':>6}{'found':>7}{'hit':>6}{'P':>8}{'R':>8}{'F1':>8}")
    for s in score_all(part.gold, claims, documents=part.documents):
        print(f"{s.level:10}{s.gold:>6}{s.found:>7}{s.hit:>6}{s.precision:>8.3f}{s.recall:>8.3f}{s.f1:>8.3f}")
    same = score_level(unified(part.gold), unified(claims), "tuple", documents=part.documents).score
    print(f"tuple with one name for each drug and disease: F1 {same.f1:.3f}")
    if part.groups:
        whole = {}
        for level in ("tuple", "rich", "dose"):
            outcome = score_level(part.gold, claims, level, documents=part.documents)
            spoilt = {doc for doc, _ in (*outcome.missed, *outcome.wrong)}
            whole[level] = len(part.pages) - len(spoilt)
        print("cases wholly right: " + ", ".join(f"{n} at {level}" for level, n in whole.items()))


def unified(rows: Iterable[Row]) -> list[Row]:
    """Rows with the vocabulary's names on both sides, so that only the reading is compared."""
    from pipeline.vocabulary import Lexicon

    lexicon = Lexicon.default()

    def named(row: Row) -> Row:
        drug, disease = lexicon.drug(row["drug"]), lexicon.disease(row["disease"])
        others = [(c.name if (c := lexicon.drug(name)) else name) for name in row.get("with_drugs") or ()]
        return {
            **row,
            "drug": drug.name if drug else row["drug"],
            "disease": disease.name if disease else row["disease"],
            "with_drugs": others,
        }

    return [named(row) for row in rows]


def print_errors(part: Part, claims: list[Row], level: str, most: int) -> None:
    outcome = score_level(part.gold, claims, level, documents=part.documents)
    for name, keys in (("missed", outcome.missed), ("wrong", outcome.wrong)):
        print(f"\n{part.name}: {name} ({len(keys)}) at level {level}")
        for doc, key in keys[:most]:
            print("  ", doc, key)


def print_breakdown(part: Part, claims: list[Row], level: str) -> None:
    outcome = score_level(part.gold, claims, level, documents=part.documents)
    print(f"\n{part.name}: groups at level {level}, worst first")
    for group, s in by_group(outcome, part.groups).items():
        print(f"  {group:28}{s.gold:>5}{s.found:>6}{s.hit:>5}{s.precision:>8.3f}{s.recall:>8.3f}{s.f1:>8.3f}")
    print(f"\n{part.name}: columns (pairs, right; of those that say something)")
    for c in by_row_field(part.gold, claims):
        print(f"  {c.column:18}{c.pairs:>6}{c.right / c.pairs:>8.3f}{c.stated:>8}{c.stated_right:>6}")


def print_names(parts: Iterable[Part]) -> None:
    """Expected names that the vocabulary gives otherwise: a naming matter, not one of reading."""
    from pipeline.vocabulary import Lexicon

    lexicon = Lexicon.default()
    for kind, look_up in (("drug", lexicon.drug), ("disease", lexicon.disease)):
        names = {r[kind] for p in parts if not p.secret for r in p.gold if not r.get("optional")}
        for name in sorted(names):
            concept = look_up(name)
            if concept is None or concept.name.lower() != name.lower():
                print(f"{kind}: {name!r} is {concept.name if concept else None!r} in the vocabulary")


def print_movements(
    parts: Iterable[Part], before: dict[str, list[Row]], after: dict[str, list[Row]], level: str
) -> None:
    for part in parts:
        old, new = before[part.name], after[part.name]
        moves = compare_runs(part.gold, old, new, level=level, documents=part.documents)
        counts = {
            kind: sum(m.kind == kind for m in moves) for kind in ("gained", "lost", "mended", "new error")
        }
        scores = [
            score_level(part.gold, rows, level, documents=part.documents).score.f1 for rows in (old, new)
        ]
        said = ", ".join(f"{n} {kind}" for kind, n in counts.items())
        print(f"\n{part.name}: {level} F1 {scores[1]:.3f} ({scores[1] - scores[0]:+.3f})   {said}")
        for move in () if part.secret else moves:
            by = f"   by {', '.join(move.rules[:6])}" if move.rules else ""
            print(
                f'  {move.kind:10}{move.document} {" | ".join(map(str, move.key))}  "{move.quote[:80]}"{by}'
            )


def extract_at(revision: str, parts: Iterable[Part]) -> dict[str, list[Row]]:
    """The claims as another git revision reads them, from a work tree that is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder, "tree")
        made = subprocess.run(
            ["git", "worktree", "add", "--quiet", "--detach", str(tree), revision],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise SystemExit(f"no revision {revision!r}: {made.stderr.strip()}")
        try:
            return extract(parts, tree)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True)


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--errors", type=int, default=0, help="print up to N missed and N wrong keys of --level")
    ask.add_argument("--level", default="tuple", choices=list(LEVELS))
    ask.add_argument("--breakdown", action="store_true", help="figures by phenomenon, field and column")
    ask.add_argument(
        "--names", action="store_true", help="expected names that the vocabulary gives otherwise"
    )
    ask.add_argument("--against", default=os.environ.get("AGAINST"), help="git revision to compare with")
    ask.add_argument(
        "--shared", type=Path, default=ROOT.parent / "shared", help="folder with articles/ and gold/"
    )
    ask.add_argument("--json", action="store_true", help="the figures alone, as JSON")
    args = ask.parse_args()
    parts = [sample_part()]
    for half in ("dev", "heldout", "articles/dev", "articles/heldout"):
        if (CASES / half).exists():
            name = half.replace("/", " ")
            parts.append(case_part(name, load_cases(CASES / half), secret=half.endswith("heldout")))
    shared = shared_part(args.shared)
    if shared is None:
        print(f"skipped: no reference articles in {args.shared.name}/", file=sys.stderr)
    else:
        parts.insert(0, shared)
    if args.names:
        print_names(parts)
        return 0
    claims = extract(parts, ROOT)
    if args.json:
        scored = {p.name: score_all(p.gold, claims[p.name], documents=p.documents) for p in parts}
        print(json.dumps({name: [asdict(s) for s in scores] for name, scores in scored.items()}))
        return 0
    for part in parts:
        print_scores(part, claims[part.name])
        if args.breakdown and part.groups:
            print_breakdown(part, claims[part.name], args.level)
        if args.errors and not part.secret:
            print_errors(part, claims[part.name], args.level, args.errors)
    if args.against:
        print(f"\nagainst {args.against}")
        print_movements(parts, extract_at(args.against, parts), claims, args.level)
    return 0


if __name__ == "__main__":
    sys.exit(main())
