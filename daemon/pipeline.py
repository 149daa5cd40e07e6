"""Groups on their way through the journal: proposed, solved, verified, settled, fed.

Each method is one step and one transaction; what lies between two steps (asking the policy, verifying, signing) can be
killed and done again without a trace. The pipeline owns no policy and no clock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from assay.artifacts import Store
from assay.curriculum import Problem
from assay.curriculum.registry import answer
from assay.curriculum.sampler import Change
from assay.learner import FeedBatch, Group, Sample, group_rewards, reward
from assay.verifiers import Answer, Status
from assay.verifiers.registry import reward_weight, verifier_for

from .certify import certification
from .executor import Executor, Task, TaskResult
from .journal import Attempt, Journal
from .journal import Group as JournalGroup

GRACE_SECONDS = 20.0
"""What a worker may take beyond the verifiers' budgets before it counts as hung: boxes, start-up, a busy machine."""


class Proposer(Protocol):
    """What the pipeline needs of ``assay.curriculum``: a ``Sampler`` over families, or a ``UserSampler``."""

    def propose(self, n: int) -> list[Problem]: ...

    def record(self, cell: str, outcomes: Sequence[bool | None]) -> list[Change]: ...

    def table(self) -> dict[str, dict[str, Any]]: ...

    def to_json(self) -> dict[str, Any]: ...


class Completion(Protocol):
    """What the pipeline needs of a policy's completion (``assay.learner.policy.Completion``)."""

    @property
    def text(self) -> str: ...
    @property
    def ids(self) -> tuple[int, ...]: ...
    @property
    def logprobs(self) -> tuple[float, ...]: ...
    @property
    def finished(self) -> bool: ...


@dataclass(frozen=True)
class Solver:
    """Who answers: ``version`` is the digest of its weights, ``update`` the gradient steps behind them."""

    version: str
    update: int


