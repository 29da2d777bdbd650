"""Folders, globs, remote stores, and the store of raw bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from pathlib import Path

import fsspec
import pytest

from pipeline.model import Snapshot
from pipeline.sources import Config, Failed, Fetched, RawStore, Source, gather
from pipeline.sources.errors import StoreError

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def names(folder: Path, raw: Path, **more) -> list[str]:
    config = Config(sources=(Source(name="x", kind="folder", at=str(folder), **more),), max_bytes=100)
    outcomes = gather(config, RawStore(raw), now=lambda: NOON)
    return [
        Path(o.snapshot.location).name
        if isinstance(o, Fetched)
        else f"{o.error.code} {Path(o.location).name}"
        for o in outcomes
    ]


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "articles"
    for name in (
        "b.txt",
        "a.html",
        "2025/b.txt",
        "README.md",
        "logo.png",
        ".hidden/c.txt",
        "notes.md",
        "d.txt~",
    ):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(name)
    return home


def test_a_folder_gives_its_articles_in_order(folder, tmp_path):
    assert names(folder, tmp_path / "raw") == ["a.html", "b.txt", "notes.md", "b.txt"]


def test_a_place_is_told_once_whoever_names_it_and_not_where_it_was_seen(folder, tmp_path):
    sources = [
        ("folder", folder),
        ("folder", folder / "2025"),
        ("remote", f"file://{folder}"),
        ("remote", f"file://{folder}/2025"),
    ]
    config = Config(
        sources=tuple(Source(name=str(i), kind=k, at=str(at)) for i, (k, at) in enumerate(sources))
    )
    seen = {str(folder / "b.txt"), f"file://{folder}/a.html"}
    told = [o.location for o in gather(config, RawStore(tmp_path / "raw"), now=lambda: NOON, seen=seen)]
    here = [str(folder / n) for n in ("a.html", "notes.md", "2025/b.txt")]
    assert told == [*here, *(f"file://{folder}/{n}" for n in ("2025/b.txt", "b.txt", "notes.md"))]
    assert seen == {str(folder / "b.txt"), f"file://{folder}/a.html", *told}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"include": ("*.txt",)}, ["b.txt", "b.txt"]),
        ({"exclude": ("2025/*", "*.md")}, ["a.html", "b.txt"]),
    ],
)
def test_globs_choose(folder, tmp_path, more, expected):
    assert names(folder, tmp_path / "raw", **more) == expected


def test_a_glob_a_file_and_nothing(folder, tmp_path):
    assert names(folder / "*.txt", tmp_path / "raw") == ["b.txt"]
    assert names(folder / "logo.png", tmp_path / "raw") == ["logo.png"]
    (tmp_path / "empty").mkdir()
    assert names(tmp_path / "empty", tmp_path / "raw") == ["E-FETCH-7 empty"]


def test_a_file_that_is_too_large_is_told_and_the_rest_goes_on(folder, tmp_path):
    (folder / "a.html").write_text("x" * 101)
    assert names(folder, tmp_path / "raw")[:2] == ["E-FETCH-5 a.html", "b.txt"]


def test_a_folder_that_cannot_be_looked_through_is_told_and_the_rest_goes_on(folder, tmp_path):
    at = os.open(folder, os.O_RDONLY)
    for _ in range(os.pathconf(folder, "PC_PATH_MAX") // 200 + 1):  # deeper than a path may be long
        os.mkdir("z" * 200, dir_fd=at)
        below = os.open("z" * 200, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(at)
    assert names(folder, tmp_path / "raw") == ["a.html", "b.txt", "notes.md", "b.txt", "E-FETCH-6 articles"]


def test_a_pipe_is_told_and_not_waited_for(folder, tmp_path):
    os.mkfifo(folder / "c.txt")
    assert names(folder, tmp_path / "raw")[:3] == ["a.html", "b.txt", "E-FETCH-6 c.txt"]


def test_a_name_that_is_no_utf8_is_kept_as_it_can_be_written(tmp_path):
    (tmp_path / "articles").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path / "articles") + b"/gout-\xff.txt")).write_text("x")
    assert names(tmp_path / "articles", tmp_path / "raw") == ["gout-\\xff.txt"]


def test_a_remote_store(tmp_path):
    memory = fsspec.filesystem("memory")
    memory.pipe("/shelf/one.txt", b"One")
    memory.pipe("/shelf/pic.png", b"no")
    config = Config(sources=(Source(name="m", kind="remote", at="memory://shelf"),))
    [outcome] = gather(config, RawStore(tmp_path), now=lambda: NOON)
    assert (outcome.snapshot.content, outcome.snapshot.location) == (b"One", "memory:///shelf/one.txt")


@pytest.mark.parametrize(
    ("at", "more", "expected"),
    [
        ("", {}, ["2025/b.txt", "a.html", "b.txt", "notes.md"]),
        ("/", {}, ["2025/b.txt", "a.html", "b.txt", "notes.md"]),
        ("/*", {}, ["2025/b.txt", "a.html", "b.txt", "notes.md"]),
        ("/*/*", {}, ["2025/b.txt"]),
        ("/*.txt", {}, ["b.txt"]),
        ("/**/*.txt", {}, ["2025/b.txt", "b.txt"]),
        ("/.hidden", {}, [".hidden/c.txt"]),
        ("/.hid*/*.txt", {}, [".hidden/c.txt"]),
        ("/.draft.txt", {}, [".draft.txt"]),
        ("", {"include": ("*.txt",)}, ["2025/b.txt", "b.txt"]),
        ("", {"include": (".draft*", "a.*")}, [".draft.txt", "a.html"]),
        ("/no*.md", {"exclude": ("notes.md",)}, ["E-FETCH-7 no*.md"]),
    ],
)
@pytest.mark.parametrize("kind", ["folder", "remote"])
def test_hidden_is_left_out_here_and_elsewhere_unless_it_is_named(folder, tmp_path, kind, at, more, expected):
    (folder / ".draft.txt").write_text("draft")
    place = f"{folder}{at}" if kind == "folder" else f"file://{folder}{at}"
    config = Config(sources=(Source(name="x", kind=kind, at=place, **more),))
    found = []
    for outcome in gather(config, RawStore(tmp_path / "raw"), now=lambda: NOON):
        told = outcome.snapshot.location if isinstance(outcome, Fetched) else outcome.location
        name = told.removeprefix("file://").removeprefix(f"{folder}/")
        found.append(name if isinstance(outcome, Fetched) else f"{outcome.error.code} {name}")
    assert sorted(found) == expected


@pytest.mark.parametrize(("at", "code"), [("nosuch://x", "E-FETCH-13"), ("memory://empty", "E-FETCH-7")])
def test_a_remote_store_that_nobody_knows_or_that_is_empty(tmp_path, at, code):
    config = Config(sources=(Source(name="m", kind="remote", at=at),))
    [outcome] = gather(config, RawStore(tmp_path), now=lambda: NOON)
    assert isinstance(outcome, Failed)
    assert outcome.error.code == code


def snapshot(content: bytes, location: str = "a.txt", when: dt.datetime = NOON) -> Snapshot:
    return Snapshot(
        content=content, sha256=hashlib.sha256(content).hexdigest(), location=location, fetched_at=when
    )


def test_the_store_keeps_every_version_and_its_first_place(tmp_path):
    store = RawStore(tmp_path)
    one, two = snapshot(b"one"), snapshot(b"two")
    for item in (one, two, snapshot(b"one", "copy.txt", NOON + dt.timedelta(days=1)), one):
        store.put(item)
    assert [store.has(one.sha256), store.has(two.sha256), store.has("0" * 64)] == [True, True, False]
    assert store.get(one.sha256) == one


def test_bytes_that_were_touched_are_told(tmp_path):
    store = RawStore(tmp_path)
    store.put(snapshot(b"one"))
    store.path_of(snapshot(b"one").sha256).write_bytes(b"won")
    with pytest.raises(StoreError, match="no longer fit"):
        store.get(snapshot(b"one").sha256)


def test_a_half_written_version_is_written_again(tmp_path):
    store = RawStore(tmp_path)
    store.put(snapshot(b"whole"))
    store.path_of(snapshot(b"whole").sha256).write_bytes(b"wh")
    store.put(snapshot(b"whole"))
    assert store.get(snapshot(b"whole").sha256).content == b"whole"


def test_what_the_disk_did_not_take_is_told_and_is_not_there_afterwards(tmp_path):
    store = RawStore(tmp_path)
    kept = store.put(snapshot(b"kept"))
    store.settle()
    lost, beside = store.put(snapshot(b"lost")), store.put(snapshot(b"beside"))
    lost.unlink()
    with pytest.raises(StoreError, match="E-STORE-1"):
        store.settle()
    assert [p.exists() for p in (kept, lost, beside)] == [True, False, False]
    store.put(snapshot(b"beside"))
    store.settle()
    assert beside.read_bytes() == b"beside"


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "raw").write_text("a file stands where the folder should be")
    with pytest.raises(StoreError, match="could not be kept"):
        RawStore(tmp_path / "raw").put(snapshot(b"one"))


def test_what_a_killed_process_left_half_written_goes_and_nothing_else(tmp_path):
    store = RawStore(tmp_path)
    kept = store.put(snapshot(b"kept"))
    store.note_asked("https://example.org/a", {"sha256": snapshot(b"kept").sha256})
    left = [kept.with_name(".content.77.part"), tmp_path / "snapshots/http/ab/.x.json.77.part"]
    others = [kept.with_name(".content.78.part"), kept.with_name("content.77.part")]
    for path in (*left, *others):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    assert (store.tidy(77), store.tidy(77)) == (2, 0)
    assert [p.exists() for p in (*left, *others)] == [False, False, True, True]
    assert store.get(snapshot(b"kept").sha256).content == b"kept"
    assert store.asked("https://example.org/a")
