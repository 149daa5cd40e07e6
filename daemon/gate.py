"""The gate panel: frozen held-out problems on which a candidate must not be worse than the promoted policy.

The panel is a function of the configuration alone, never trained on, and answered with fixed sampling seeds, so that
two policies are compared on equal terms. Verdicts come from the same executor as everything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assay.curriculum import Family, Problem
from assay.curriculum.problem_set import problem_set
from assay.curriculum.registry import answer

from .executor import Task, TaskResult
from .pipeline import sampling_seed, success, verification_task

LEVELS = (1, 2)
"""Levels that the panel asks: those every run trains on."""
SAMPLES = 2
"""Answers to each problem."""
PREFIX = "gate:"

Outcomes = dict[str, list[bool | None]]
"""Problem (its claim id) -> success of each sample; None where no verdict counts."""


@dataclass(frozen=True)
class Panel:
    """The problems, in a fixed order."""

    problems: tuple[Problem, ...]

    @staticmethod
    def of(families: Mapping[str, Family], per_skill: int) -> Panel:
        """``per_skill`` held-out problems of each skill, spread over ``LEVELS``."""
        problems: list[Problem] = []
        for family in families.values():
            levels = [level for level in LEVELS if level in family.levels]
            for place, level in enumerate(levels):
                share = per_skill // len(levels) + (place < per_skill % len(levels))
                problems += problem_set(family, level, share, held_out=True)
        return Panel(tuple(problems))

    def tasks(self, policy: Any, *, temperature: float, max_new_tokens: int) -> list[Task]:
        """The policy's answers to the whole panel, as tasks for the executor. ``policy`` is a learner's Policy."""
        groups = policy.generate(
            [problem.prompt for problem in self.problems],
            group_size=SAMPLES,
            max_new_tokens=max_new_tokens,
            temperature=temperature,
            seeds=[sampling_seed(0, place) for place in range(len(self.problems))],
        )
        return [
            verification_task(f"{PREFIX}{place}", problem, [answer(problem, c.text) for c in completions])
            for place, (problem, completions) in enumerate(zip(self.problems, groups, strict=True))
        ]

    def outcomes(self, results: Sequence[TaskResult]) -> Outcomes:
        """Read the executor's results of ``tasks``. A problem that could not be judged counts for nobody."""
        found: Outcomes = {}
        for result in results:
            problem = self.problems[int(result.key.removeprefix(PREFIX))]
            if result.error is None:
                found[problem.claim.id] = [success(outcome["final"]) for outcome in result.value]
        return found

    def by_cell(self, outcomes: Outcomes) -> dict[str, tuple[int, int]]:
        """Cell -> (successes, counted samples), and "all" of them together."""
        cells: dict[str, tuple[int, int]] = {}
        for problem in self.problems:
            counted = [o for o in outcomes.get(problem.claim.id, []) if o is not None]
            for name in (problem.cell, "all"):
                before = cells.get(name, (0, 0))
                cells[name] = (before[0] + sum(counted), before[1] + len(counted))
        return cells


def paired(before: Outcomes, after: Outcomes) -> tuple[list[int], list[int]]:
    """Outcomes of two policies on the same samples of the same problems; what either lacks is left out of both."""
    pairs = [
        (int(b), int(a))
        for problem in sorted(before.keys() & after.keys())
        for b, a in zip(before[problem], after[problem], strict=True)
        if b is not None and a is not None
    ]
    return [b for b, _ in pairs], [a for _, a in pairs]
