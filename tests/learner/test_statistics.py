from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.learner import decide, paired_difference, pass_at_k, wilson_interval


def test_wilson_agrees_with_a_published_value() -> None:
    # Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
    interval = wilson_interval(81, 263)
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.2553, 0.3662)


@given(st.integers(0, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_wilson_interval_holds_the_rate_and_stays_within_zero_and_one(counts: tuple[int, int]) -> None:
    interval = wilson_interval(*counts)
    assert 0 <= interval.low <= interval.rate + 1e-12
    assert interval.rate - 1e-12 <= interval.high <= 1


def test_pass_at_k_is_the_share_of_subsets_with_a_success() -> None:
    outcomes = [1, 1, 0, 0, 0, 0]
    for k in range(1, 7):
        subsets = list(combinations(outcomes, k))
        assert pass_at_k(6, 2, k) == pytest.approx(sum(map(any, subsets)) / len(subsets))


def test_a_paired_difference_has_the_textbook_standard_error() -> None:
    difference = paired_difference([0, 1, 0, 1], [1, 1, 1, 0])
    assert difference.mean == pytest.approx(0.25)
    assert difference.se == pytest.approx((11 / 12) ** 0.5 / 2)


def test_unpaired_lists_are_refused() -> None:
    with pytest.raises(ValueError, match="same problems"):
        paired_difference([0], [0, 1])


def test_a_candidate_that_forgot_is_turned_away() -> None:
    decision = decide([1] * 30 + [0] * 10, [0] * 15 + [1] * 15 + [0] * 10)
    assert not decision.promote
    assert "worse" in decision.reason


@pytest.mark.parametrize(
    ("promoted", "candidate"),
    [
        ([1] * 20 + [0] * 20, [1] * 20 + [0] * 20),
        ([1] * 20 + [0] * 20, [1] * 30 + [0] * 10),
        ([1] * 20 + [0] * 20, [0] + [1] * 19 + [1] + [0] * 19),
        ([1] * 20 + [0] * 20, [0] + [1] * 19 + [0] * 20),
    ],
    ids=["equal", "better", "different but as good", "one worse of forty, which is noise"],
)
def test_a_candidate_that_is_not_clearly_worse_is_promoted(promoted: list[int], candidate: list[int]) -> None:
    assert decide(promoted, candidate).promote


def test_a_fall_on_every_problem_is_no_noise_although_its_error_is_zero() -> None:
    assert not decide([1] * 10, [0] * 10).promote


def test_too_few_pairs_or_other_values_are_refused() -> None:
    with pytest.raises(ValueError, match="at least"):
        decide([1] * 7, [1] * 7)
    with pytest.raises(ValueError, match="leave problems without a verdict out"):
        decide([2] * 10, [1] * 10)
