"""The flow on real Prefect servers: one of its own, a configured one, and schedules."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.ledger import Ledger
from tests.patience import PATIENCE

from .conftest import World, gout

pytestmark = [pytest.mark.slow]

RUN = """
import json, sys
from pathlib import Path
from flows.options import RunOptions
from flows.run import run_ingest
from pipeline.model import EvidenceError
home = Path(sys.argv[1])
try:
    outcome = run_ingest(RunOptions(raw=home / "raw", processed=home / sys.argv[2], sources=(str(home / "articles"),)))
    print(json.dumps([outcome.run.status, outcome.exit_code, outcome.run.claims > 0]))
except EvidenceError as error:
    print(json.dumps(["error", 1, error.code]))
"""

ASK = """
import json
from prefect.client.orchestration import get_client
with get_client(sync_client=True) as client:
    runs = client.read_flow_runs()
    artifacts = client.read_artifacts(limit=200)
    print(json.dumps({
        "runs": sorted([r.state.type.value, r.state.message] for r in runs),
        "artifacts": sorted({a.key for a in artifacts if a.key}),
        "tasks": len(client.read_task_runs()),
    }))
"""


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT")}
    return kept | more


def python(
    code: str, *arguments: str, env: dict[str, str], seconds: float = PATIENCE
) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        env=env,
        timeout=seconds,
        check=False,
    )


SERVER = """
import os, sys, time
from pathlib import Path
from flows.server import QUIET, Server, set_defaults
set_defaults(QUIET)
server = Server(Path(sys.argv[1]), lasting=True)
server.wait()
print(server.address, flush=True)
sys.stdin.read()
server.stop()
"""


@contextmanager
def server_at(home: Path) -> Iterator[dict[str, str]]:
    """A Prefect server: its settings."""
    home.mkdir(exist_ok=True)
    env = environment(PREFECT_HOME=str(home))
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=env,
    )
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:")
    yield environment(PREFECT_HOME=str(home), PREFECT_API_URL=address)
    process.stdin.close()
    process.wait(timeout=PATIENCE)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A Prefect server that lasts for the tests of this file: its settings."""
    with server_at(tmp_path_factory.mktemp("prefect")) as settings:
        yield settings


@pytest.fixture
def served_alone(tmp_path):
    """A Prefect server that knows of no other test's runs: its settings."""
    with server_at(tmp_path / "prefect") as settings:
        yield settings


CONFIGURED = """
import sys
from flows.server import configured_server
print(configured_server(), "prefect" in sys.modules)
"""
PROFILES = 'active = "office"\n[profiles.office]\nPREFECT_API_URL = "http://office/api"\n[profiles.alone]\n'


@pytest.mark.parametrize(
    ("profiles", "variables", "expected"),
    [
        (None, {}, None),
        (PROFILES, {}, "http://office/api"),
        (PROFILES, {"PREFECT_PROFILE": "alone"}, None),
        (PROFILES, {"PREFECT_PROFILE": "nobody"}, None),
        (PROFILES, {"PREFECT_API_URL": "http://said/api"}, "http://said/api"),
        ("active = ", {}, None),
    ],
)
def test_the_configured_server_is_found_without_waking_prefect(tmp_path: Path, profiles, variables, expected):
    """Prefect keeps the settings of the moment when it is first asked: our own server would come too late."""
    if profiles is not None:
        (tmp_path / "profiles.toml").write_text(profiles)
    done = python(CONFIGURED, env=environment(PREFECT_HOME=str(tmp_path), **variables))
    assert done.stdout.split() == [str(expected), "False"], done.stderr


def test_without_a_configured_server_the_flow_has_its_own_and_is_silent(world: World):
    world.write("gout.txt", gout())
    done = python(RUN, str(world.home), "processed", env=environment())
    assert json.loads(done.stdout) == ["done", 0, True], done.stderr
    stages = [line.split()[0] for line in done.stderr.splitlines()]
    assert stages == ["start", "ingest", "read", "extract", "record", "reconcile", "report"]
    assert (world.home / "processed" / ".prefect" / "prefect.db").is_file()


def test_on_a_configured_server_the_run_shows_its_state_tasks_and_artifacts(world: World, served):
    world.write("gout.txt", gout())
    done = python(RUN, str(world.home), "processed", env=served)
    assert json.loads(done.stdout.splitlines()[-1]) == ["done", 0, True], done.stderr
    (world.home / "blocked").write_text("a file")
    failed = python(RUN, str(world.home), "blocked", env=served)
    assert json.loads(failed.stdout.splitlines()[-1]) == ["error", 1, "E-LEDGER-4"], failed.stderr
    asked = python(ASK, env=served)
    assert asked.returncode == 0, asked.stderr
    told = json.loads(asked.stdout.splitlines()[-1])
    assert [state for state, _ in told["runs"]] == ["COMPLETED", "FAILED"]
    assert "1 new versions" in told["runs"][0][1]
    assert "E-LEDGER-4" in told["runs"][1][1]
    assert told["artifacts"] == ["changes", "failure"]
    assert not (world.home / "processed" / ".prefect").exists()


