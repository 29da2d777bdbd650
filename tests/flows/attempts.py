"""Runs that are ended at chosen or random moments, each in a process of its own, forked from one that is warm.

Called as a program by `test_crash.py`: `attempts.py HOME KIND NUMBER...`. For each number a copy of `HOME/before` is run,
killed (at that step, or after that many seconds), looked at, run again and looked at; one JSON line tells it. The
process that forks never touches a table, so that no thread of the storage is lost in the fork.
"""

import datetime as dt
import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

from flows import run as flow_run
from flows.options import RunOptions
from pipeline.ledger import TABLES, Ledger, delta, head, snapshots, tidy, writer
from pipeline.sources import store
from pipeline.vocabulary import Lexicon

STEPS = [
    (delta, "append"), (delta, "close_rows"), (delta, "overwrite"), (delta, "restore"), (delta, "create"),
    (writer, "write_head"), (head, "replace_file"), (snapshots, "write_parquet"), (writer, "tidy_table"),
    (delta, "compact"), (store, "write_atomically"),
]  # fmt: skip
tidy.KEPT, tidy.MANY_LOGS, delta.MANY_FILES = dt.timedelta(0), 3, 2  # so that there is something to tidy


def one_run(home: Path) -> None:
    options = RunOptions(
        raw=home / "raw", processed=home / "processed", sources=(str(home / "articles"),), progress="none",
        orchestrated=False, batch_size=2, wait=20,
    )  # fmt: skip
    flow_run.run_plain(options)


def die_at(step: int) -> None:
    """Kill this process before (even steps) or after (odd steps) the nth thing that is written."""
    seen = {"n": 0}

    def deadly(real):
        def call(*args, **given):
            seen["n"] += 1
            if seen["n"] == step // 2 and step % 2 == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            result = real(*args, **given)
            if seen["n"] == step // 2 and step % 2 == 1:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return call

    for module, name in STEPS:
        setattr(module, name, deadly(getattr(module, name)))


def look(home: Path) -> dict:
    """What a reader sees: every table is readable, and they fit together."""
    view = Ledger.open(home / "processed")
    rows = {name: view.rows(name).to_pylist() for name in TABLES}
    claims = {c["claim_id"] for c in rows["claims"]}
    said = {i for e in rows["evidence"] for i in (*e["claim_ids"], *e["dissenting_claim_ids"])}
    versions = {(a["article_id"], a["version"]) for a in rows["articles"] if a["status"] == "ok"}
    counted = sum(a["n_claims"] for a in rows["articles"] if a["status"] == "ok")
    return {
        "claims": len(rows["claims"]),
        "evidence stands on claims": said <= claims,
        "evidence is there": bool(claims) == bool(said),
        "claims stand on versions": {(c["article_id"], c["article_version"]) for c in rows["claims"]}
        <= versions,
        "all claims of a version": counted == len(rows["claims"]),
    }


def in_child(do) -> tuple[int, str]:
    back, front = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(back)
        try:
            said = json.dumps(do())
        except BaseException as error:
            said = json.dumps({"error": repr(error)})
        os.write(front, said.encode())
        os._exit(0)
    os.close(front)
    with os.fdopen(back, "rb") as pipe:
        said = pipe.read().decode()
    return os.waitpid(pid, 0)[1], said


def killed_at_step(home: Path, step: int) -> bool:
    def do() -> None:
        die_at(step)
        one_run(home)

    return os.WIFSIGNALED(in_child(do)[0])


def killed_after(home: Path, seconds: float) -> bool:
    pid = os.fork()
    if pid == 0:
        try:
            one_run(home)
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def main() -> None:
    home, kind, numbers = Path(sys.argv[1]), sys.argv[2], [float(n) for n in sys.argv[3:]]
    Lexicon.default()
    for i, number in enumerate(numbers):
        world = home / str(i)
        shutil.copytree(home / "before", world)
        killed = killed_at_step(world, int(number)) if kind == "steps" else killed_after(world, number)
        seen = [in_child(lambda w=world: look(w))[1]]
        said = in_child(lambda w=world: one_run(w))[1]
        seen.append(in_child(lambda w=world: look(w))[1])
        print(json.dumps({"killed": killed, "said": said, "seen": [json.loads(s) for s in seen]}), flush=True)


if __name__ == "__main__":
    main()
