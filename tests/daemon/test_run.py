"""What a run checks before it begins: its directory, what it began with, and the machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assay.curriculum import Problem
from assay.curriculum.families.linear import LinearFamily
from assay.curriculum.user_problems import UserSampler
from assay.daemon import doctor
from assay.daemon.config import ConfigError, RunConfig
from assay.daemon.doctor import Finding, obstacles
from assay.daemon.lock import AlreadyRunning
from assay.daemon.run import Request, RunExists, prepare, run
from assay.daemon.status import run_status

OWN = (LinearFamily().generate(1, 0),)


def request(
    directory: Path, *, resume: bool = True, group_size: int = 16, problems: tuple[Problem, ...] | None = None
) -> Request:
    return Request(directory, RunConfig(group_size=group_size), None, None, resume, problems)


def begin(wanted: Request) -> str:
    with prepare(wanted) as journal:
        return str(journal.get("run_id"))


def test_a_run_that_is_resumed_stays_the_same_run(tmp_path: Path) -> None:
    assert begin(request(tmp_path)) == begin(request(tmp_path))


def test_a_second_run_in_the_same_directory_is_refused_without_resume(tmp_path: Path) -> None:
    begin(request(tmp_path, resume=False))
    with pytest.raises(RunExists, match="--resume"):
        begin(request(tmp_path, resume=False))


def test_two_daemons_never_share_a_directory(tmp_path: Path) -> None:
    with prepare(request(tmp_path)), pytest.raises(AlreadyRunning, match="process"):
        begin(request(tmp_path))


def test_a_run_goes_on_with_the_group_size_that_its_outbox_holds(tmp_path: Path) -> None:
    begin(request(tmp_path))
    with pytest.raises(RunExists, match="group_size 16, this is 8"):
        begin(request(tmp_path, group_size=8))
    begin(request(tmp_path))


def test_generated_problems_and_the_users_own_do_not_follow_each_other_in_one_run(tmp_path: Path) -> None:
    begin(request(tmp_path, problems=OWN))
    with pytest.raises(RunExists, match="--problems"):
        begin(request(tmp_path))
    begin(request(tmp_path, problems=OWN))


@pytest.mark.parametrize(
    ("finding", "kind", "stops"),
    [
        (Finding("boxes", "missing", "none usable", "make setup"), "smt/model/v1", True),
        (Finding("boxes", "warning", "bubblewrap"), "smt/model/v1", False),
        (Finding("torch", "warning", "not installed", "make setup"), "smt/model/v1", True),
        (Finding("Lean", "missing", "not usable", "make setup"), "lean/theorem/v1", True),
        (Finding("Lean", "missing", "not usable", "make setup"), "smt/model/v1", False),
        (Finding("cores", "warning", "1"), "smt/model/v1", False),
    ],
)
def test_a_run_is_stopped_by_what_it_cannot_do_without_and_by_nothing_else(
    finding: Finding, kind: str, stops: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "examine", lambda: [finding])
    assert obstacles({kind}) == ([finding] if stops else [])


def test_status_has_the_shape_that_scripts_rely_on(tmp_path: Path) -> None:
    with prepare(request(tmp_path, problems=OWN)) as journal:
        journal.put("skills", UserSampler(OWN, 0).table())
    status = run_status(tmp_path)
    assert set(status) == {"state", "step", "certificates", "verdicts", "skills", "time_share", "policy"}
    assert {frozenset(row) for row in status["skills"].values()} == {frozenset({"attempts", "success", "state"})}
    assert set(status["time_share"]) == {"generate", "verify", "train", "other"}
    assert set(status["policy"]) == {"checkpoint", "promoted"}


def test_a_prompt_that_the_policy_cannot_read_is_named_before_the_warm_up(tmp_path: Path) -> None:
    long = replace(OWN[0], prompt="solve " + "x" * 2000, seed=7)
    wanted = request(tmp_path, problems=(*OWN, long))
    said: list[str] = []
    with prepare(wanted) as journal, pytest.raises(ConfigError, match=r"line 7.*shorten the prompt"):
        run(wanted, journal, said.append)
    assert not any("warm-up" in line for line in said)