SCHEDULE = """
import sys
from pathlib import Path
from flows.schedule import serve_schedules
home = Path(sys.argv[1])
serve_schedules(home / "sources.toml", home / "raw", home / "processed")
"""

TRIGGER = """
import sys, time
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
from prefect.deployments import run_deployment
with get_client(sync_client=True) as client:
    for _ in range(3000):
        found = [d for d in client.read_deployments() if d.name == sys.argv[1]]
        if found:
            break
        time.sleep(0.2)
    assert found[0].schedules[0].schedule.cron == sys.argv[2]
    run_deployment("ingest/" + sys.argv[1], timeout=0, as_subflow=False)
    print("started", flush=True)
    these = DeploymentFilter(id=DeploymentFilterId(any_=[found[0].id]))
    for _ in range(3000):
        runs = [r for r in client.read_flow_runs(deployment_filter=these) if not r.auto_scheduled]
        runs.sort(key=lambda r: r.created)
        if runs[-1].state.type.value in ("COMPLETED", "FAILED"):
            break
        time.sleep(0.2)
    for _ in range(3000):
        planned = [r for r in client.read_flow_runs(deployment_filter=these) if r.auto_scheduled]
        if planned:
            break
        time.sleep(0.2)
for run in runs:
    print(run.state.type.value, *sorted(run.tags), run.state.message, sep="; ")
print(sorted({r.expected_start_time.strftime("%M %-H") for r in planned}))
"""


def children_of(pid: int) -> list[int]:
    """The processes that a process has started, and theirs (Linux)."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, path.read_text().split()):
            found += [child, *children_of(child)]
    return found


def assert_died_and_done_again(trigger: subprocess.Popen, log: Path, *, planned: str) -> None:
    """The first run crashed, and a second one, which is tagged as that, ended well. The server has planned the next runs
    for that minute and hour."""
    *said, times = trigger.communicate(timeout=PATIENCE)[0].splitlines()
    first, second = (line.split("; ") for line in said)
    assert times == str([planned]), log.read_text()
    assert first[:2] == ["CRASHED", "evidence"], log.read_text()
    assert second[:4] == ["COMPLETED", "attempt-2", "evidence", "1 new versions"], log.read_text()


def test_a_schedule_is_served_and_a_killed_run_is_tried_again_and_finishes(world: World, served, today):
    world.write("gout.txt", gout())
    (world.home / "sources.toml").write_text('[[source]]\nfolder = "articles"\nschedule = "30 2 * * *"\n')
    log = (world.home / "serving.log").open("w")
    serving = subprocess.Popen(
        [sys.executable, "-c", SCHEDULE, str(world.home)], env=served, stdout=log, stderr=log
    )
    trigger = subprocess.Popen(
        [sys.executable, "-c", TRIGGER, "ingest-1", "30 2 * * *"],
        env=served,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        with Ledger.open(world.home / "processed").writing("holds it", now=today):
            assert trigger.stdout.readline() == "started\n"
            killed = False
            for _ in range(3000):
                if "waiting for process" in (world.home / "serving.log").read_text():
                    os.kill(children_of(serving.pid)[-1], signal.SIGKILL)
                    killed = True
                    break
                time.sleep(0.2)
            assert killed, (world.home / "serving.log").read_text()
        assert_died_and_done_again(trigger, world.home / "serving.log", planned="30 2")
    finally:
        serving.terminate()
        serving.wait(timeout=PATIENCE)
    assert len(world.table("claims")) > 3


@pytest.mark.parametrize("ended", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_schedule_that_was_ended_with_its_run_runs_again_at_once(world: World, served_alone, today, ended):
    world.write("gout.txt", gout())
    (world.home / "sources.toml").write_text('[[source]]\nfolder = "articles"\nschedule = "40 2 * * *"\n')
    log = world.home / "serving.log"

    def serve() -> subprocess.Popen:
        command = [sys.executable, "-c", SCHEDULE, str(world.home)]
        with log.open("a") as out:
            return subprocess.Popen(command, env=served_alone, stdout=out, stderr=out)

    def trigger() -> subprocess.Popen:
        command = [sys.executable, "-c", TRIGGER, "ingest-1", "40 2 * * *"]
        return subprocess.Popen(command, env=served_alone, stdout=subprocess.PIPE, text=True)

    serving, first = serve(), trigger()
    with Ledger.open(world.home / "processed").writing("holds it", now=today):
        for _ in range(3000):
            if "waiting for process" in log.read_text():
                break
            time.sleep(0.2)
        else:
            pytest.fail(f"no run waits: {log.read_text()}")
        working = children_of(serving.pid)
        for process in [serving.pid, *(working if ended is signal.SIGKILL else ())]:
            os.kill(process, ended)
        assert serving.wait(timeout=PATIENCE) == (-ended if ended is signal.SIGKILL else 0), log.read_text()
        for _ in range(3000):  # until the system has buried them
            left = [child for child in working if Path(f"/proc/{child}").exists()]
            if not left:
                break
            time.sleep(0.1)
        assert not left
    assert "Traceback" not in log.read_text()
    first.kill()
    first.communicate()
    serving = serve()
    try:
        *said, _ = trigger().communicate(timeout=PATIENCE)[0].splitlines()
    finally:
        serving.terminate()
        serving.wait(timeout=PATIENCE)
    assert [line.split("; ")[0] for line in said][-1] == "COMPLETED", log.read_text()
    assert len(world.table("claims")) > 3


DEPLOYED = """
from prefect.client.orchestration import get_client
with get_client(sync_client=True) as client:
    [found] = [d for d in client.read_deployments() if d.name == "nightly"]
    print(found.entrypoint, found.work_pool_name, found.schedules[0].schedule.cron, sorted(found.parameters))
