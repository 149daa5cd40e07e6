"""Verdicts: what a verifier found, how strongly, and on what evidence.

The vocabulary is closed and the constructor enforces it, so that no code path can invent an acceptance: only
``proved`` and ``passed`` accept, ``passed`` (tests) can never carry a proof's strength, and every other status carries
no strength at all. What a status is worth as a reward is the learner's business, not said here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, get_args

Status = Literal["proved", "passed", "refuted", "cheat", "unknown", "timeout", "error"]
Strength = Literal["kernel-checked", "solvers-agree", "single-solver", "bounded", "sampled"]

STATUSES: tuple[Status, ...] = get_args(Status)
PROOF_STRENGTHS: frozenset[str] = frozenset({"kernel-checked", "solvers-agree", "single-solver", "bounded"})
TEST_STRENGTHS: frozenset[str] = frozenset({"sampled", "bounded"})

Evidence = Mapping[str, bytes]
"""Named byte strings that back a verdict: a model, a compiled proof, the inputs that were sampled."""


@dataclass(frozen=True)
class Verdict:
    """The outcome of one verification.

    ``reason`` is one line for people. ``tools`` pins what decided: name -> version or digest. ``seed`` is the seed that
    the trusted side chose after the answer was in (None where nothing was random). ``used`` counts budget: for example
    ``{"rlimit": 2000, "examples": 100}``. ``seconds`` is wall time by the trusted clock.
    """

    status: Status
    verifier: str
    reason: str
    strength: Strength | None = None
    evidence: Evidence = field(default_factory=dict)
    tools: Mapping[str, str] = field(default_factory=dict)
    seed: int | None = None
    used: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"no such status: {self.status!r}")
        allowed = {"proved": PROOF_STRENGTHS, "passed": TEST_STRENGTHS}.get(self.status, frozenset())
        if self.status in ("proved", "passed"):
            if self.strength not in allowed:
                raise ValueError(f"{self.status} cannot have strength {self.strength!r}")
        elif self.strength is not None:
            raise ValueError(f"{self.status} has no strength, got {self.strength!r}")
        # Read-only copies: a verdict that a later stage could edit would be no verdict.
        for name in ("evidence", "tools", "used"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    @property
    def accepted(self) -> bool:
        """True for proved and passed only."""
        return self.status in ("proved", "passed")

    def evidence_digests(self) -> dict[str, str]:
        """Name -> SHA-256 hex of each piece of evidence."""
        return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(self.evidence.items())}

    def to_json(self) -> dict[str, Any]:
        """The shape that ``assay verify --json`` prints and that certificates bind (evidence by digest)."""
        return {
            "status": self.status,
            "strength": self.strength,
            "verifier": self.verifier,
            "reason": self.reason,
            "evidence": self.evidence_digests(),
            "tools": dict(self.tools),
            "seed": self.seed,
            "used": dict(self.used),
            "seconds": round(self.seconds, 6),
        }
