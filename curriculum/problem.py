"""A problem: a claim together with how it is posed and where it stands in the curriculum."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from assay.verifiers import Answer, Budget, Claim


@dataclass(frozen=True)
class Problem:
    """``skill`` is a node of the skill graph ("A.linear"), ``level`` >= 1 its difficulty, ``seed`` what the family drew
    it from (the same family, level and seed always give the same problem). ``reference`` is an answer known to be
    right; it stays on the trusted side and never enters a box or a prompt. ``held_out`` problems are never trained on.
    """

    claim: Claim
    prompt: str
    family: str
    skill: str
    level: int
    seed: int
    reference: Answer | None = None
    budget: Budget = field(default_factory=Budget)
    held_out: bool = False

    @property
    def cell(self) -> str:
        """The unit the sampler keeps statistics for: "A.linear/1"."""
        return f"{self.skill}/{self.level}"

    def to_json(self) -> dict[str, Any]:
        """Everything, the reference included: for the journal, never for a box."""
        return {
            "claim": dict(self.claim.body),
            "prompt": self.prompt,
            "family": self.family,
            "skill": self.skill,
            "level": self.level,
            "seed": self.seed,
            "reference": self.reference,
            "budget": vars(self.budget),
            "held_out": self.held_out,
        }

    @staticmethod
    def from_json(value: dict[str, Any]) -> Problem:
        """Inverse of ``to_json``."""
        fields = dict(value)
        fields["claim"] = Claim.from_json(fields["claim"])
        fields["budget"] = Budget(**fields["budget"])
        return Problem(**fields)


class Family(Protocol):
    """A generator of problems of one skill. Pure: the same arguments give the same problem on every machine."""

    name: str
    """Skill name, "A.linear"."""
    kind: str
    """Claim kind, "smt/model/v1"."""
    levels: tuple[int, ...]
    cost: float
    """What attempting, verifying and learning from a group costs, in units of the cheapest family (A.linear is 1)."""

    def generate(self, level: int, seed: int, *, held_out: bool = False) -> Problem:
        """One problem with a reference answer that the verifier accepts. Held-out problems are a disjoint variant."""
        ...

    def completion(self, reference: Answer) -> str:
        """The reference as the short text that a policy is taught to write after the prompt."""
        ...

    def answer(self, problem: Problem, completion: str) -> Answer:
        """Inverse direction: the answer that a policy's text stands for (for example a function built round one
        expression). Must not repair wrong text, and must never raise."""
        ...
