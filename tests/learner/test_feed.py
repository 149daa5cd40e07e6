from dataclasses import replace

import pytest

from assay.learner import CHEAT_REWARD, FeedBatch, Group, Sample, UncertifiedReward, group_rewards, reward
from assay.learner.feed import check_batch
from assay.verifiers import Status
from assay.verifiers.verdict import STATUSES

GOOD = Sample((5, 2), (-0.1, -0.2), 1.0, certificate="c1")
BAD = Sample((6, 2), (-0.3, -0.4), 0.0)
GROUP = Group("problem", (1, 4), (GOOD, BAD))


def check(*samples: Sample) -> None:
    check_batch(FeedBatch(1, (replace(GROUP, samples=samples),)), groups=1, group_size=len(samples))


def test_a_certified_group_is_let_through() -> None:
    check(GOOD, BAD)


@pytest.mark.parametrize("certificate", [None, ""])
def test_a_positive_reward_without_a_certificate_is_refused(certificate: str | None) -> None:
    with pytest.raises(UncertifiedReward, match="certify it first"):
        check(replace(GOOD, certificate=certificate), BAD)


@pytest.mark.parametrize("value", [0.5, 2.0, float("nan"), float("inf"), -1.0])
def test_a_number_that_is_no_verdicts_reward_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="is no reward"):
        check(GOOD, replace(BAD, reward=value))


def test_a_group_without_signal_is_refused() -> None:
    with pytest.raises(ValueError, match="all rewards are equal"):
        check(BAD, BAD)


def test_missing_groups_and_missing_samples_are_refused() -> None:
    with pytest.raises(ValueError, match="exactly 2 per update"):
        check_batch(FeedBatch(1, (GROUP,)), groups=2, group_size=2)
    with pytest.raises(ValueError, match="2 samples, not 8"):
        check_batch(FeedBatch(1, (GROUP,)), groups=1, group_size=8)


@pytest.mark.parametrize("logprobs", [(), (-0.1,), (-0.1, -0.2, -0.3)])
def test_tokens_without_their_log_probabilities_are_refused(logprobs: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="one log-probability"):
        check(replace(GOOD, logprobs=logprobs), BAD)


def test_only_acceptance_refutation_and_cheating_have_a_reward() -> None:
    rewards = {status: reward(status) for status in STATUSES}
    nothing = {"unknown": None, "timeout": None, "error": None}
    assert rewards == {"proved": 1.0, "passed": 1.0, "refuted": 0.0, "cheat": CHEAT_REWARD} | nothing
    assert CHEAT_REWARD < 0


@pytest.mark.parametrize("status", ["unknown", "timeout", "error"])
def test_a_verdict_about_the_checker_drops_the_whole_group(status: Status) -> None:
    assert group_rewards(["proved", status]) is None
    assert group_rewards(["proved", "refuted"]) is not None


def test_a_group_keeps_the_order_of_its_verdicts() -> None:
    assert group_rewards(["refuted", "proved", "cheat"]) == (0.0, 1.0, CHEAT_REWARD)
