"""Statistics of success: intervals, pass@k, paired differences. Pure functions on numbers.

Wilson's score interval (Wilson 1927) instead of the normal one, because runs report small samples near 0 and 1. pass@k
is the unbiased estimator of Chen et al. 2021 (arXiv 2107.03374). What is not here: no significance stars, no p-values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt

Z95 = 1.959963984540054
"""The standard normal's 97.5 % quantile: two-sided 95 %."""


@dataclass(frozen=True)
class Interval:
    """A rate with the ends of its interval, all within [0, 1]."""

    rate: float
    low: float
    high: float


def wilson_interval(successes: int, trials: int, z: float = Z95) -> Interval:
    """Score interval of a binomial rate. No trials say nothing: rate 0, interval [0, 1]."""
    if not 0 <= successes <= trials:
        raise ValueError(f"{successes} successes in {trials} trials: give 0 <= successes <= trials")
    if trials == 0:
        return Interval(0.0, 0.0, 1.0)
    rate = successes / trials
    spread = z * z / trials
    centre = (rate + spread / 2) / (1 + spread)
    half = z * sqrt(rate * (1 - rate) / trials + spread / (4 * trials)) / (1 + spread)
    return Interval(rate, max(0.0, centre - half), min(1.0, centre + half))


def pass_at_k(attempts: int, successes: int, k: int) -> float:
    """Probability that k attempts drawn without replacement from ``attempts`` hold a success."""
    if not (0 <= successes <= attempts and 1 <= k <= attempts):
        raise ValueError(f"pass@{k} of {successes}/{attempts}: give 0 <= successes <= attempts and 1 <= k <= attempts")
    return 1.0 - comb(attempts - successes, k) / comb(attempts, k)


@dataclass(frozen=True)
class PairedDifference:
    """Mean of (second - first) over ``n`` pairs, with the standard error of that mean."""

    mean: float
    se: float
    n: int


def paired_difference(first: Sequence[float], second: Sequence[float]) -> PairedDifference:
    """Compare two policies on the same problems, which removes the problems' own spread from the error.

    The standard error is 0 for fewer than two pairs or for identical differences; the caller judges what n is enough.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} outcomes against {len(second)}: compare the same problems, in the same order")
    n = len(first)
    if n == 0:
        return PairedDifference(0.0, 0.0, 0)
    differences = [b - a for a, b in zip(first, second, strict=True)]
    mean = sum(differences) / n
    if n == 1:
        return PairedDifference(mean, 0.0, 1)
    variance = sum((value - mean) ** 2 for value in differences) / (n - 1)
    return PairedDifference(mean, sqrt(variance / n), n)
