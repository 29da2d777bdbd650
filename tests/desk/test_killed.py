"""A desk that is killed amid decisions, with a run beside it and two editors at it: what was acknowledged stands, and is not
asked again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from pipeline.desk.desk import Desk
from pipeline.ledger import Ledger
from pipeline.model.decision import effective
from tests.desk.runs import desk_of, ingest
from tests.patience import PATIENCE

DRUGS = (
    "aspirin", "atorvastatin", "bisoprolol", "captopril", "clopidogrel", "digoxin", "enalapril", "furosemide", "losartan",
    "metformin", "metoprolol", "prednisone", "ramipril", "simvastatin", "spironolactone", "valsartan", "verapamil", "warfarin",
)  # fmt: skip
EVIDENCE = Path(sys.executable).parent / "evidence"


def write(place: Path, name: str, disease: str, dose: int) -> None:
    lines = [
        f"  • {drug.capitalize()} {dose + n} mg once daily is recommended 1" for n, drug in enumerate(DRUGS)
    ]
    title = f"Treatment of {disease}"
    text = (
        f"{title}\n\nLast updated: March 3, 2025\n\n{title}\n\nDrug treatment\n\n" + "\n".join(lines) + "\n"
    )
    (place / "articles" / f"{name}.txt").write_text(text, encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    for name, disease in (("a", "heart failure"), ("b", "hypertension"), ("c", "atrial fibrillation")):
        write(tmp_path, name, disease, 5)
    ingest(tmp_path)
    return tmp_path


class Review:
    """`evidence review` as a process, killed and started again at one address."""

    def __init__(self, place: Path, port: int = 0) -> None:
        self.place, self.port = place, port
        self.start()

    def start(self) -> None:
        command = [EVIDENCE, "review", "--no-browser", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [*command, "--processed", self.place / "processed"], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        told = re.search(r"http://localhost:(\d+)/", self.process.stdout.readline())
        assert told is not None
        self.port = int(told.group(1))

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@dataclass
class Editor:
    """Accepts what the first page asks, until nothing is left; keeps what the desk acknowledged, and when."""

    name: str
    url: str
    every: dict[str, float]
    until: float = field(default_factory=lambda: time.monotonic() + PATIENCE)
    acknowledged: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def work(self) -> None:
        with httpx.Client(base_url=self.url, timeout=30) as web:
            while time.monotonic() < self.until:
                try:
                    if self.one(web):
                        return
                except httpx.TransportError:  # killed: once more
                    time.sleep(0.05)

    def one(self, web: httpx.Client) -> bool:
        """Decides one thing; whether nothing was left."""
        if not web.cookies:
            web.post("/login", data={"name": self.name})
        begun = time.monotonic()
        page = web.get("/")
        if page.status_code != 200:
            self.problems.append(f"{page.status_code}: {page.text[:500]}")
            return True
        if 'id="decide"' not in page.text:
            return True
        form = page.text[page.text.index('id="decide"') :]
        form = form[: form.index("</form>")]
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
        subject = fields["subject_id"]
        if self.every.get(subject, begun) < begun:
            self.again.append(subject)
        settles = (
            {"verdict": "settle", "resolution": "both"} if 'value="settle"' in form else {"verdict": "accept"}
        )
        answer = web.post("/decide", data=fields | settles)
        if answer.status_code == 303:
            self.acknowledged[subject] = self.name
            self.every[subject] = time.monotonic()
        elif answer.status_code == 409:  # the other was faster
            self.refused.append(subject)
        else:
            self.problems.append(f"{answer.status_code}: {answer.text[:500]}")
            return True
        return False


@pytest.mark.slow
def test_what_was_acknowledged_stands_and_is_not_asked_again(place: Path):
    review = Review(place)
    every: dict[str, float] = {}
    editors = [Editor(name, f"http://localhost:{review.port}", every) for name in ("ann", "bob")]
    threads = [threading.Thread(target=editor.work) for editor in editors]
    for thread in threads:
        thread.start()
    options = ["--raw", place / "raw", "--processed", place / "processed", "--quiet", "--plain"]
    write(place, "d", "angina", 5)
    run = subprocess.Popen([EVIDENCE, "run", place / "articles", *options])
    try:
        for _ in range(3):
            before = len(every)
            while len(every) < before + 4 and any(t.is_alive() for t in threads):
                time.sleep(0.01)
            review.kill()
            review.start()
        assert run.wait(PATIENCE) == 0
        for thread in threads:
            thread.join()
    finally:
        run.kill()
        review.kill()
    assert [(e.again, e.problems) for e in editors] == [([], []), ([], [])]
    rows = Ledger.open(place / "processed").decisions().to_pylist()
    held = {d["subject_id"]: d["editor"] for d in effective(rows)}
    assert len(held) == len(rows)  # nothing was decided twice
    acknowledged = editors[0].acknowledged | editors[1].acknowledged
    assert len(acknowledged) == sum(len(e.acknowledged) for e in editors)
    assert {subject: held.get(subject) for subject in acknowledged} == acknowledged
    assert [i for i in desk_of(place).queue("ann") if i.subject_id in acknowledged] == []
    assert len(acknowledged) > 12


@pytest.mark.slow
def test_two_desks_on_one_ledger_ask_each_thing_once(place: Path):
    reviews = [Review(place), Review(place)]
    try:
        every: dict[str, float] = {}
        editors = [
            Editor(name, f"http://localhost:{review.port}", every)
            for name, review in zip(("ann", "bob"), reviews, strict=True)
        ]
        threads = [threading.Thread(target=editor.work) for editor in editors]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        for review in reviews:
            review.kill()
    assert [(e.again, e.problems) for e in editors] == [([], []), ([], [])]
    rows = Ledger.open(place / "processed").decisions().to_pylist()
    desk: Desk = desk_of(place)
    assert desk.queue("ann") == []
    assert len({d["subject_id"] for d in rows}) == len(rows) == desk.progress()[1]
    acknowledged = editors[0].acknowledged | editors[1].acknowledged
    assert {d["subject_id"]: d["editor"] for d in rows} == acknowledged
    # two that go in step can leave all to the faster one: the other was asked the same, and told so
    assert all(e.acknowledged or len(set(e.refused)) > 1 for e in editors)
