"""The version of code and data moves with their content, and with nothing else."""

from pathlib import Path

import pytest

from pipeline.model.content import content_version

BEFORE = {
    "rooms/read.py": b"LIMIT = 3\n",
    "rooms/data/words.tsv": b"mg\tmilligram\n",
    "rooms/inner/__init__.py": b"",
    "other/report.py": b"COLOUR = 1\n",
    "model.py": b"x = 1\n",
}


def version(folder: Path, **changed: bytes | None) -> str:
    for name, content in (BEFORE | changed).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is not None:
            path.write_bytes(content)
    return content_version(folder, ["rooms", "model.py"])


@pytest.mark.parametrize(
    ("what", "changed", "moves"),
    [
        ("nothing", {}, False),
        ("a line of code", {"rooms/read.py": b"LIMIT = 4\n"}, True),
        ("a word of data", {"rooms/data/words.tsv": b"mg\tmilligrams\n"}, True),
        ("a file more", {"rooms/inner/new.py": b""}, True),
        ("a file less", {"rooms/inner/__init__.py": None}, True),
        ("a single file that is named", {"model.py": b"x = 2\n"}, True),
        ("bytes that move from one file to the next", {"rooms/read.py": b"", "rooms/reae.py": b"LIMIT = 3\n"}, True),
        ("a part that is not named", {"other/report.py": b"COLOUR = 2\n"}, False),
        ("line ends", {"rooms/read.py": b"LIMIT = 3\r\n"}, False),
        ("compiled files", {"rooms/__pycache__/read.cpython-311.pyc": b"\0"}, False),
        ("what an editor leaves", {"rooms/read.py~": b"LIMIT", "rooms/.read.py.swp": b"\0"}, False),
    ],
)  # fmt: skip
def test_the_version_moves_with_the_content(tmp_path, what, changed, moves):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert (version(tmp_path / "a") != version(tmp_path / "b", **changed)) is moves, what
