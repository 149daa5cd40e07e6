"""Questions to solvers, and their opinions as typed values.

Two questions exist: does z3, too, evaluate every assertion to true under this assignment; and what do z3 and cvc5, each
in its own process and at the same time, say about satisfiability. The values of a solver's model are parsed here from
text and mean nothing until the evaluator has checked them.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from .process import SHARED, SolverCrash, SolverName, SolverPool, SolverProcess
from .terms import Script, Sort, Value

CVC5_STEPS_PER_Z3_STEP = 0.25
"""cvc5 counts coarser steps: with a quarter of z3's number both take about the same time on hard integer problems."""


@dataclass(frozen=True)
class Opinion:
    """What one solver said. ``model`` is None unless it said sat and all values are rational."""

    solver: SolverName
    version: str
    said: Literal["sat", "unsat", "unknown"]
    why: str
    model: dict[str, Value] | None
    rlimit: int


@dataclass(frozen=True)
class Evaluation:
    """How z3 evaluates the assertions: all true, one false, or not settled (None)."""

    version: str
    holds: bool | None


def evaluate(script: Script, assignment: Mapping[str, Value], seconds: float, pool: SolverPool = SHARED) -> Evaluation:
    """z3's opinion of a model. Raises SolverTimeout after ``seconds``, and SolverCrash."""
    values = {name: [script.declared[name], _text(value)] for name, value in assignment.items()}
    request = {"op": "evaluate", "smtlib": script.text, "assignment": values, "cpu": seconds}
    with pool.lend("z3") as (z3,):
        z3.send(request)
        said = _reply(z3, time.monotonic() + seconds).get("values")
        if not isinstance(said, list) or len(said) != len(script.assertions):
            raise SolverCrash(f"z3 read {said!r:.80}, not one value for each of {len(script.assertions)} assertions")
    holds = True if all(value == "true" for value in said) else False if "false" in said else None
    return Evaluation(z3.version, holds)


def check_both(script: Script, rlimit: int, seconds: float, pool: SolverPool = SHARED) -> tuple[Opinion, Opinion]:
    """What z3 and cvc5 say, asked at the same time. Raises SolverTimeout after ``seconds``, and SolverCrash."""
    text = script.text if script.logic else "(set-logic ALL)\n" + script.text
    request = {"op": "check", "smtlib": text, "declared": script.declared, "cpu": seconds}
    with pool.lend("z3", "cvc5") as (z3, cvc5):
        z3.send({**request, "rlimit": rlimit})
        cvc5.send({**request, "rlimit": max(1, int(rlimit * CVC5_STEPS_PER_Z3_STEP))})
        deadline = time.monotonic() + seconds
        return (
            _opinion(z3, _reply(z3, deadline), script.declared),
            _opinion(cvc5, _reply(cvc5, deadline), script.declared),
        )


def _reply(process: SolverProcess, deadline: float) -> dict[str, Any]:
    reply = process.receive(deadline)
    if "error" in reply:
        raise SolverCrash(f"{process.solver} refused the question: {' '.join(str(reply['error']).split())[:200]}")
    return reply


def _opinion(process: SolverProcess, reply: dict[str, Any], declared: Mapping[str, Sort]) -> Opinion:
    said = reply.get("answer")
    if said not in ("sat", "unsat", "unknown"):
        raise SolverCrash(f"{process.solver} said {said!r:.40}, which is no answer")
    model = reply.get("model")
    values = None
    if isinstance(model, dict) and set(model) == set(declared):
        values = _values(model, declared)
    return Opinion(process.solver, process.version, said, str(reply.get("why", "")), values, int(reply["rlimit"]))


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _values(model: Mapping[str, str], declared: Mapping[str, Sort]) -> dict[str, Value] | None:
    try:
        return {name: _value(model[name], sort) for name, sort in declared.items()}
    except ValueError:
        # More digits than Python converts. As with an irrational value, there is then no model to check.
        return None


def _value(text: str, sort: Sort) -> Value:
    if sort == "Bool":
        return text == "true"
    return int(text) if sort == "Int" else Fraction(text)
