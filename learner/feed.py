"""The feed: what the loop hands to the learner, and the gate in front of it.

A group is k attempts at one problem, each with the tokens that were sampled, the log-probabilities under which they
were sampled, a reward and, where the reward is positive, the id of the certificate that earned it. ``check_batch``
refuses anything else, so that no bug upstream can turn an unverified answer into a gradient. It cannot check the
certificate itself: the loop signs and logs it before it builds the group.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .rewards import CHEAT_REWARD

REWARDS = frozenset({1.0, 0.0, CHEAT_REWARD})


class UncertifiedReward(ValueError):
    """A positive reward without a certificate reached the learner. Nothing was trained on."""


@dataclass(frozen=True)
class Sample:
    """One attempt as the learner sees it. ``logprobs[i]`` is the natural log-probability of ``completion_ids[i]`` when
    it was sampled; both end with eos unless the completion was cut off. ``certificate`` is None without acceptance."""

    completion_ids: tuple[int, ...]
    logprobs: tuple[float, ...]
    reward: float
    certificate: str | None = None


@dataclass(frozen=True)
class Group:
    """The k attempts at one problem. ``policy_version`` is the digest of the weights that sampled them."""

    problem_id: str
    prompt_ids: tuple[int, ...]
    samples: tuple[Sample, ...]
    policy_version: str = ""

    @property
    def has_signal(self) -> bool:
        """False when all rewards are equal: every advantage is then zero and the group teaches nothing."""
        return len({sample.reward for sample in self.samples}) > 1


@dataclass(frozen=True)
class FeedBatch:
    """The groups of one update. ``seq`` is the position in the feed once this batch is consumed: checkpoints store it,
    and a resumed run asks for what comes after it."""

    seq: int
    groups: tuple[Group, ...]


Feed = Callable[[], FeedBatch | None]
"""Called between two updates, when weights and optimizer are consistent. None ends the training."""


def check_batch(batch: FeedBatch, groups: int, group_size: int) -> None:
    """Refuse a batch that must not or cannot be trained on.

    Raises UncertifiedReward for a positive reward without a certificate, ValueError for any other fault.
    """
    if len(batch.groups) != groups:
        raise ValueError(f"batch {batch.seq} has {len(batch.groups)} groups: hand in exactly {groups} per update")
    for group in batch.groups:
        where = f"batch {batch.seq}, problem {group.problem_id[:12]}"
        if len(group.samples) != group_size:
            raise ValueError(f"{where}: {len(group.samples)} samples, not {group_size}; retry or drop the group")
        if not group.prompt_ids:
            raise ValueError(f"{where}: the prompt is empty; give at least the bos token")
        for sample in group.samples:
            if sample.reward not in REWARDS:
                raise ValueError(f"{where}: {sample.reward!r} is no reward; take it from assay.learner.reward(status)")
            if sample.reward > 0 and not sample.certificate:
                raise UncertifiedReward(f"{where}: reward {sample.reward} without a certificate; certify it first")
            if not sample.completion_ids or len(sample.completion_ids) != len(sample.logprobs):
                raise ValueError(f"{where}: needs one log-probability for each of one or more completion tokens")
        if not group.has_signal:
            raise ValueError(f"{where}: all rewards are equal; report the group to the curriculum and leave it out")
