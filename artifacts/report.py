"""What an audit found, as four lists and the exit bits that go with them.

    1 corrupt      bytes are missing, unknown, or not what a digest, a known key's signature or the log binds
    2 untrusted    signed by a key that the trust root does not name, or against what was signed before
    4 uncheckable  could not be decided here: a verifier or a box is missing, a rerun timed out
    8 disagree     a rerun in a fresh box came to another verdict

The bits follow ``nix store verify``. Anything uncheckable says so: silence would read as approval.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["corrupt", "untrusted", "uncheckable", "disagree"]
BITS: dict[Kind, int] = {"corrupt": 1, "untrusted": 2, "uncheckable": 4, "disagree": 8}


@dataclass(frozen=True, order=True)
class Finding:
    """``id`` is a certificate's id, or the path of a file below the store. ``problem`` is one line."""

    id: str
    problem: str
    kind: Kind


@dataclass(frozen=True)
class AuditReport:
    """``checked`` counts certificates that were looked at, whatever was found."""

    checked: int
    findings: tuple[Finding, ...]

    def of(self, kind: Kind) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.kind == kind)

    @property
    def corrupt(self) -> tuple[Finding, ...]:
        return self.of("corrupt")

    @property
    def untrusted(self) -> tuple[Finding, ...]:
        return self.of("untrusted")

    @property
    def uncheckable(self) -> tuple[Finding, ...]:
        return self.of("uncheckable")

    @property
    def disagree(self) -> tuple[Finding, ...]:
        return self.of("disagree")

    @property
    def exit_code(self) -> int:
        """The bits of every kind that was found; 0 is clean."""
        return sum(bit for kind, bit in BITS.items() if self.of(kind))

    def to_json(self) -> dict[str, Any]:
        """What ``assay audit --json`` prints."""
        shape: dict[str, Any] = {"checked": self.checked}
        for kind in BITS:
            shape[kind] = [{"id": finding.id, "problem": finding.problem} for finding in self.of(kind)]
        return shape
