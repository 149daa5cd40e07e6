"""The pipeline: only accepted attempts are certified, only groups with a reward and a signal are fed, redo is free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assay.artifacts import Store
from assay.curriculum import Problem
from assay.curriculum.user_problems import UserSampler
from assay.daemon.attempts import outcome_json
from assay.daemon.executor import Task, TaskResult
from assay.daemon.journal import Journal
from assay.daemon.pipeline import Pipeline, Solver
from assay.verifiers import Claim, Status, Validation, Verdict
from assay.verifiers.judge import Judgement

CLAIM = Claim.from_json({"kind": "smt/model/v1", "smtlib": "(declare-const x Int)(assert (> x 3))"})
PROBLEM = Problem(CLAIM, "solve x>3", "user", "user", 1, 0)


@dataclass(frozen=True)
class Completion:
    text: str
    ids: tuple[int, ...] = (5, 2)
    logprobs: tuple[float, ...] = (-0.5, -0.1)
    finished: bool = True


class Recorder:
    """An executor that runs nothing: the test says what came of each task."""

    def __init__(self) -> None:
        self.tasks: list[Task] = []

    def submit(self, task: Task) -> None:
        self.tasks.append(task)

    def result(self, timeout: float) -> TaskResult | None:
        return None

    def close(self) -> None:
        return None


@dataclass
class Bench:
    journal: Journal
    store: Store
    executor: Recorder
    pipeline: Pipeline

    def solve(self, *texts: str) -> int:
        ((group, problem),) = self.pipeline.propose(1)
        self.pipeline.solve(group, problem, (1, 2), [Completion(text) for text in texts], Solver("ab" * 32, 0))
        return group

    def finish(self, group: int, outcomes: list[dict[str, Any]]) -> None:
        self.pipeline.finish(TaskResult(f"group:{group}", outcomes, None, 1.0))

    def fed(self) -> list[int]:
        return [group for _, group in self.journal.fed_after(0, 100)]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Store.open(tmp_path / "store", create=True) as store:
        journal, executor = Journal(tmp_path), Recorder()
        yield Bench(
            journal, store, executor, Pipeline(journal, store, UserSampler([PROBLEM], 0), executor, run_id="test")
        )


def outcome(status: Status, *, veto: bool = False) -> dict[str, Any]:
    verdict = Verdict(
        status, "smt", status, strength="solvers-agree" if status == "proved" else None, evidence={"model": b"x"}
    )
    validations = (Validation("trivial-claim", veto, "trivial" if veto else ""),)
    return outcome_json(Judgement(verdict, validations), "snapshot", "sha256:" + "0" * 64, 0.001)


def test_a_mixed_group_is_certified_and_fed(bench: Bench) -> None:
    group = bench.solve("5", "1")
    bench.finish(group, [outcome("proved"), outcome("refuted")])
    first, second = bench.journal.group(group).attempts
    assert first.certificate in bench.store
    assert second.certificate is None
    assert bench.fed() == [group]
    batch = bench.pipeline.batch(0, 1)
    assert [sample.reward for sample in batch.groups[0].samples] == [1.0, 0.0]
    assert [sample.certificate for sample in batch.groups[0].samples] == [first.certificate, None]


@pytest.mark.parametrize("status", ["unknown", "timeout", "error"])
def test_a_group_with_an_attempt_without_reward_is_dropped_but_its_proofs_are_kept(
    bench: Bench, status: Status
) -> None:
    group = bench.solve("5", "1", "2")
    bench.finish(group, [outcome("proved"), outcome("refuted"), outcome(status)])
    assert bench.journal.group(group).state == "dropped"
    assert bench.fed() == []
    assert bench.store.count() == 1


def test_a_group_in_which_all_fare_alike_teaches_nothing(bench: Bench) -> None:
    group = bench.solve("5", "6")
    bench.finish(group, [outcome("proved"), outcome("proved")])
    assert bench.journal.group(group).state == "settled"
    assert bench.fed() == []


def test_a_vetoed_acceptance_is_a_cheat_without_certificate(bench: Bench) -> None:
    group = bench.solve("5", "1")
    bench.finish(group, [outcome("proved", veto=True), outcome("refuted")])
    first = bench.journal.group(group).attempts[0]
    assert (first.status, first.certificate) == ("cheat", None)
    assert bench.store.count() == 0
    assert bench.pipeline.batch(0, 1).groups[0].samples[0].reward < 0


def test_an_executor_that_failed_is_an_error_of_every_attempt_and_trains_nothing(bench: Bench) -> None:
    group = bench.solve("5", "1")
    bench.pipeline.finish(TaskResult(f"group:{group}", None, "worker died", 1.0))
    assert bench.journal.verdict_counts() == {"error": 2}
    assert bench.fed() == []
    assert bench.journal.events("executor-failure")


def test_a_certificate_does_not_name_an_attempt_that_gave_true_for_one(bench: Bench) -> None:
    group = bench.solve('{"x": true}', '{"x": 1}')
    bench.finish(group, [outcome("refuted"), outcome("proved")])
    certificate = bench.journal.group(group).attempts[1].certificate
    assert certificate is not None
    assert bench.store.get(certificate).attempt == f"{group}/1"


def test_equal_answers_share_one_certificate(bench: Bench) -> None:
    group = bench.solve("5", "5", "1")
    bench.finish(group, [outcome("proved"), outcome("proved"), outcome("refuted")])
    first, second, _ = bench.journal.group(group).attempts
    assert first.certificate == second.certificate
    assert bench.store.count() == 1


def test_certifying_again_after_a_kill_appends_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between the store's commit and the journal's: the group is still `verified` and is settled again."""
    group = bench.solve("5", "1")

    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bench.journal, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            bench.finish(group, [outcome("proved"), outcome("refuted")])
    assert bench.journal.group(group).state == "verified"
    before = bench.store.ids()
    assert bench.pipeline.recover() == []
    assert bench.journal.group(group).state == "settled"
    assert bench.store.ids() == before
    assert bench.fed() == [group]


def test_recovery_verifies_solved_groups_again_and_hands_back_unsolved_ones(bench: Bench) -> None:
    solved = bench.solve("5", "1")
    ((proposed, _),) = bench.pipeline.propose(1)
    bench.executor.tasks.clear()
    unsolved = bench.pipeline.recover()
    assert [group for group, _ in unsolved] == [proposed]
    assert [task.key for task in bench.executor.tasks] == [f"group:{solved}"]


def test_disagreeing_checkers_raise_an_alarm(bench: Bench) -> None:
    group = bench.solve("5", "1")
    verdict = Verdict("unknown", "smt", "disagreement: z3 sat, cvc5 unsat", used={"disagreements": 1})
    strange = outcome_json(Judgement(verdict), "snapshot", "sha256:" + "0" * 64, 0.0)
    bench.finish(group, [strange, outcome("refuted")])
    assert [detail["group"] for _, _, detail in bench.journal.events("alarm")] == [group]


def test_a_group_whose_skill_has_left_the_run_is_settled_all_the_same(bench: Bench) -> None:
    group = bench.solve('{"x": 4}', '{"x": 1}')
    others = UserSampler([Problem(CLAIM, "solve x>3", "user", "another", 1, 0)], 0)
    later = Pipeline(bench.journal, bench.store, others, bench.executor, run_id="test")
    later.finish(TaskResult(f"group:{group}", [outcome("proved"), outcome("refuted")], None, 1.0))
    assert bench.journal.group(group).state == "settled"
    assert bench.fed() == [group]
