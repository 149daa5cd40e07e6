"""Claims that a user wrote, from a JSON Lines file: ``assay run --problems FILE.jsonl``.

A line is a claim, or ``{"claim": ..., "prompt": ..., "skill": ..., "level": ...}`` where all but the claim may be left
out. Blank lines are skipped. A bad line becomes a ``LineError`` with file, line number, field and mend; the other lines
go on.

``UserSampler`` stands where the curriculum's sampler stands: the same ``propose`` and ``record``. A user's claim may be
posed many times, unlike a generated one: it is what the user wants solved.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assay.verifiers import Claim, ClaimError, NoVerifierError, distinct_keys

from .problem import Problem
from .sampler import Cell, Change

FAMILY = "user"
"""``Problem.family`` of a user's problem. No generator has this name."""

_MAX_LINE_BYTES = 1 << 20
_FIELDS = {"claim", "prompt", "skill", "level"}


@dataclass(frozen=True)
class LineError:
    """What is wrong with one line of ``file`` (first line: 1), and how to mend it."""

    file: str
    line: int
    field: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field} {self.problem}: {self.mend}"


def read_problems(path: Path, check_claim: Callable[[Claim], None]) -> tuple[list[Problem], list[LineError]]:
    """All good lines as problems, and an error for each bad one. ``check_claim`` is the verifiers' own check; it raises
    ClaimError or NoVerifierError. Raises OSError if the file cannot be read.
    """
    problems: list[Problem] = []
    errors: list[LineError] = []
    seen: dict[str, int] = {}
    for number, raw in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            problem = _problem(raw, number)
            check_claim(problem.claim)
            earlier = seen.setdefault(problem.claim.id, number)
            if earlier != number:
                raise ClaimError("claim", f"is the same as in line {earlier}", "remove one of the two lines")
        except ClaimError as error:
            errors.append(LineError(str(path), number, error.field, error.problem, error.mend))
        except NoVerifierError as error:
            mend = "see `assay plugins list` for the kinds that can be verified"
            errors.append(LineError(str(path), number, "claim.kind", f"has no verifier ({error})", mend))
        else:
            problems.append(problem)
    return problems, errors


def _problem(raw: bytes, number: int) -> Problem:
    value = _parse(raw)
    if "kind" in value and "claim" not in value:
        value = {"claim": value}
    for name in value:
        if name not in _FIELDS:
            raise ClaimError(name, "is not a field of a problem", f"use only {', '.join(sorted(_FIELDS))}")
    claim = Claim.from_json(value.get("claim"))
    prompt = value.get("prompt", _prompt(claim))
    skill = value.get("skill", FAMILY)
    level = value.get("level", 1)
    if not isinstance(prompt, str) or not prompt:
        raise ClaimError("prompt", "is not text", "give the text that the policy reads, or leave the field out")
    if not isinstance(skill, str) or not skill or "/" in skill:
        raise ClaimError("skill", "is not a skill's name", 'use a name without "/", such as "user.warmup"')
    if type(level) is not int or level < 1:
        raise ClaimError("level", "is not a level", "use an integer of 1 or more")
    return Problem(claim=claim, prompt=prompt, family=FAMILY, skill=skill, level=level, seed=number)


def _parse(raw: bytes) -> dict[str, Any]:
    if len(raw) > _MAX_LINE_BYTES:
        raise ClaimError("line", f"is longer than {_MAX_LINE_BYTES} bytes", "shorten the claim")
    try:
        value = json.loads(raw.decode(), object_pairs_hook=distinct_keys)
    except (ValueError, RecursionError) as error:
        raise ClaimError("line", f"is not JSON ({error})", "write one JSON object on one line, in UTF-8") from error
    if not isinstance(value, dict):
        raise ClaimError("line", f"is a JSON {type(value).__name__}", "write one JSON object on one line")
    return value


def _prompt(claim: Claim) -> str:
    """Where the user gave none: the heart of the claim, for any kind."""
    body = claim.body
    match claim.kind:
        case "smt/model/v1" | "smt/unsat/v1":
            return f"solve {body.get('smtlib', '')}"
        case "python/function/v1":
            return f"write {str(body.get('signature', '')).removeprefix('def ')}: {body.get('ensures', '')}"
        case "lean/theorem/v1":
            return f"prove {str(body.get('statement', '')).removeprefix('theorem ')}"
        case _:
            return json.dumps(dict(body), sort_keys=True, ensure_ascii=False)


class UserSampler:
    """Poses the user's problems in rounds: each once a round, in an order drawn for the round."""

    def __init__(self, problems: Sequence[Problem], seed: int) -> None:
        """Raises ValueError if there is no problem to pose."""
        if not problems:
            raise ValueError("no problem to pose: mend the lines that were reported, or add some")
        self._problems = list(problems)
        self._seed = seed
        self._posed = 0
        self._cells = {problem.cell: Cell(state="open") for problem in self._problems}

    def propose(self, n: int) -> list[Problem]:
        """Exactly ``n`` problems; the same one again only in another round."""
        return [self._next() for _ in range(n)]

    def record(self, cell: str, outcomes: Sequence[bool | None]) -> list[Change]:
        """As ``Sampler.record``. Nothing opens or closes here, so the list is empty."""
        for outcome in outcomes:
            if outcome is not None:
                self._cells[cell].update(outcome)
        return []

    def table(self) -> dict[str, dict[str, Any]]:
        """As ``Sampler.table``."""
        return {name: cell.row() for name, cell in self._cells.items()}

    def to_json(self) -> dict[str, Any]:
        """The whole state; the problems themselves stay in the user's file."""
        return {
            "seed": self._seed,
            "posed": self._posed,
            "cells": {name: asdict(cell) for name, cell in self._cells.items()},
        }

    @staticmethod
    def from_json(value: Mapping[str, Any], problems: Sequence[Problem]) -> UserSampler:
        """Inverse of ``to_json``, over the same problems."""
        sampler = UserSampler(problems, value["seed"])
        sampler._posed = value["posed"]
        sampler._cells |= {name: Cell(**fields) for name, fields in value["cells"].items() if name in sampler._cells}
        return sampler

    def _next(self) -> Problem:
        turn, place = divmod(self._posed, len(self._problems))
        self._posed += 1
        order = list(range(len(self._problems)))
        random.Random(f"{self._seed}/{turn}").shuffle(order)
        return self._problems[order[place]]