class Pipeline:
    """One run's groups. ``run_id`` goes into certificates."""

    def __init__(
        self, journal: Journal, store: Store, curriculum: Proposer, executor: Executor, *, run_id: str
    ) -> None:
        self._journal, self._store, self._curriculum, self._executor = journal, store, curriculum, executor
        self._run_id = run_id
        self.in_flight: set[int] = set()

    def propose(self, count: int) -> list[tuple[int, Problem]]:
        """New problems, on record together with the curriculum that drew them."""
        with self._journal.transaction():
            proposed = []
            for problem in self._curriculum.propose(count):
                proposed.append((self._journal.propose(problem.cell, problem.to_json()), problem))
            self._journal.put("curriculum", self._curriculum.to_json())
        return proposed

    def solve(
        self, group_id: int, problem: Problem, prompt_ids: Sequence[int], completions: Sequence[Completion], by: Solver
    ) -> None:
        """Put the policy's completions on record and hand the group to the executor."""
        attempts = [
            Attempt(
                idx,
                completion.text,
                answer(problem, completion.text),
                {
                    "prompt": list(prompt_ids),
                    "completion": list(completion.ids),
                    "logprobs": list(completion.logprobs),
                    "finished": completion.finished,
                },
            )
            for idx, completion in enumerate(completions)
        ]
        with self._journal.transaction():
            self._journal.solved(group_id, {"checkpoint": by.version, "update": by.update}, attempts)
        self._submit(group_id, problem, [attempt.answer for attempt in attempts])

    def _submit(self, group_id: int, problem: Problem, answers: list[Answer]) -> None:
        self.in_flight.add(group_id)
        self._executor.submit(verification_task(f"group:{group_id}", problem, answers))

    def finish(self, result: TaskResult) -> None:
        """Take a verified group on to its end: outcomes, then certificates, then the outbox."""
        group_id = int(result.key.removeprefix("group:"))
        self.in_flight.discard(group_id)
        outcomes = result.value if result.error is None else None
        with self._journal.transaction():
            group = self._journal.group(group_id)
            if outcomes is None:
                failure = {"final": "error", "reason": f"not judged: {result.error}"}
                outcomes = [failure] * len(group.attempts)
                self._journal.event("executor-failure", {"group": group_id, "error": result.error})
            self._journal.verified(group_id, [(outcome["final"], outcome) for outcome in outcomes])
            for outcome in outcomes:
                if outcome.get("verdict", {}).get("used", {}).get("disagreements"):
                    self._journal.event("alarm", {"group": group_id, "reason": outcome["reason"]})
            if group.cell in self._curriculum.table():  # its skill may have left config.toml since it was posed
                for change in self._curriculum.record(group.cell, [success(outcome["final"]) for outcome in outcomes]):
                    self._journal.event("curriculum", {"cell": change.cell, "state": change.state})
            self._journal.put("curriculum", self._curriculum.to_json())
            self._journal.put("skills", self._curriculum.table())
        self._settle(group_id)

    def _settle(self, group_id: int) -> None:
        group = self._journal.group(group_id)
        accepted = [attempt for attempt in group.attempts if attempt.status in ("proved", "passed")]
        ids = self._store.certify_many([certification(group, attempt, self._run_id) for attempt in accepted])
        certificates = {attempt.idx: id_ for attempt, id_ in zip(accepted, ids, strict=True)}
        rewards = group_rewards([attempt.status or "error" for attempt in group.attempts])
        with self._journal.transaction():
            self._journal.settle(
                group_id,
                certificates,
                state="dropped" if rewards is None else "settled",
                feed=rewards is not None and len(set(rewards)) > 1 and self._counts(group),
            )

    def _counts(self, group: JournalGroup) -> bool:
        """A verifier that has not shown that it conforms may judge, but its verdicts teach nothing."""
        return reward_weight(verifier_for(group.problem["claim"]["kind"])) > 0

    def recover(self) -> list[tuple[int, Problem]]:
        """After a start: verified groups are settled, solved ones verified again; returns those still to be solved."""
        unsolved = []
        for group_id in self._journal.unfinished():
            group = self._journal.group(group_id)
            problem = Problem.from_json(group.problem)
            if group.state == "verified":
                self._settle(group_id)
            elif group.state == "solved":
                self._submit(group_id, problem, [attempt.answer for attempt in group.attempts])
            else:
                unsolved.append((group_id, problem))
        return unsolved

    def waiting(self, after_seq: int, limit: int) -> int:
        """How many groups the outbox holds after a position, up to ``limit``."""
        return len(self._journal.fed_after(after_seq, limit))

    def batch(self, after_seq: int, count: int) -> FeedBatch:
        """The next ``count`` groups of the outbox as the learner wants them."""
        rows = self._journal.fed_after(after_seq, count)
        return FeedBatch(rows[-1][0], tuple(self._feed_group(group_id) for _, group_id in rows))

    def _feed_group(self, group_id: int) -> Group:
        group = self._journal.group(group_id)
        rewards = group_rewards([attempt.status or "error" for attempt in group.attempts])
        assert rewards is not None, "a group without rewards is never in the outbox"
        assert group.policy is not None, "only solved groups are in the outbox"
        samples = tuple(
            Sample(tuple(attempt.tokens["completion"]), tuple(attempt.tokens["logprobs"]), reward, attempt.certificate)
            for attempt, reward in zip(group.attempts, rewards, strict=True)
        )
        return Group(str(group_id), tuple(group.attempts[0].tokens["prompt"]), samples, group.policy["checkpoint"])


def success(final: Status) -> bool | None:
    """Whether a verdict counts for or against the policy; None if it counts for nothing."""
    value = reward(final)
    return None if value is None else value > 0


def verification_task(key: str, problem: Problem, answers: list[Answer]) -> Task:
    """A worker's task: judge these answers. Its deadline leaves room for every answer's own budget, tried twice."""
    deadline = GRACE_SECONDS + 2 * len(answers) * problem.budget.seconds
    return Task(key, {"problem": problem.to_json(), "answers": answers}, deadline)


def sampling_seed(run_seed: int, group_id: int) -> int:
    """The seed of a group's sampling: fixed by run and group, so that a group solved again after a kill is the same
    (given the same weights), and different for every group."""
    return int.from_bytes(hashlib.sha256(f"{run_seed}:{group_id}".encode()).digest()[:8], "big") >> 1
