"""Fixed sets of distinct problems: for the warm-up, for evaluation, and for the gate's held-out and retention suites.

Nothing here depends on a run's state: the same arguments give the same problems on every machine.
"""

from __future__ import annotations

from .problem import Family, Problem

MAX_REPEATS = 200


def problem_set(family: Family, level: int, n: int, *, seed: int = 0, held_out: bool = False) -> list[Problem]:
    """``n`` problems with different claims, fewer if the level holds fewer. Sets of different ``seed`` may overlap;
    held-out and training sets never do."""
    problems: dict[str, Problem] = {}
    number, repeats = seed << 24, 0
    while len(problems) < n and repeats < MAX_REPEATS:
        problem = family.generate(level, number, held_out=held_out)
        number += 1
        repeats = repeats + 1 if problem.claim.id in problems else 0
        problems.setdefault(problem.claim.id, problem)
    return list(problems.values())