"""


def test_the_deployment_at_the_root_is_taken_by_a_server(served):
    root = Path(__file__).parents[2]
    for command in (
        ["work-pool", "create", "evidence", "--type", "process"],
        ["--no-prompt", "deploy", "--all"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "prefect", *command],
            capture_output=True, text=True, env=served, cwd=root, timeout=PATIENCE,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    told = python(DEPLOYED, env=served)
    assert told.stdout.split("\n")[0] == (
        "flows.ingest.ingest evidence 0 3 * * * ['config', 'processed', 'raw']"
    ), told.stderr


@pytest.fixture
def in_group():
    """Starts commands in process groups of their own, and ends what of them is left."""
    started = []

    def start(command: list[str], **given) -> subprocess.Popen:
        started.append(subprocess.Popen(command, start_new_session=True, **given))
        return started[-1]

    yield start
    for process in started:
        for sent in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, sent)
                process.wait(timeout=20)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


def test_a_worker_of_a_process_pool_runs_the_deployment_to_its_end_also_after_a_kill(
    world: World, served, in_group, today
):
    root = Path(__file__).parents[2]
    world.write("gout.txt", gout())
    (world.home / "sources.toml").write_text('[[source]]\nfolder = "articles"\n')
    shutil.copy(root / "prefect.yaml", world.home)
    prefect = [sys.executable, "-m", "prefect"]
    for command in (
        ["work-pool", "create", "evidence", "--type", "process", "--overwrite"],
        ["--no-prompt", "deploy", "--all"],
    ):
        done = subprocess.run(
            [*prefect, *command], capture_output=True, text=True, env=served, cwd=world.home, timeout=PATIENCE
        )
        assert done.returncode == 0, done.stdout + done.stderr
    log = world.home / "worker.log"
    with log.open("w") as out:
        worker = in_group(
            [*prefect, "worker", "start", "--pool", "evidence"],
            env=served,
            cwd=world.home,
            stdout=out,
            stderr=out,
        )
    asked = in_group(
        [sys.executable, "-c", TRIGGER, "nightly", "0 3 * * *"], env=served, stdout=subprocess.PIPE, text=True
    )
    with Ledger.open(world.home / "processed").writing("holds it", now=today):
        assert asked.stdout.readline() == "started\n"
        for _ in range(3000):
            if "waiting for process" in log.read_text():
                os.kill(children_of(worker.pid)[-1], signal.SIGKILL)
                break
            time.sleep(0.2)
    assert_died_and_done_again(asked, log, planned="00 3")
    assert len(world.table("claims")) > 3
    assert [r["status"] for r in Ledger.open(world.home / "processed").runs().to_pylist()] == ["done"]


def test_a_killed_server_is_no_orphan(tmp_path: Path):
    code = SERVER.replace("sys.stdin.read()", "os.kill(os.getpid(), 9)")
    done = python(code, str(tmp_path), env=environment(PREFECT_HOME=str(tmp_path)))
    address = done.stdout.strip()
    port = address.split(":")[2].split("/")[0]
    import socket

    for _ in range(3000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", int(port))) != 0:
                return
        time.sleep(0.1)
    pytest.fail(f"the server at {address} outlived its parent")
