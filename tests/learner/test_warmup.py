from pathlib import Path

import pytest

from assay.learner.checkpoint import CheckpointError
from assay.learner.policy import NanoConfig, Policy
from assay.learner.warmup import Example, Progress, WarmupConfig, warm_up

TINY = NanoConfig(hidden=32, layers=2, heads=2, context=64)
SHORT = WarmupConfig(steps=8, batch=16, seconds=None)
EXAMPLES = [Example(f"{a}+{b}=", str(a + b)) for a in range(10) for b in range(10)]


def fresh() -> Policy:
    return Policy.new(TINY, seed=0)


def test_warm_up_is_the_same_for_the_same_seed_and_differs_for_another(tmp_path: Path) -> None:
    first = warm_up(fresh(), EXAMPLES, SHORT, tmp_path / "a").policy.version
    second = warm_up(fresh(), EXAMPLES, SHORT, tmp_path / "b").policy.version
    other = warm_up(fresh(), EXAMPLES, WarmupConfig(steps=8, batch=16, seconds=None, seed=1), tmp_path / "c")
    assert first == second
    assert other.policy.version != first


def test_warm_up_lowers_the_loss_and_reports_every_step(tmp_path: Path) -> None:
    seen: list[Progress] = []
    warm_up(fresh(), EXAMPLES, WarmupConfig(steps=40, batch=32, lr=5e-3, seconds=None), tmp_path, seen.append)
    assert [progress.step for progress in seen] == list(range(1, 41))
    assert seen[-1].loss < seen[0].loss / 2


def test_a_second_warm_up_comes_from_the_cache(tmp_path: Path) -> None:
    first = warm_up(fresh(), EXAMPLES, SHORT, tmp_path)
    seen: list[Progress] = []
    second = warm_up(fresh(), EXAMPLES, SHORT, tmp_path, seen.append)
    assert not first.cached
    assert second.cached
    assert seen == []
    assert second.policy.version == first.policy.version


def test_other_data_config_or_starting_weights_are_not_answered_from_the_cache(tmp_path: Path) -> None:
    warm_up(fresh(), EXAMPLES, SHORT, tmp_path)
    assert not warm_up(fresh(), EXAMPLES[1:], SHORT, tmp_path).cached
    assert not warm_up(fresh(), EXAMPLES, WarmupConfig(steps=7, batch=16, seconds=None), tmp_path).cached
    assert not warm_up(Policy.new(TINY, seed=1), EXAMPLES, SHORT, tmp_path).cached


def test_a_warm_up_that_dies_leaves_nothing_that_looks_like_a_cache(tmp_path: Path) -> None:
    def die(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        warm_up(fresh(), EXAMPLES, SHORT, tmp_path, die)
    assert not list(tmp_path.glob("warmup-*"))
    assert not warm_up(fresh(), EXAMPLES, SHORT, tmp_path).cached


def test_a_damaged_cache_says_what_to_delete(tmp_path: Path) -> None:
    warmed = warm_up(fresh(), EXAMPLES, SHORT, tmp_path)
    (warmed.directory / "config.json").unlink()
    with pytest.raises(CheckpointError, match="delete it"):
        warm_up(fresh(), EXAMPLES, SHORT, tmp_path)


def test_the_time_budget_ends_a_warm_up_early(tmp_path: Path) -> None:
    seen: list[Progress] = []
    warm_up(fresh(), EXAMPLES, WarmupConfig(steps=10**6, batch=16, seconds=0.3), tmp_path, seen.append)
    assert 0 < len(seen) < 10**6
