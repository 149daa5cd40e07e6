"""kill -9 at random moments of a real run, then resume: nothing lost, nothing fed twice, no container left.

The number of kills is ``ASSAY_KILLS`` (5 by default; each costs a start of the learner). The seed of the moments is
printed, and can be given as ``ASSAY_KILL_SEED``.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docker
import pytest

from assay.artifacts import Store, audit
from assay.daemon.journal import Journal
from assay.learner.checkpoint import latest, read_state
from assay.sandbox.owner import OWNER_LABEL, Owner

KILLS = int(os.environ.get("ASSAY_KILLS", "5"))
GROUPS_PER_STEP = 2
CONFIG = f"""
skills = ["A.linear", "B.expr"]
group_size = 4
groups_per_step = {GROUPS_PER_STEP}
warmup_steps = 60
checkpoint_steps = 2
gate_steps = 6
gate_problems = 4
"""


def start(directory: Path, *arguments: str) -> subprocess.Popen[bytes]:
    with (directory / "output.txt").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "assay.daemon", "run", "--dir", str(directory), "--resume", *arguments],
            stdout=log,
            stderr=log,
        )


def children(pid: int) -> set[int]:
    """Process ids of all descendants."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found |= {child} | children(child)
    return found


def until(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def alive(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}/stat").exists() and " Z " not in stat(pid)}


def stat(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return " Z "


def containers_of(pids: set[int], *, stopped: bool = False) -> list[str]:
    """Owners, among ``pids``, of running containers; with ``stopped`` also of those that never ran or ended."""
    client = docker.from_env()
    try:
        labels = [c["Labels"].get(OWNER_LABEL, "") for c in client.api.containers(all=stopped)]
    finally:
        client.close()
    owners = [Owner.parse(label) for label in labels]
    return [str(owner) for owner in owners if owner is not None and owner.pid in pids]


def output(directory: Path) -> str:
    return (directory / "output.txt").read_text()


def wait_for_loop(daemon: subprocess.Popen[bytes], directory: Path, nth: int) -> None:
    """Until the daemon has reached its loop for the ``nth`` time in this directory."""
    assert until(lambda: output(directory).count("] running") >= nth or daemon.poll() is not None, 120)
    assert daemon.poll() is None, output(directory)[-2000:]


def certificates(directory: Path) -> set[str]:
    """Of the journal; each must be in the store."""
    journal = Journal(directory, read_only=True)
    rows = journal._db.execute("SELECT DISTINCT certificate FROM attempts WHERE certificate IS NOT NULL").fetchall()
    journal.close()
    return {row[0] for row in rows}


@pytest.mark.training
@pytest.mark.timeout(180 + 90 * KILLS)
def test_nothing_is_lost_or_fed_twice_however_often_the_daemon_is_killed(tmp_path: Path) -> None:
    seed = int(os.environ.get("ASSAY_KILL_SEED", str(random.SystemRandom().randrange(1 << 32))))
    print(f"ASSAY_KILL_SEED={seed}")
    moments = random.Random(seed)
    (tmp_path / "config.toml").write_text(CONFIG)
    remembered = tmp_path / "remembered-checkpoint"
    before: set[str] = set()
    dead: set[int] = set()
    for kill in range(KILLS):
        daemon = start(tmp_path)
        # The first kill may hit the warm-up; the later ones wait for the loop, whose steps are what is at stake.
        if kill:
            wait_for_loop(daemon, tmp_path, kill)
        time.sleep(moments.uniform(0.0, 5.0))
        family = children(daemon.pid) | {daemon.pid}
        daemon.send_signal(signal.SIGKILL)
        daemon.wait()
        assert until(lambda family=family: not alive(family), 5), f"processes left: {alive(family)}"
        assert until(lambda family=family: not containers_of(family), 5), f"running: {containers_of(family)}"
        dead |= family
        if (tmp_path / "store" / "log" / "checkpoint").exists():
            report = audit(tmp_path / "store", level="log", remember=remembered)
            assert report.findings == ()
            now = certificates(tmp_path)
            assert before <= now
            with Store.open(tmp_path / "store", read_only=True) as store:
                assert now <= set(store.ids())
            before = now

    daemon = start(tmp_path, "--max-steps", "4")
    assert daemon.wait(timeout=170) == 0, output(tmp_path)[-2000:]
    # A container that the kill caught between creation and start is reaped by the next start.
    assert until(lambda: not containers_of(dead, stopped=True), 60), containers_of(dead, stopped=True)
    assert audit(tmp_path / "store", level="log", remember=remembered).findings == ()
    journal = Journal(tmp_path, read_only=True)
    assert journal.unfinished() == []
    newest = latest(tmp_path / "checkpoints")
    assert newest is not None
    state = read_state(newest)
    # Exactly once: the weights have seen every group of the outbox up to their position, one batch an update.
    consumed = journal._db.execute("SELECT count(*) FROM feed WHERE seq <= ?", (state.feed_seq,)).fetchone()[0]
    assert state.update > 0
    assert consumed == state.update * GROUPS_PER_STEP
    assert before <= certificates(tmp_path)
    with Store.open(tmp_path / "store", read_only=True) as store:
        assert certificates(tmp_path) == set(store.ids())
        # Every positive that was fed carries a certificate, and every certificate belongs to one group.
        fed = journal._db.execute(
            "SELECT certificate, count(DISTINCT attempts.group_id) FROM attempts JOIN feed USING (group_id) "
            "WHERE status IN ('proved', 'passed') GROUP BY certificate"
        ).fetchall()
        assert fed
        assert all(certificate in store and groups == 1 for certificate, groups in fed)
    journal.close()
