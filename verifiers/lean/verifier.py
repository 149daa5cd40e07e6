"""The Lean verifier: an answer is proved when three independent opinions about its compiled form agree.

1. ``submission`` admits the text by words; 2. a box compiles it; 3. a judge process, which runs none of it, reads the
compiled form, compares the statement with a reference compiled without the submission, computes the axioms, and asks
Lean's own kernel and a second one. Lean's exit code, messages and printed axioms can refuse but never accept.
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property

from assay.sandbox import BoxSpec, Limits, Sandbox

from ..claim import Answer, Claim
from ..protocol import Budget
from ..verdict import Evidence, Status, Verdict
from .compile import Compiled, compile_text
from .judge_process import JudgeFailure, JudgeProcess, JudgeWord
from .lean_claim import KIND, LeanClaim, parse_claim
from .references import Reference, References
from .runtime import LeanRuntime, embedded
from .submission import Refused, SourceFile, admit, parse_answer, source_file

NAME, VERSION = "lean", "1"
MEMORY_MB = 2048
RESERVE_MB = 8192
"""Lean reserves several times what it uses, for thread stacks and heap."""
JUDGE_SECONDS = 1.0
"""What the judge is given at least, when compiling used up the budget."""
COMPILED, SOURCE, REFERENCE = "Sub.olean", "Sub.lean", "reference.sha256"

log = logging.getLogger(__name__)


class LeanVerifier:
    """Decides ``lean/theorem/v1`` claims with the embedded Lean (the wheel with our core library), also where a
    toolchain is installed: the judge is bound to that build's file format and kernel."""

    name = NAME
    version = VERSION
    kinds = frozenset([KIND])

    def __init__(self) -> None:
        self._references = References()
        self._lock = threading.Lock()
        self._judge: JudgeProcess | None = None

    @cached_property
    def box(self) -> BoxSpec:
        """Raises PrerequisiteError where no Lean is installed; compiles the core library at its very first use."""
        return BoxSpec(limits=Limits(memory_mb=MEMORY_MB, reserve_mb=RESERVE_MB), mounts=embedded().mounts)

    def check_claim(self, claim: Claim) -> None:
        parse_claim(claim)

    def verify(self, claim: Claim, answer: Answer, budget: Budget, workspace: Sandbox) -> Verdict:
        """Raises ClaimError for a statement that does not elaborate, PrerequisiteError, and the sandbox's errors."""
        start = time.monotonic()
        verdict = self._verify(parse_claim(claim), answer, budget, workspace, self._warm_judge(), self._references)
        return replace(verdict, seconds=time.monotonic() - start)

    def recheck(self, claim: Claim, answer: Answer, evidence: Evidence, workspace: Sandbox) -> Verdict:
        """Compile statement and answer anew and judge them in a fresh process, which also judges the stored file."""
        start = time.monotonic()
        asked, budget, references = parse_claim(claim), Budget(), References()
        judge = JudgeProcess(embedded())
        try:
            verdict = self._verify(asked, answer, budget, workspace, judge, references)
            if verdict.accepted:
                reference = references.get(asked, embedded(), self.box)
                verdict = _recheck_stored(asked, verdict, evidence, reference, judge, budget.seconds)
        finally:
            judge.close()
        return replace(verdict, seconds=time.monotonic() - start)

    def close(self) -> None:
        """End the judge's process. It is started anew when needed."""
        with self._lock:
            if self._judge is not None:
                self._judge.close()
                self._judge = None

    def _warm_judge(self) -> JudgeProcess:
        with self._lock:
            if self._judge is None or not self._judge.alive:
                self._judge = JudgeProcess(embedded())
            return self._judge

    def _verify(
        self,
        asked: LeanClaim,
        answer: Answer,
        budget: Budget,
        workspace: Sandbox,
        judge: JudgeProcess,
        references: References,
    ) -> Verdict:
        try:
            submission = parse_answer(answer)
            admit(submission)
        except Refused as refused:
            return Verdict(refused.status, NAME, refused.reason)
        lean = embedded()
        source = source_file(asked.preamble, asked.statement, submission)
        # Three things at once, where they are not there yet: the reference, the submission, and the judge's start.
        with ThreadPoolExecutor(1) as beside:
            pending = beside.submit(references.get, asked, lean, self.box)
            compiled = compile_text(workspace, lean, source.text, budget.seconds)
            reference = pending.result()
        evidence = {SOURCE: source.text.encode(), REFERENCE: reference.digest.encode()}
        try:
            # Also before a refutation: an answer to a malformed claim is neither right nor wrong.
            references.confirm(asked, reference, judge)
            verdict = _refusal(compiled, source, budget)
            if verdict is None:
                evidence[COMPILED] = compiled.olean
                seconds = max(budget.seconds - compiled.result.seconds, JUDGE_SECONDS)
                verdict = _judged(asked, compiled.olean, reference, judge, seconds)
        except JudgeFailure as failure:
            verdict = Verdict("error", NAME, str(failure))
        return replace(verdict, evidence=evidence, tools=_tools(lean, judge))


def _tools(lean: LeanRuntime, judge: JudgeProcess) -> dict[str, str]:
    return {"lean": lean.version, "lean-build": lean.digest, "lean-core": judge.core_digest, "lean-judge": VERSION}


def _refusal(compiled: Compiled, source: SourceFile, budget: Budget) -> Verdict | None:
    """What the compilation alone says against the answer. None means: let the judge see it."""
    result = compiled.result
    if result.timed_out:
        return Verdict("timeout", NAME, f"Lean took more than {budget.seconds:g} s")
    if result.oom:
        return Verdict("timeout", NAME, f"Lean took more than {MEMORY_MB} MB")
    message = compiled.first_error() or compiled.hole()
    if message is not None:
        status: Status = "timeout" if "(deterministic) timeout" in message.text else "refuted"
        return Verdict(status, NAME, f"{source.place(message.line, message.column)}: {message.first_line}")
    if not compiled.finished:
        said = result.stderr.decode(errors="replace").strip()[-300:]
        return Verdict("error", NAME, f"Lean ended with code {result.returncode} and no message. {said}".strip())
    return None


def _judged(asked: LeanClaim, olean: bytes, reference: Reference, judge: JudgeProcess, seconds: float) -> Verdict:
    """Ask the judge. The only place where a Lean verdict becomes an acceptance. Raises JudgeFailure."""
    return _verdict(asked, judge.judge(olean, reference.olean, asked.name, asked.allowed_axioms, seconds))


def _verdict(asked: LeanClaim, word: JudgeWord) -> Verdict:
    if word.outcome == "proved":
        rests_on = f"axioms: {', '.join(word.axioms)}" if word.axioms else "no axioms"
        return Verdict("proved", NAME, f"{word.reason} ({rests_on})", strength="kernel-checked")
    if word.reason.startswith("kernels disagree"):
        log.error("ALARM: Lean's kernel and ours disagree about %s: %s", asked.name, word.reason)
    return Verdict(word.outcome, NAME, word.reason)


def _recheck_stored(
    asked: LeanClaim,
    verdict: Verdict,
    evidence: Evidence,
    reference: Reference,
    judge: JudgeProcess,
    seconds: float,
) -> Verdict:
    """The stored compiled file must convince the judge as well as the new one does."""
    stored = evidence.get(COMPILED)
    if stored is None:
        return Verdict("error", NAME, f"the stored evidence lacks {COMPILED}")
    try:
        again = _judged(asked, stored, reference, judge, seconds)
    except JudgeFailure as failure:
        return Verdict("error", NAME, str(failure))
    return verdict if again.accepted else replace(again, tools=verdict.tools)
