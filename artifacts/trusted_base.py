"""What a reader has to trust, and what was shown, derived from a verdict's status, strength and tools.

The sentences never say more than the verdict: tests that passed are tests that passed. They are part of what is signed,
so that a certificate cannot be shown without them.
"""

from __future__ import annotations

from collections.abc import Mapping

from assay.verifiers import JSON, Claim

SHOWN: dict[tuple[str, str], str] = {
    ("proved", "kernel-checked"): "A proof of the claim was checked by a proof kernel.",
    ("proved", "solvers-agree"): "Independent solvers agree that the answer settles the claim.",
    (
        "proved",
        "single-solver",
    ): "One solver found that the answer settles the claim, and nothing confirmed it.",
    ("proved", "bounded"): "The claim holds for every input within the bound that the verdict names, and no further.",
    ("passed", "bounded"): "Every test within the bound that the verdict names passed. This is no proof.",
    ("passed", "sampled"): "The sampled tests passed. This is no proof: inputs that were not sampled were not tried.",
}

_STRENGTH: dict[str, str] = {
    "kernel-checked": "the proof kernel, and the axioms that the claim allows",
    "solvers-agree": "that the solvers do not share a fault that shows on this claim",
    "single-solver": "the one solver, which has no second opinion here",
    "bounded": "that the bound covers the cases that matter to the reader",
    "sampled": "that the sampled inputs are representative",
}


def shown(status: str, strength: str) -> str:
    """One sentence: what an accepted verdict of this strength shows."""
    return SHOWN[status, strength]


def trusted_base(claim: Claim, strength: str, verifier: str, version: str, tools: Mapping[str, str]) -> list[JSON]:
    """What had to be trusted for this verdict, most specific first."""
    base: list[JSON] = [_STRENGTH[strength]]
    axioms = claim.body.get("allowed_axioms")
    if strength == "kernel-checked" and isinstance(axioms, list):
        base.append("axioms: " + (", ".join(map(str, axioms)) or "none"))
    base.extend(f"tool: {name} {pin}" for name, pin in sorted(tools.items()))
    base.append(f"the verifier {verifier} {version}, which turned the claim and the answer into what the tools decided")
    base.append("the sandbox and its image, in which candidate code could not reach the verifier")
    base.append("the holder of the signing key, who ran all this")
    return base


NOT_GUARANTEED: tuple[str, ...] = (
    "that the claim says what its reader has in mind: read the claim itself",
    "anything about inputs outside the claim's own preconditions",
    "running time, memory, readability or safety of the answer, unless the claim speaks of them",
    "that the signer was honest: re-run the verdict (audit --level rerun) to need no one's word",
)
"""What no certificate shows, whatever its strength."""
