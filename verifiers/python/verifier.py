"""The verifier of ``python/function/v1``: property testing with the oracle on one side and the candidate on the other.

The answer is read by the language's allow-list, then called in the box on inputs that are chosen after it is in; the
trusted process judges each returned value. A second fresh process then gets the same inputs in another order, which
shows answers that keep state or play dice. What is never done here: importing, evaluating or otherwise running the
answer in this process; and proving. ``passed`` says that so many inputs were right, no more, and a claim that asks for
a proof gets ``unknown``.
"""

from __future__ import annotations

import random
import secrets
import time

from assay.sandbox import BoxSpec, Sandbox
from assay.verifiers.claim import Answer, Claim
from assay.verifiers.protocol import Budget
from assay.verifiers.verdict import Evidence, Status, Strength, Verdict

from .claim import KIND, FunctionClaim, parse_claim
from .evidence import Sample, pack, unpack
from .inputs import choose_inputs
from .language import Program, Refusal, read_answer
from .oracle import Finding
from .sampling import hypothesis_version
from .trial import Trial


class PythonVerifier:
    """See the module. Stateless; one instance serves any number of threads."""

    name = "python"
    version = "1"
    kinds = frozenset({KIND})
    box = BoxSpec()

    def check_claim(self, claim: Claim) -> None:
        """Raise ClaimError if the claim is malformed or contradicts its own examples."""
        parse_claim(claim)

    def verify(self, claim: Claim, answer: Answer, budget: Budget, workspace: Sandbox) -> Verdict:
        """Judge ``answer``. Raises ClaimError for a bad claim and lets sandbox errors through."""
        parsed = parse_claim(claim)
        program = read_answer(answer, parsed.name, len(parsed.parameters))
        if isinstance(program, Refusal):
            return Verdict(program.status, self.name, program.reason)
        sample = Sample(secrets.randbits(63), budget.examples, ())
        return _judge(parsed, program, budget, workspace, sample)

    def recheck(self, claim: Claim, answer: Answer, evidence: Evidence, workspace: Sandbox) -> Verdict:
        """Judge again: the stored inputs, and a sample from the stored seed."""
        parsed = parse_claim(claim)
        program = read_answer(answer, parsed.name, len(parsed.parameters))
        if isinstance(program, Refusal):
            return Verdict(program.status, self.name, program.reason)
        try:
            sample = unpack(evidence, parsed)
        except ValueError as error:
            return Verdict("error", self.name, f"the stored evidence cannot be used: {error}")
        return _judge(parsed, program, Budget(examples=sample.examples), workspace, sample)


def _judge(claim: FunctionClaim, program: Program, budget: Budget, workspace: Sandbox, sample: Sample) -> Verdict:
    started = time.monotonic()
    inputs = choose_inputs(claim, program, sample.seed, sample.examples, sample.inputs)
    count = len(inputs.calls)
    finding: Finding | None = Finding("unknown", f"only {count} inputs were found that satisfy requires")
    if inputs.exhaustive and not count:
        finding = Finding("cheat", "vacuous: no input satisfies requires")
    elif inputs.enough:
        trial = Trial(claim, program, workspace, deadline=started + budget.seconds)
        finding = trial.run(inputs.calls, random.Random(sample.seed))
    status: Status
    strength: Strength | None = None
    if finding is not None:
        status, reason = finding.status, finding.reason
    elif claim.assurance == "proved":
        status, reason = "unknown", f"right on {count} inputs, but the claim asks for a proof"
    elif inputs.exhaustive:
        status, strength, reason = "passed", "bounded", f"right on all {count} inputs"
    else:
        status, strength, reason = "passed", "sampled", f"right on {count} inputs"
    shown = (finding.args,) if finding is not None and finding.args is not None else ()
    tried = Sample(sample.seed, sample.examples, shown + inputs.calls)
    return Verdict(
        status,
        PythonVerifier.name,
        reason,
        strength,
        pack(tried, finding.reason if finding is not None else ""),
        tools={
            "python-oracle": PythonVerifier.version,
            "hypothesis": hypothesis_version(),
            "box": workspace.image_digest,
        },
        seed=sample.seed,
        used={"examples": count},
        seconds=time.monotonic() - started,
    )
