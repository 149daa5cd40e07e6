"""How two opinions become one finding, and how the judge's process behaves when something in it breaks."""

from __future__ import annotations

import os
import signal

import pytest

from assay.verifiers.lean.judge.opinions import Opinion, Word, agree
from assay.verifiers.lean.judge_process import JudgeFailure, JudgeProcess
from assay.verifiers.lean.runtime import LeanRuntime

YES: Word = "accepts"
NO: Word = "refuses"
BUDGET: Word = "no opinion: budget"
UNSUPPORTED: Word = "no opinion: unsupported"


@pytest.mark.parametrize(
    ("lean_says", "ours", "outcome"),
    [
        (YES, YES, "proved"),
        (YES, NO, "unknown"),
        (NO, YES, "unknown"),
        (NO, NO, "cheat"),
        (NO, BUDGET, "cheat"),
        (NO, UNSUPPORTED, "cheat"),
        (YES, BUDGET, "timeout"),
        (BUDGET, YES, "timeout"),
        (BUDGET, NO, "timeout"),
        (BUDGET, BUDGET, "timeout"),
        (BUDGET, UNSUPPORTED, "timeout"),
        (YES, UNSUPPORTED, "unknown"),
    ],
)
def test_only_two_acceptances_make_a_proof(lean_says: Word, ours: Word, outcome: str) -> None:
    finding = agree(Opinion(lean_says, "why"), Opinion(ours, "why"), ())
    assert finding.outcome == outcome
    assert finding.reason.startswith("kernels disagree") == ({lean_says, ours} == {YES, NO})


def test_bytes_that_are_no_module_are_refused(judge: JudgeProcess) -> None:
    assert judge.check_reference(b"olean", "t", 5.0).outcome == "error"


def test_a_killed_judge_is_a_failure_and_no_verdict(lean: LeanRuntime) -> None:
    process = JudgeProcess(lean)
    assert process.check_reference(b"", "t", 5.0).outcome == "error"
    os.kill(process._process.pid, signal.SIGKILL)
    with pytest.raises(JudgeFailure):
        process.check_reference(b"", "t", 5.0)
    assert not process.alive
    process.close()
