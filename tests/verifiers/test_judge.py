"""No verifier and no validator, however it misbehaves, turns its misbehaviour into an acceptance."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any, cast

import pytest

from assay.sandbox import BoxSpec, Sandbox, SandboxError
from assay.verifiers import Budget, Claim, Validation, Verdict, Verifier
from assay.verifiers.judge import Judgement, judge

module = sys.modules["assay.verifiers.judge"]
CLAIM = Claim.from_json({"kind": "test/v1"})
ACCEPTS = Verdict("proved", "fake", "said so", strength="bounded")


class Box:
    """Stands for a sandbox; counts how often it was told to stop."""

    def __init__(self, broken: bool = False) -> None:
        self.stopped = 0
        self.broken = broken

    def kill_all(self) -> None:
        self.stopped += 1
        if self.broken:
            raise SandboxError("no answer")


class Fake:
    """A verifier that does as it is told."""

    name, version, kinds, box = "fake", "1", frozenset({"test/v1"}), BoxSpec()

    def __init__(self, act: Callable[[], Any]) -> None:
        self.act = act

    def check_claim(self, claim: Claim) -> None: ...

    def verify(self, *_: Any) -> Any:
        return self.act()

    recheck = verify


class FakeValidator:
    """A validator that does as it is told."""

    version, kinds = "1", frozenset({"test/v1"})

    def __init__(self, on_claim: Callable[[], Any], on_answer: Callable[[], Any], name: str = "watch") -> None:
        self.on_claim, self.on_answer, self.name = on_claim, on_answer, name

    def validate_claim(self, *_: Any) -> Any:
        return self.on_claim()

    def validate_answer(self, *_: Any) -> Any:
        return self.on_answer()


def content(name: str = "watch") -> Validation:
    return Validation(name, vetoed=False)


def veto() -> Validation:
    return Validation("watch", vetoed=True, reason="too easy")


def boom(problem: BaseException) -> Any:
    raise problem


def run(act: Callable[[], Any], box: Box | None = None, seconds: float = 5.0, claim: Claim = CLAIM) -> Judgement:
    verifier = cast(Verifier, Fake(act))
    return judge(claim, "answer", Budget(seconds=seconds), cast(Sandbox, box or Box()), verifier=verifier)


@pytest.fixture
def validators(monkeypatch: pytest.MonkeyPatch) -> list[FakeValidator]:
    listed: list[FakeValidator] = []
    monkeypatch.setattr(module, "validators_for", lambda kind: listed)
    return listed


def test_an_acceptance_that_nobody_vetoes_stands(validators: list[FakeValidator]) -> None:
    validators.append(FakeValidator(content, content))
    judgement = run(lambda: ACCEPTS)
    assert judgement.accepted
    assert judgement.final == judgement.verdict
    assert judgement.validations == (content(),)


@pytest.mark.parametrize(
    "problem",
    [ValueError("no"), SystemExit(0), KeyboardInterrupt(), SandboxError("gone"), RecursionError(), MemoryError()],
)
def test_whatever_a_verifier_raises_is_an_error(problem: BaseException) -> None:
    judgement = run(lambda: boom(problem))
    assert judgement.final.status == "error"
    assert type(problem).__name__ in judgement.final.reason


@pytest.mark.parametrize(
    "returned",
    [None, True, "proved", {"status": "proved"}, Verdict("proved", "another", "borrowed", strength="bounded")],
    ids=lambda value: type(value).__name__,
)
def test_only_a_verdict_of_that_verifier_counts(returned: object) -> None:
    assert run(lambda: returned).final.status == "error"


def test_a_subclass_of_verdict_does_not_count(validators: list[FakeValidator]) -> None:
    class Generous(Verdict):
        @property
        def accepted(self) -> bool:
            return True

    assert not run(lambda: Generous("refuted", "fake", "wrong")).accepted
    assert run(lambda: ACCEPTS).accepted


def test_a_verifier_is_not_asked_about_kinds_it_does_not_know() -> None:
    judgement = run(lambda: ACCEPTS, claim=Claim.from_json({"kind": "other/v1"}))
    assert judgement.final.status == "error"


def test_a_kind_that_nobody_knows_is_an_error() -> None:
    assert judge(CLAIM, "answer", Budget(), cast(Sandbox, Box())).final.status == "error"


@pytest.mark.parametrize("broken", [False, True])
def test_a_verifier_that_does_not_return_times_out_and_its_box_is_stopped(
    monkeypatch: pytest.MonkeyPatch, broken: bool
) -> None:
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.05)
    box, release = Box(broken), threading.Event()
    try:
        judgement = run(lambda: release.wait(30) and ACCEPTS, box, seconds=0.05)
    finally:
        release.set()
    assert judgement.final.status == "timeout"
    assert box.stopped == 1


def test_seconds_are_measured_by_the_judge() -> None:
    judgement = run(lambda: Verdict("refuted", "fake", "wrong", seconds=1e9))
    assert judgement.final.seconds < 5


def test_a_veto_turns_an_acceptance_into_a_cheat(validators: list[FakeValidator]) -> None:
    validators.append(FakeValidator(content, veto))
    judgement = run(lambda: ACCEPTS)
    assert not judgement.accepted
    assert judgement.verdict.status == "proved"
    assert (judgement.final.status, judgement.final.strength) == ("cheat", None)
    assert judgement.final.reason == "vetoed by watch: too easy"


def test_a_veto_of_the_claim_is_enough(validators: list[FakeValidator]) -> None:
    validators.append(FakeValidator(veto, lambda: boom(AssertionError("not asked"))))
    assert run(lambda: ACCEPTS).final.status == "cheat"


def test_validators_cannot_accept_what_was_refuted(validators: list[FakeValidator]) -> None:
    validators.append(FakeValidator(lambda: boom(AssertionError("not asked")), content))
    assert run(lambda: Verdict("refuted", "fake", "wrong")).final.status == "refuted"


@pytest.mark.parametrize(
    "said", [None, True, Validation("another", vetoed=False)], ids=lambda value: type(value).__name__
)
def test_a_validator_that_says_nothing_of_its_own_leaves_no_acceptance(
    validators: list[FakeValidator], said: object
) -> None:
    validators.append(FakeValidator(content, lambda: said))
    assert run(lambda: ACCEPTS).final.status == "error"


@pytest.mark.parametrize("problem", [ValueError("no"), SystemExit(0)])
def test_a_validator_that_fails_leaves_no_acceptance(validators: list[FakeValidator], problem: BaseException) -> None:
    validators.append(FakeValidator(content, content))
    validators.append(FakeValidator(lambda: boom(problem), content, "second"))
    judgement = run(lambda: ACCEPTS)
    assert not judgement.accepted
    assert judgement.final.status == "error"
    assert "validator second failed" in judgement.final.reason


def test_a_validator_that_does_not_return_leaves_no_acceptance(
    monkeypatch: pytest.MonkeyPatch, validators: list[FakeValidator]
) -> None:
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.05)
    release = threading.Event()
    validators.append(FakeValidator(lambda: release.wait(30) and content(), content))
    try:
        judgement = run(lambda: ACCEPTS, seconds=0.05)
    finally:
        release.set()
    assert judgement.final.status == "error"


def test_missing_safeguards_leave_no_acceptance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "validators_for", lambda kind: boom(RuntimeError("does not load")))
    assert run(lambda: ACCEPTS).final.status == "error"
