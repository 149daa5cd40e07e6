"""Rewards: the only way from a verdict to a number that trains.

Accepted is 1, refuted 0, cheat negative; nothing but a verdict has a reward. Unknown, timeout and error say nothing
about the answer, so they have none either, which is not zero: a policy trained on "the checker stalled = wrong", or
on a broken sandbox, learns about the checker and the sandbox.

A validator's veto needs no case here: the vetoed verdict arrives as status ``cheat``.
"""

from __future__ import annotations

from collections.abc import Sequence

from assay.verifiers import Status

CHEAT_REWARD = -0.5
"""Below every honest failure, yet small enough that one cheat in a group does not drown the group's success."""

_REWARDS: dict[Status, float] = {"proved": 1.0, "passed": 1.0, "refuted": 0.0, "cheat": CHEAT_REWARD}


def reward(status: Status) -> float | None:
    """1.0 accepted, 0.0 refuted, ``CHEAT_REWARD`` cheat; None (no reward exists) for unknown, timeout and error."""
    return _REWARDS.get(status)


def group_rewards(statuses: Sequence[Status]) -> tuple[float, ...] | None:
    """Rewards of a whole group in order, or None when any attempt has none: the group is then retried or dropped.

    Dropping one attempt and keeping the others would shift the group's baseline towards whatever verifies quickly.
    """
    rewards = [reward(status) for status in statuses]
    kept = tuple(value for value in rewards if value is not None)
    return kept if len(kept) == len(rewards) else None
