"""The loop: keeps problems, attempts and verdicts flowing, and gives the learner its next batch.

The learner's trainer calls ``Loop.next_batch`` between two updates; everything else of a run happens inside that call:
checkpoint and gate when due, then propose, generate, verify, certify and journal until a batch with a signal is there.
Executors verify while the learner trains and generates: a fixed number of groups is kept in flight.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assay.curriculum import Problem
from assay.learner import FeedBatch, decide
from assay.learner.promotion import MIN_PAIRS

from .config import RunConfig
from .executor import Executor, TaskResult
from .gate import PREFIX, Outcomes, Panel, paired
from .journal import Journal
from .pipeline import Pipeline, Solver, sampling_seed
from .stopwatch import Stopwatch

POLL_SECONDS = 0.2


class Loop:
    """One run from warm policy to end. ``learner`` is an ``assay.learner.grpo.Learner``. It ends by itself after
    ``minutes`` from ``start`` or ``steps`` more gradient steps; ``stopping`` says whether the user asked for an end;
    ``say`` takes one line for people."""

    def __init__(
        self,
        *,
        directory: Path,
        config: RunConfig,
        journal: Journal,
        pipeline: Pipeline,
        executor: Executor,
        panel: Panel,
        learner: Any,
        stopwatch: Stopwatch,
        minutes: float | None,
        steps: int | None,
        stopping: Callable[[], bool],
        say: Callable[[str], None],
    ) -> None:
        self._checkpoints = directory / "checkpoints"
        self._config, self._journal, self._pipeline, self._executor = config, journal, pipeline, executor
        self._panel, self._learner, self._stopwatch = panel, learner, stopwatch
        self._minutes, self._last_update = minutes, None if steps is None else learner.update + steps
        self._deadline = float("inf")
        self._stopping, self._say = stopping, say
        self._solver: Solver | None = None
        self._unsolved: list[tuple[int, Problem]] = []
        self._gate_results: list[TaskResult] = []

    def start(self) -> None:
        """Take up what an earlier run left, and measure the policy that this run starts from."""
        self._unsolved = self._pipeline.recover()
        self._journal.forget_steps_after(self._learner.update)
        if self._journal.get("baseline") is None and self._panel.problems:
            self._say("measuring the warm policy on held-out problems")
            outcomes = self._ask_panel()
            with self._journal.transaction():
                self._journal.put("baseline", outcomes)
                self._journal.put("promoted_outcomes", outcomes)
        if self._journal.get("promoted") is None:
            self._promote(self._checkpoint())
        if self._minutes is not None:
            self._deadline = time.monotonic() + 60 * self._minutes

    def next_batch(self) -> FeedBatch | None:
        """The learner's feed: the next groups with a signal, or None when the run is to end."""
        learner, count = self._learner, self._config.groups_per_step
        self._stopwatch.switch("other")
        self._solver = None
        if learner.update and learner.update % self._config.checkpoint_steps == 0:
            self._checkpoint()
        if learner.update and learner.update % self._config.gate_steps == 0:
            self._gate()
        while not self._over():
            if self._pipeline.waiting(learner.feed_seq, count) == count:
                batch = self._pipeline.batch(learner.feed_seq, count)
                self._stopwatch.switch("train")
                self._say(self._progress())
                return batch
            if len(self._pipeline.in_flight) < 2 * count and not self._attempt(count) and not self._pipeline.in_flight:
                self._say("every problem of the open levels was posed: add skills in config.toml")
                return None
            self._collect()
        return None

    def finish(self) -> None:
        """After the last update: let what is in flight settle, then a last gate over the final weights."""
        self._stopwatch.switch("other")
        self._say("finishing what is in flight (Ctrl-C again ends at once)")
        while self._pipeline.in_flight:
            self._collect()
        self._gate()
        self._save_time()

    def _over(self) -> bool:
        done = self._last_update is not None and self._learner.update >= self._last_update
        return self._stopping() or done or time.monotonic() >= self._deadline

    def _attempt(self, count: int) -> bool:
        """Propose ``count`` problems (those of an interrupted run first), answer them, hand them to the executor.
        Returns whether there was one."""
        todo = self._unsolved[:count] or self._pipeline.propose(count)
        self._unsolved = self._unsolved[count:]
        policy, config = self._learner.policy, self._config
        if self._solver is None:
            self._solver = Solver(policy.version, self._learner.update)
        with self._stopwatch.phase("generate"):
            groups = policy.generate(
                [problem.prompt for _, problem in todo],
                group_size=config.group_size,
                max_new_tokens=config.max_new_tokens,
                temperature=config.temperature,
                seeds=[sampling_seed(config.seed, group_id) for group_id, _ in todo],
            )
        for (group_id, problem), completions in zip(todo, groups, strict=True):
            self._pipeline.solve(group_id, problem, policy.encode(problem.prompt), completions, self._solver)
        return bool(todo)

    def _collect(self) -> None:
        """Wait a moment for a verdict, then take all that are there."""
        with self._stopwatch.phase("verify"):
            result = self._executor.result(timeout=POLL_SECONDS)
        while result is not None:
            if result.key.startswith(PREFIX):
                self._gate_results.append(result)
            else:
                self._pipeline.finish(result)
            result = self._executor.result(timeout=0)
        self._save_time()

    def _checkpoint(self) -> Path:
        # Enough are kept that the promoted one is still there when the next gate may have to roll back to it.
        keep = self._config.gate_steps // self._config.checkpoint_steps + 3
        path: Path = self._learner.save(self._checkpoints, {}, keep=keep)
        self._journal.put("checkpoint", self._learner.policy.version)
        return path

    def _gate(self) -> None:
        """Promote the current weights if they are not worse on the panel than the promoted ones; else roll back."""
        from assay.learner.checkpoint import discard

        path = self._checkpoint()
        if not self._panel.problems or self._journal.get("promoted") == path.name:
            return self._promote(path)
        self._say("promotion gate: held-out problems")
        outcomes = self._ask_panel()
        before, after = paired(self._journal.get("promoted_outcomes"), outcomes)
        if len(before) < MIN_PAIRS:  # boxes failed, not the policy; but what was not compared is not promoted either
            why = f"only {len(before)} answers could be compared"
        else:
            decision = decide(before, after)
            why = decision.reason
            if decision.promote:
                return self._promote(path, outcomes, why)
        # The rejected weights leave the disk before the old ones are saved under the same step: a kill in between
        # resumes from an earlier checkpoint and comes to this gate again.
        promoted = self._journal.get("promoted")
        self._learner.roll_back(self._checkpoints / promoted)
        discard(path)
        again = self._checkpoint()
        with self._journal.transaction():
            # The same weights under a newer step: the older checkpoint may be gone before the next gate.
            self._journal.put("promoted", again.name)
            self._journal.event("rollback", {"from": path.name, "to": promoted, "why": why})
        return self._say(f"rolled back to {promoted}: {why}")

    def _promote(
        self, path: Path, outcomes: Outcomes | None = None, why: str = "the policy that the run starts from"
    ) -> None:
        if self._journal.get("promoted") == path.name:
            return
        with self._journal.transaction():
            self._journal.put("promoted", path.name)
            if outcomes is not None:
                self._journal.put("promoted_outcomes", outcomes)
            self._journal.event(
                "promotion", {"step": path.name, "checkpoint": self._learner.policy.version, "why": why}
            )

    def _ask_panel(self) -> Outcomes:
        with self._stopwatch.phase("generate"):
            tasks = self._panel.tasks(
                self._learner.policy, temperature=self._config.temperature, max_new_tokens=self._config.max_new_tokens
            )
        self._gate_results = []
        for task in tasks:
            self._executor.submit(task)
        while len(self._gate_results) < len(tasks):
            self._collect()
        return self._panel.outcomes(self._gate_results)

    def _progress(self) -> str:
        certificates, verdicts = self._journal.certificate_count(), self._journal.verdict_counts()
        return f"step {self._learner.update}: {sum(verdicts.values())} attempts judged, {certificates} certificates"

    def _save_time(self) -> None:
        self._stopwatch.switch("other")
        self._journal.put("time_spent", self._stopwatch.spent)


def step_metrics(report: Any) -> dict[str, float]:
    """A learner's StepReport as the journal keeps it: its numbers by name."""
    metrics: dict[str, float] = asdict(report)
    return {name: value for name, value in metrics.items() if name not in ("update", "iteration")}
