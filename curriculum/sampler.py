"""Which problem next: learnability sampling over the cells (skill, level), with levels that open and close.

Each cell keeps a Beta posterior of its success rate that forgets (old outcomes decay), and a window of recent outcomes.
The next cell is drawn in proportion to learnability for the price, p(1 - p) / cost, at a *sampled* rate p: Thompson
sampling, so doubt is explored and the solved and the hopeless get little. In proportion, not the greatest, because a
small policy forgets the cells that are not asked; for the price, because a proof costs several times what an integer
constraint costs, and a run has seconds to spend, not groups. One pick in seven goes to any open or mastered cell with
equal chance, so that what is mastered is still watched. (Learnability: Tzannetos et al. 2023, LILO; retention: replay
of prompts, not of tokens.)

A level opens when the level below succeeds at more than 0.7 over a full window. It is mastered above 0.95 and reopens
below 0.8. Skills unlock by the skill graph.

Only verdicts count: ``record`` takes None for unknown, timeout and error, and leaves them out. Everything is a function
of the seed and the recorded outcomes; ``to_json``/``from_json`` restore exactly.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from .problem import Family, Problem
from .skills import SkillGraph, wilson_lower

State = Literal["locked", "open", "mastered"]

OPEN_ABOVE = 0.7
MASTERED_ABOVE = 0.95
REOPEN_BELOW = 0.8
RETENTION_SHARE = 1 / 7
WINDOW = 48
"""Outcomes, not groups. A level is judged only on a full window."""
DECAY = 0.97
"""What one recorded outcome leaves of the weight of the earlier ones: a memory of about 33 outcomes."""
MAX_REPEATS = 200
"""Seeds that may in a row give problems this run has posed before; then the cell counts as used up."""
_SEEDS_PER_RUN = 1 << 24


@dataclass
class Cell:
    """Statistics of one skill at one level. ``alpha`` and ``beta`` are the decayed posterior; ``recent`` the window,
    oldest first; ``drawn`` how many seeds are spent; ``used_up`` that hardly a problem is left that is new."""

    state: State = "locked"
    alpha: float = 1.0
    beta: float = 1.0
    recent: list[int] = field(default_factory=list)
    attempts: int = 0
    successes: int = 0
    drawn: int = 0
    used_up: bool = False

    def update(self, success: bool) -> None:
        self.alpha = 1.0 + (self.alpha - 1.0) * DECAY + success
        self.beta = 1.0 + (self.beta - 1.0) * DECAY + (not success)
        self.recent = [*self.recent, int(success)][-WINDOW:]
        self.attempts += 1
        self.successes += success

    def row(self) -> dict[str, Any]:
        """What ``Sampler.table`` says of this cell."""
        return {
            "attempts": self.attempts,
            "success": self.successes / self.attempts if self.attempts else None,
            "state": self.state,
        }

    @property
    def rate(self) -> float | None:
        """Success over the window; None until the window is full."""
        return sum(self.recent) / WINDOW if len(self.recent) == WINDOW else None


@dataclass(frozen=True)
class Change:
    """A cell that was opened, mastered, or reopened."""

    cell: str
    state: State


class Sampler:
    """Proposes problems and learns from outcomes. Not thread-safe: one owner, the loop."""

    def __init__(self, families: Mapping[str, Family], seed: int) -> None:
        self._families = dict(families)
        self._graph = SkillGraph(self._families)
        self._seed = seed
        self._picks = 0
        self._cells = {f"{skill}/{level}": Cell() for skill in self._graph.skills for level in self._levels(skill)}
        self._posed: dict[str, set[str]] = {}
        self._settle()

    def propose(self, n: int) -> list[Problem]:
        """``n`` training problems, none of which this run has posed before. Fewer only if every cell is used up."""
        problems: list[Problem] = []
        while len(problems) < n:
            name = self._pick()
            if name is None:
                break
            problem = self._draw(name)
            if problem is not None:
                problems.append(problem)
        return problems

    def record(self, cell: str, outcomes: Sequence[bool | None]) -> list[Change]:
        """Outcomes of attempts at problems of ``cell``: True accepted; False refuted or cheat; None (unknown, timeout,
        error) is no outcome and changes nothing. Returns what opened or closed. Raises KeyError for an unknown cell."""
        counted = self._cells[cell]
        for outcome in outcomes:
            if outcome is not None:
                counted.update(outcome)
        return self._settle()

    def table(self) -> dict[str, dict[str, Any]]:
        """Cell -> attempts, success (share of all attempts, None before the first), state: what ``assay status --json``
        shows."""
        return {name: cell.row() for name, cell in self._cells.items()}

    def to_json(self) -> dict[str, Any]:
        """The whole state, for the journal."""
        return {
            "seed": self._seed,
            "picks": self._picks,
            "cells": {name: asdict(cell) for name, cell in self._cells.items()},
        }

    @staticmethod
    def from_json(value: Mapping[str, Any], families: Mapping[str, Family]) -> Sampler:
        """Inverse of ``to_json``. Cells of families that are no longer there are dropped; new ones start afresh."""
        sampler = Sampler(families, value["seed"])
        sampler._picks = value["picks"]
        for name, fields in value["cells"].items():
            if name in sampler._cells:
                sampler._cells[name] = Cell(**{**fields, "recent": list(fields["recent"])})
        sampler._settle()
        return sampler

    def _levels(self, skill: str) -> tuple[int, ...]:
        return self._families[skill].levels

    def _pick(self) -> str | None:
        """A generator for each pick, seeded by its number: the state to keep is one integer."""
        rng = random.Random(f"{self._seed}/{self._picks}")
        self._picks += 1
        alive = {name: cell for name, cell in self._cells.items() if cell.state != "locked" and not cell.used_up}
        if not alive:
            return None
        opened = [name for name, cell in alive.items() if cell.state == "open"]
        if not opened or rng.random() < RETENTION_SHARE:
            return rng.choice(list(alive))
        return rng.choices(opened, [self._learnability(name, rng) for name in opened])[0]

    def _learnability(self, name: str, rng: random.Random) -> float:
        """p(1 - p) for the price, at a rate drawn from the cell's posterior."""
        cell, family = self._cells[name], self._families[name.rpartition("/")[0]]
        rate = rng.betavariate(cell.alpha, cell.beta)
        return rate * (1 - rate) / family.cost

    def _draw(self, name: str) -> Problem | None:
        cell = self._cells[name]
        if name not in self._posed:  # after a restore: what was posed is a function of the seeds spent
            self._posed[name] = {self._problem(name, number).claim.id for number in range(cell.drawn)}
        posed = self._posed[name]
        for _ in range(MAX_REPEATS):
            problem = self._problem(name, cell.drawn)
            cell.drawn += 1
            if problem.claim.id not in posed:
                posed.add(problem.claim.id)
                return problem
        cell.used_up = True
        return None

    def _problem(self, name: str, number: int) -> Problem:
        skill, _, level = name.rpartition("/")
        return self._families[skill].generate(int(level), self._seed * _SEEDS_PER_RUN + number)

    def _settle(self) -> list[Change]:
        """Move cells between states until nothing moves."""
        changes: list[Change] = []
        unlocked = self._graph.unlocked({skill: self._lower_bound(skill) for skill in self._graph.skills})
        for skill in self._graph.skills:
            ready = skill in unlocked
            for level in self._levels(skill):
                name = f"{skill}/{level}"
                cell = self._cells[name]
                state = _next_state(cell, ready)
                if state != cell.state:
                    cell.state = state
                    changes.append(Change(name, state))
                ready = cell.state != "locked" and cell.rate is not None and cell.rate > OPEN_ABOVE
        return changes

    def _lower_bound(self, skill: str) -> float:
        """Of the recent outcomes of every level that is not locked, together."""
        recent = [
            outcome
            for level in self._levels(skill)
            if self._cells[f"{skill}/{level}"].state != "locked"
            for outcome in self._cells[f"{skill}/{level}"].recent
        ]
        return wilson_lower(sum(recent), len(recent))


def _next_state(cell: Cell, ready: bool) -> State:
    """Once open, a cell never locks again: it is mastered, or open."""
    if cell.state == "locked":
        return "open" if ready else "locked"
    if cell.rate is None:
        return cell.state
    if cell.state == "open":
        return "mastered" if cell.rate > MASTERED_ABOVE else "open"
    return "open" if cell.rate < REOPEN_BELOW else "mastered"
