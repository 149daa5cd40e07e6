"""A toy skill for learner tests: the sum of two digits. It verifies nothing; it is only something to learn."""

import random
from dataclasses import dataclass
from pathlib import Path

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


@pytest.fixture(scope="session")
def half_taught_directory(sums: Sums, tmp_path_factory: pytest.TempPathFactory) -> Path:
    policy = Policy.new(TINY, seed=0)
    train(policy, sums.examples(512, seed=1), WarmupConfig(steps=120, batch=32, lr=5e-3, seconds=None))
    directory = tmp_path_factory.mktemp("half-taught")
    policy.save(directory)
    return directory


@pytest.fixture
def half_taught(half_taught_directory: Path) -> Policy:
    """A policy that gets about a quarter of the sums right: enough to learn from, and room to rise."""
    return Policy.load(half_taught_directory)
