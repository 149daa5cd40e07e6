"""Audit level rerun: what a second verdict may say, and what each answer of the verifier counts as."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from assay.artifacts import AuditReport, Certification, Recheck, Store, audit, recheck_in
from assay.verifiers import Answer, Claim, Evidence, PrerequisiteError, Verdict

Make = Callable[..., Certification]


def rerun(folder: Path, recheck: Recheck) -> AuditReport:
    return audit(folder, level="rerun", recheck=recheck)


def always(verdict: Verdict) -> Recheck:
    return lambda name, claim, answer, evidence: verdict


def test_the_verifier_gets_exactly_what_was_certified_and_a_reproduced_verdict_is_clean(
    folder: Path, make: Make
) -> None:
    asked: dict[str, tuple[str, Answer, Evidence]] = {}

    def recheck(name: str, claim: Claim, answer: Answer, evidence: Evidence) -> Verdict:
        asked[claim.id] = (name, answer, dict(evidence))
        return Verdict("proved", "smt", "again", "solvers-agree")

    report = rerun(folder, recheck)
    assert (report.exit_code, report.checked) == (0, 3)
    wanted = [make(0), make(1), make(2)]
    assert asked == {c.claim.id: ("smt", c.answer, dict(c.verdict.evidence)) for c in wanted}


@pytest.mark.parametrize(
    ("verdict", "bit"),
    [
        (Verdict("proved", "smt", "", "solvers-agree"), 0),
        (Verdict("proved", "smt", "only one solver now", "single-solver"), 8),
        (Verdict("passed", "smt", "tests are no proof", "sampled"), 8),
        (Verdict("refuted", "smt", "a counterexample"), 8),
        (Verdict("cheat", "smt", "tampered"), 8),
        (Verdict("unknown", "smt", "gave up"), 4),
        (Verdict("timeout", "smt", "slow machine"), 4),
        (Verdict("error", "smt", "the box died"), 4),
    ],
)
def test_only_the_same_status_and_strength_reproduces_a_verdict(folder: Path, verdict: Verdict, bit: int) -> None:
    report = rerun(folder, always(verdict))
    assert report.exit_code == bit
    assert len(report.findings) == (3 if bit else 0)


@pytest.mark.parametrize("error", [PrerequisiteError("no solver"), LookupError("no verifier"), ValueError("bug")])
def test_a_rerun_that_breaks_off_is_uncheckable_and_never_a_disagreement(folder: Path, error: Exception) -> None:
    def recheck(name: str, claim: Claim, answer: Answer, evidence: Evidence) -> Verdict:
        raise error

    report = rerun(folder, recheck)
    assert report.exit_code == 4
    assert str(error) in report.uncheckable[0].problem


def test_what_is_corrupt_is_not_rerun(folder: Path) -> None:
    with Store.open(folder, read_only=True) as store:
        certificate = store.get(store.ids()[0])
    (folder / "blobs" / "sha256" / certificate.answer_digest[:2] / certificate.answer_digest).write_text("forged")
    seen: list[Answer] = []

    def recheck(name: str, claim: Claim, answer: Answer, evidence: Evidence) -> Verdict:
        seen.append(answer)
        return Verdict("proved", "smt", "", "solvers-agree")

    assert rerun(folder, recheck).exit_code == 1
    assert len(seen) == 2


def test_certificates_with_the_same_claim_answer_and_evidence_share_one_run(tmp_path: Path, make: Make) -> None:
    with Store.open(tmp_path / "store", create=True) as store:
        store.certify_many([make(0, attempt=f"attempt-{n}") for n in range(5)] + [make(1)])
    runs: list[str] = []
    guard = threading.Lock()

    def recheck(name: str, claim: Claim, answer: Answer, evidence: Evidence) -> Verdict:
        with guard:
            runs.append(claim.id)
        return Verdict("refuted", "smt", "no")

    report = rerun(tmp_path / "store", recheck)
    assert sorted(runs) == sorted([make(0).claim.id, make(1).claim.id])
    assert (report.checked, len(report.disagree)) == (6, 6)


def test_progress_is_told_to_the_end(folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    audit(
        folder,
        level="rerun",
        recheck=always(Verdict("proved", "smt", "", "solvers-agree")),
        progress=lambda *step: told.append(step),
    )
    assert ("certificates", 3, 3) in told
    assert told[-1] == ("rerun", 3, 3)


def test_a_rerun_without_a_verifier_is_refused_and_not_skipped(folder: Path) -> None:
    with pytest.raises(ValueError, match="recheck_in"):
        audit(folder, level="rerun")


def test_a_fresh_box_is_opened_for_each_run_and_closed(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    boxes: list[str] = []

    class Fake:
        box = "the box that this verifier asks for"

        def recheck(self, claim: Claim, answer: Answer, evidence: Evidence, workspace: Any) -> Verdict:
            return Verdict("proved", "smt", f"in {workspace}", "solvers-agree")

    class Opened(nullcontext[str]):
        def __exit__(self, *error: object) -> None:
            boxes.append("closed")

    def open_box(spec: str) -> AbstractContextManager[str]:
        boxes.append(spec)
        return Opened("a box")

    monkeypatch.setattr("assay.verifiers.registry.verifier_named", lambda name: Fake())
    assert rerun(folder, recheck_in(open_box)).exit_code == 0
    assert sorted(boxes) == ["closed"] * 3 + [Fake.box] * 3
