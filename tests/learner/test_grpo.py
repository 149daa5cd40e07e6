import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from assay.learner import Feed, FeedBatch, Group, Sample, UncertifiedReward
from assay.learner.grpo import GRPOSettings, Learner, StepReport
from assay.learner.policy import Policy

from .conftest import Sums

pytestmark = [pytest.mark.training, pytest.mark.filterwarnings("ignore:.is_gradient_checkpointing")]

SETTINGS = GRPOSettings(groups=4, group_size=4, iterations=2, lr=1e-3)


def attempt(policy: Policy, sums: Sums, prompt: str, size: int, seed: int) -> Group:
    (completions,) = policy.generate([prompt], group_size=size, max_new_tokens=4, seeds=[seed])
    samples = []
    for completion in completions:
        right = completion.text == sums.answer(prompt)
        samples.append(Sample(completion.ids, completion.logprobs, float(right), "certificate" if right else None))
    return Group(prompt, policy.encode(prompt), tuple(samples))


def batches(policy: Policy, sums: Sums, settings: GRPOSettings, seed: int) -> Iterator[FeedBatch]:
    """Endless batches of groups with signal, sampled from ``policy`` as it is when each batch is asked for."""
    draw, seq = random.Random(seed), 0
    while True:
        groups: list[Group] = []
        while len(groups) < settings.groups:
            prompt = sums.prompts(1, draw.randrange(10**9))[0]
            group = attempt(policy, sums, prompt, settings.group_size, draw.randrange(10**9))
            groups += [group] if group.has_signal else []
        seq += 1
        yield FeedBatch(seq, tuple(groups))


def feed_of(source: list[FeedBatch]) -> Feed:
    waiting = iter(source)
    return lambda: next(waiting, None)


@pytest.fixture
def recorded(half_taught: Policy, sums: Sums) -> list[FeedBatch]:
    source = batches(half_taught, sums, SETTINGS, seed=1)
    return [next(source) for _ in range(6)]


def test_success_rises_by_training_on_verified_groups(half_taught: Policy, sums: Sums) -> None:
    settings = GRPOSettings(groups=8, group_size=8, iterations=2, lr=1e-3)

    def success() -> float:
        prompts = sums.prompts(40, seed=9)
        groups = half_taught.generate(prompts, group_size=16, max_new_tokens=4, seeds=range(40))
        right = [c.text == sums.answer(prompt) for prompt, g in zip(prompts, groups, strict=True) for c in g]
        return sum(right) / len(right)

    before = success()
    source = batches(half_taught, sums, settings, seed=2)
    learner = Learner(half_taught, settings)
    learner.train(lambda: next(source) if learner.update < 40 else None)
    assert success() > before + 0.1


def test_every_optimizer_step_is_reported(half_taught: Policy, recorded: list[FeedBatch]) -> None:
    reports: list[StepReport] = []
    learner = Learner(half_taught, SETTINGS, reports.append)
    learner.train(feed_of(recorded[:2]))
    assert [(report.update, report.iteration) for report in reports] == [(1, 1), (1, 2), (2, 1), (2, 2)]
    rewards = [sample.reward for group in recorded[0].groups for sample in group.samples]
    assert reports[0].reward == pytest.approx(sum(rewards) / len(rewards))
    assert all(report.grad_norm > 0 and report.entropy > 0 for report in reports)
    assert (learner.update, learner.feed_seq) == (2, 2)


def test_sampling_and_training_agree_on_log_probabilities(half_taught: Policy, recorded: list[FeedBatch]) -> None:
    """The first step on fresh samples must see no drift: else generation and training compute different policies."""
    reports: list[StepReport] = []
    Learner(half_taught, SETTINGS, reports.append).train(feed_of(recorded[:1]))
    assert abs(reports[0].kl) < 1e-5
    assert reports[0].clipped == 0
    assert abs(reports[1].kl) > 1e-4


def test_the_ratio_is_taken_against_the_sampling_log_probabilities(
    half_taught: Policy, recorded: list[FeedBatch]
) -> None:
    """Log-probabilities recorded half a nat too low put every ratio above the clip of positive advantages."""
    groups = tuple(
        replace(g, samples=tuple(replace(s, logprobs=tuple(x - 0.5 for x in s.logprobs)) for s in g.samples))
        for g in recorded[0].groups
    )
    reports: list[StepReport] = []
    Learner(half_taught, SETTINGS, reports.append).train(feed_of([FeedBatch(1, groups)]))
    assert reports[0].kl == pytest.approx(-0.5, abs=1e-3)
    assert reports[0].clipped > 0


def test_an_uncertified_reward_stops_the_training_before_any_step(
    half_taught: Policy, recorded: list[FeedBatch]
) -> None:
    before = half_taught.version
    group = recorded[0].groups[0]
    stripped = replace(group, samples=tuple(replace(sample, certificate=None) for sample in group.samples))
    forged = FeedBatch(1, (stripped, *recorded[0].groups[1:]))
    with pytest.raises(UncertifiedReward):
        Learner(half_taught, SETTINGS).train(feed_of([forged]))
    assert half_taught.version == before
    Learner(half_taught, SETTINGS).train(feed_of([recorded[0]]))
    assert half_taught.version != before, "the certified twin of the batch must train"


def test_an_error_in_the_feed_passes_through(half_taught: Policy) -> None:
    def feed() -> FeedBatch:
        raise OSError("the journal is gone")

    with pytest.raises(OSError, match="the journal is gone"):
        Learner(half_taught, SETTINGS).train(feed)


def test_a_resumed_run_ends_with_the_weights_of_an_unbroken_one(
    half_taught: Policy, recorded: list[FeedBatch], tmp_path: Path
) -> None:
    half_taught.save(tmp_path / "start")
    unbroken = Learner(Policy.load(tmp_path / "start"), SETTINGS)
    unbroken.train(feed_of(recorded))

    first = Learner(Policy.load(tmp_path / "start"), SETTINGS)
    waiting = iter(recorded)

    def three_then_save() -> FeedBatch | None:
        if first.update < 3:
            return next(waiting)
        first.save(tmp_path / "checkpoints", {})
        return None

    first.train(three_then_save)
    torch.manual_seed(12345)  # a new process has other random numbers
    second = Learner.resume(tmp_path / "checkpoints" / "step-3", SETTINGS)
    assert (second.update, second.feed_seq) == (3, 3)
    second.train(feed_of(recorded[3:]))

    assert first.policy.version != unbroken.policy.version
    assert second.policy.version == unbroken.policy.version
    assert (second.update, second.feed_seq) == (6, 6)


def test_rolling_back_takes_the_weights_and_leaves_the_position_in_the_feed(
    half_taught: Policy, recorded: list[FeedBatch], tmp_path: Path
) -> None:
    learner = Learner(half_taught, SETTINGS)
    promoted = learner.save(tmp_path, {})
    version = half_taught.version
    learner.train(feed_of(recorded[:2]))
    assert half_taught.version != version
    learner.roll_back(promoted)
    assert half_taught.version == version
    assert (learner.update, learner.feed_seq) == (2, 2)


def test_saving_in_the_middle_of_an_update_is_refused(
    half_taught: Policy, recorded: list[FeedBatch], tmp_path: Path
) -> None:
    learner = Learner(half_taught, SETTINGS, on_step=lambda _: learner.save(tmp_path, {}) and None)
    with pytest.raises(RuntimeError, match="middle of an update"):
        learner.train(feed_of(recorded))
