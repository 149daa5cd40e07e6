"""The promotion gate in the loop: what it turns away is rolled back, however often, and nothing is promoted unseen."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assay.curriculum.families.linear import LinearFamily
from assay.daemon.config import RunConfig
from assay.daemon.gate import Outcomes, Panel
from assay.daemon.journal import Journal
from assay.daemon.loop import Loop
from assay.daemon.stopwatch import Stopwatch
from assay.learner.checkpoint import prune

PANEL = Panel(tuple(LinearFamily().generate(1, seed) for seed in range(8)))
CONFIG = RunConfig(gate_steps=10, checkpoint_steps=2)


class Weights:
    """A learner without weights: its checkpoints are empty directories, pruned as the real ones are."""

    def __init__(self) -> None:
        self.update, self.feed_seq = 0, 0
        self.policy = SimpleNamespace(version="v0")
        self.rolled_back: list[str] = []

    def save(self, root: Path, metrics: dict[str, float], *, keep: int) -> Path:
        path = root / f"step-{self.update}"
        path.mkdir(parents=True, exist_ok=True)
        prune(root, keep)
        return path

    def roll_back(self, directory: Path) -> None:
        assert directory.is_dir(), f"{directory.name} was pruned"
        self.rolled_back.append(directory.name)


def outcomes(success: bool, count: int = 8) -> Outcomes:
    return {problem.claim.id: [success, success] for problem in PANEL.problems[:count]}


@pytest.fixture
def weights() -> Weights:
    return Weights()


@pytest.fixture
def loop(tmp_path: Path, weights: Weights) -> Loop:
    unused: Any = None
    loop = Loop(
        directory=tmp_path,
        config=CONFIG,
        journal=Journal(tmp_path),
        pipeline=unused,
        executor=unused,
        panel=PANEL,
        learner=weights,
        stopwatch=Stopwatch({}),
        minutes=None,
        steps=None,
        stopping=lambda: False,
        say=lambda _: None,
    )
    loop._journal.put("promoted_outcomes", outcomes(True))
    loop._promote(loop._checkpoint())
    return loop


def train(loop: Loop, weights: Weights, until: int, found: Outcomes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "_ask_panel", lambda: found)
    while weights.update < until:
        weights.update += CONFIG.checkpoint_steps
        loop._checkpoint()
        if weights.update % CONFIG.gate_steps == 0:
            loop._gate()


def test_a_policy_that_is_no_worse_is_promoted(loop: Loop, weights: Weights, monkeypatch: pytest.MonkeyPatch) -> None:
    train(loop, weights, 10, outcomes(True), monkeypatch)
    assert loop._journal.get("promoted") == "step-10"
    assert weights.rolled_back == []


def test_weights_can_be_turned_away_again_and_again(
    loop: Loop, weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    train(loop, weights, 40, outcomes(False), monkeypatch)
    assert len(weights.rolled_back) == 4
    assert len(loop._journal.events("promotion")) == 1
    assert loop._journal.get("promoted_outcomes") == outcomes(True)


def test_what_could_not_be_compared_is_not_promoted(
    loop: Loop, weights: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    train(loop, weights, 10, outcomes(True, count=3), monkeypatch)
    assert weights.rolled_back == ["step-0"]
    assert len(loop._journal.events("promotion")) == 1
