"""A toy skill for learner tests: the sum of two digits. It verifies nothing; it is only something to learn."""

import random
from dataclasses import dataclass

import pytest

from assay.learner.policy import NanoConfig, Policy
from assay.learner.warmup import Example, WarmupConfig, train

TINY = NanoConfig(hidden=32, layers=2, heads=2, context=64)


@dataclass(frozen=True)
class Sums:
    """Prompts such as "3+4=" with the answer "7"."""

    def prompts(self, count: int, seed: int) -> list[str]:
        draw = random.Random(seed)
        return [f"{draw.randrange(10)}+{draw.randrange(10)}=" for _ in range(count)]

    def answer(self, prompt: str) -> str:
        left, right = prompt.rstrip("=").split("+")
        return str(int(left) + int(right))

    def examples(self, count: int, seed: int) -> list[Example]:
        return [Example(prompt, self.answer(prompt)) for prompt in self.prompts(count, seed)]


@pytest.fixture(scope="session")
def sums() -> Sums:
    return Sums()


@pytest.fixture
def tiny() -> Policy:
    return Policy.new(TINY, seed=0)


@pytest.fixture
def half_taught(sums: Sums) -> Policy:
    """A policy that gets some of the sums right, some of the time."""
    policy = Policy.new(TINY, seed=0)
    train(policy, sums.examples(512, seed=1), WarmupConfig(steps=60, batch=32, lr=5e-3, seconds=None))
    return policy
