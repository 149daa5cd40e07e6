"""The learner: a policy that answers, and the training that only verified answers reach.

``import assay.learner`` brings in what the loop needs to talk to a learner (feed, rewards, statistics) and never torch.
The parts that compute live in submodules, imported when they are needed: ``tokenizer``, ``policy``, ``warmup``,
``grpo``, ``checkpoint``.
"""

import os

# Read when torch, tokenizers and TRL are first imported, so set before any submodule can import them. Without PASSIVE,
# idle OpenMP threads spin and starve the boxes that verify (ten times slower generation, measured).
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")

from .evaluation import Interval, PairedDifference, paired_difference, pass_at_k, wilson_interval
from .feed import Feed, FeedBatch, Group, Sample, UncertifiedReward
from .promotion import Decision, decide
from .rewards import CHEAT_REWARD, group_rewards, reward

__all__ = [
    "CHEAT_REWARD", "Decision", "Feed", "FeedBatch", "Group", "Interval", "PairedDifference", "Sample",
    "UncertifiedReward", "decide", "group_rewards", "paired_difference", "pass_at_k", "reward", "wilson_interval",
]  # fmt: skip
