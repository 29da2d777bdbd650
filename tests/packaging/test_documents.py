"""What the documents point to is there: links, files, folders, modules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "benchmarks/README.md",
    *(f"docs/{p.name}" for p in sorted((ROOT / "docs").glob("*.md"))),
]
MODULES = {path.name for path in (ROOT / "pipeline").rglob("*.py")}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name: str) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    here = (ROOT / name).parent
    assert [link for link in links if link and "://" not in link and not (here / link).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_of_the_code_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    paths = re.findall(r"\b(?:pipeline|flows|benchmarks|tests)/[\w./*-]*[\w*/]", text)
    assert [path for path in paths if not any(ROOT.glob(path.rstrip("/")))] == []


def test_every_module_on_the_way_to_a_row_is_there() -> None:
    text = (ROOT / "docs/reading.md").read_text(encoding="utf-8")
    named = {name.rpartition("/")[2] for name in re.findall(r"`([\w/]+\.py)`", text)}
    assert named - MODULES == set()


def test_every_room_is_named() -> None:
    rooms = {path.parent.name for path in (ROOT / "pipeline").glob("*/__init__.py")}
    house = (ROOT / "README.md").read_text(encoding="utf-8").partition("## The house")[2]
    assert rooms - set(re.findall(r"`(\w+)`", house)) == set()
