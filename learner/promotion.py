"""The promotion gate: does a candidate become the acting policy, or do the weights roll back?

Candidate and promoted policy answer the same frozen retention problems; the verdicts come in as paired outcomes. The
candidate is turned away only when it is worse by more than the noise allows, because training itself already asks for
"better": the gate is there against forgetting. What the gate does not do: it holds no weights and runs no problems.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .evaluation import PairedDifference, paired_difference

MIN_PAIRS = 8
"""Fewer pairs cannot show a fall of any size worth acting on."""


@dataclass(frozen=True)
class Decision:
    """``promote`` or roll back, with the numbers it rests on and one line for people."""

    promote: bool
    difference: PairedDifference
    reason: str


def decide(promoted: Sequence[int], candidate: Sequence[int], *, tolerance_se: float = 2.0) -> Decision:
    """Promote unless the candidate is worse by more than ``tolerance_se`` standard errors of the paired difference.

    ``promoted`` and ``candidate`` are 0/1 outcomes on the same problems in the same order; problems without a verdict
    are left out of both. Raises ValueError for other values, for unequal lengths and for fewer than ``MIN_PAIRS``
    pairs.
    """
    if any(outcome not in (0, 1) for outcome in (*promoted, *candidate)):
        raise ValueError("outcomes are 0 (not accepted) or 1 (accepted): leave problems without a verdict out of both")
    difference = paired_difference(promoted, candidate)
    if difference.n < MIN_PAIRS:
        raise ValueError(f"{difference.n} retention pairs: the gate needs at least {MIN_PAIRS}")
    floor = -tolerance_se * difference.se
    numbers = f"{difference.mean:+.3f} (SE {difference.se:.3f}, n {difference.n})"
    # With zero spread every pair changed alike: any fall is then a real one.
    if difference.mean < floor:
        return Decision(False, difference, f"worse on the retention problems: {numbers}")
    return Decision(True, difference, f"not worse on the retention problems: {numbers}")
