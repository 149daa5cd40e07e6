"""What a certificate says: an in-toto Statement v1 whose predicate is one verification.

``Certification`` is what the daemon hands in; ``Certificate`` is what a reader gets back. In between stand canonical
JSON bytes, and the certificate's id is their SHA-256: certifying the same thing twice gives the same id. For that
reason a statement holds no time of day and no wall-clock duration.

A statement never says more than was shown: only accepted, un-vetoed verdicts can be stated, the verdict is stated with
its strength, and the sentence about what was shown follows from both (``trusted_base``).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assay.verifiers import JSON, Answer, Claim, ClaimError, Validation, Verdict, canonical_json

from .errors import CertificationError, CorruptError
from .trusted_base import SHOWN, shown, trusted_base

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://assay.dev/verification/v1"
"""A name, not an address: nothing is ever fetched from it."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


def is_digest(value: object) -> bool:
    """True for 64 lower-case hex digits."""
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


@dataclass(frozen=True)
class Origin:
    """Where the problem came from: its family, skill, level and the seed that the family drew it from."""

    family: str
    skill: str
    level: int
    seed: int


@dataclass(frozen=True)
class Certification:
    """Everything that a certificate binds. Raises CertificationError for a verdict that may not be certified.

    ``image`` is the sandbox image's digest. ``limits`` are the budget and box limits in force (numbers that are not
    whole are stated as text). ``policy`` is the digest of the checkpoint that answered, None where no model did.
    ``parents`` are ids of certificates that this one builds on; they must be in the same store.
    """

    claim: Claim
    answer: Answer
    verdict: Verdict
    verifier_version: str
    validations: tuple[Validation, ...]
    image: str
    limits: Mapping[str, JSON | float]
    origin: Origin
    run: str
    attempt: str
    policy: str | None = None
    parents: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.verdict.accepted:
            raise CertificationError(f"a {self.verdict.status} verdict: only proved and passed can be certified")
        for validation in self.validations:
            if validation.vetoed:
                raise CertificationError(f"vetoed by {validation.validator} ({validation.reason}): not certifiable")
        for parent in self.parents:
            if not is_digest(parent):
                raise CertificationError(f"parent {parent!r}: is no certificate id (64 hex digits)")

    @cached_property
    def answer_bytes(self) -> bytes:
        """The answer as it is stored: canonical JSON."""
        return canonical_json(self.answer)

    @property
    def blobs(self) -> list[bytes]:
        """What is stored beside the statement: the answer and each piece of evidence."""
        return [self.answer_bytes, *self.verdict.evidence.values()]

    @cached_property
    def payload(self) -> bytes:
        """The statement's bytes. Raises CertificationError for text that has no canonical JSON."""
        try:
            return canonical_json(_statement(self))
        except ClaimError as error:
            raise CertificationError(f"cannot be stated: {error}") from error

    @cached_property
    def id(self) -> str:
        return hashlib.sha256(self.payload).hexdigest()


def _statement(c: Certification) -> dict[str, JSON]:
    verdict, answer_digest = c.verdict, hashlib.sha256(c.answer_bytes).hexdigest()
    assert verdict.strength is not None  # Verdict's own constructor holds this for accepted ones
    predicate = {
        "claim": {"sha256": c.claim.id, "kind": c.claim.kind, "body": dict(c.claim.body)},
        "answer": {"sha256": answer_digest},
        "verdict": {
            "status": verdict.status,
            "strength": verdict.strength,
            "verifier": {"name": verdict.verifier, "version": c.verifier_version},
            "reason": verdict.reason,
            "tools": dict(verdict.tools),
            "seed": verdict.seed,
            "used": dict(verdict.used),
            "evidence": verdict.evidence_digests(),
        },
        "shown": shown(verdict.status, verdict.strength),
        "trusted_base": trusted_base(c.claim, verdict.strength, verdict.verifier, c.verifier_version, verdict.tools),
        "validations": [{"validator": v.validator, "vetoed": False, "reason": v.reason} for v in c.validations],
        "image": c.image,
        "limits": _whole_or_text(c.limits),
        "policy": c.policy,
        "problem": vars(c.origin),
        "run": c.run,
        "attempt": c.attempt,
        "parents": list(c.parents),
        "recheck": ["assay", "audit", "<certificate>", "--store", "<store>", "--level", "rerun"],
    }
    return {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": "answer", "digest": {"sha256": answer_digest}}],
        "predicateType": PREDICATE_TYPE,
        "predicate": predicate,
    }


def _canonical(parsed: JSON) -> bytes:
    """``canonical_json`` without its check of types: what ``json.loads`` gave has no others. An audit does many."""
    return json.dumps(parsed, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _whole_or_text(value: JSON | float) -> JSON:
    if isinstance(value, Mapping):
        return {name: _whole_or_text(part) for name, part in value.items()}
    if isinstance(value, float):
        return int(value) if value.is_integer() else repr(value)
    return value


@dataclass(frozen=True)
class Certificate:
    """A statement read back. ``predicate`` is the whole predicate; the properties name the parts that code uses."""

    id: str
    predicate_type: str
    predicate: Mapping[str, Any]

    @staticmethod
    def parse(payload: bytes) -> Certificate:
        """Raises CorruptError unless this is a statement as this package writes it."""
        try:
            value = json.loads(payload.decode())
            if value["_type"] != STATEMENT_TYPE or set(value) != {"_type", "subject", "predicateType", "predicate"}:
                raise ValueError("is no in-toto Statement v1")
            found = Certificate(hashlib.sha256(payload).hexdigest(), str(value["predicateType"]), value["predicate"])
            if value["subject"] != [{"name": "answer", "digest": {"sha256": found.answer_digest}}]:
                raise ValueError("its subject is not its answer")
            if (found.status, found.strength) not in SHOWN:
                raise ValueError(f"{found.status} with strength {found.strength}")
            claim = found.predicate["claim"]
            if hashlib.sha256(_canonical(claim["body"])).hexdigest() != claim["sha256"]:
                raise ValueError("the claim does not hash to its digest")
            if not all(map(is_digest, [found.answer_digest, *found.evidence_digests.values(), *found.parents])):
                raise ValueError("a digest is not 64 hex digits")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise CorruptError(f"is no verification statement ({type(error).__name__}: {error})") from None
        return found

    @property
    def claim(self) -> Claim:
        return Claim.from_json(self.predicate["claim"]["body"])

    @property
    def answer_digest(self) -> str:
        return str(self.predicate["answer"]["sha256"])

    @property
    def evidence_digests(self) -> dict[str, str]:
        return dict(self.predicate["verdict"]["evidence"])

    @property
    def blob_digests(self) -> list[str]:
        return [self.answer_digest, *self.evidence_digests.values()]

    @property
    def status(self) -> str:
        return str(self.predicate["verdict"]["status"])

    @property
    def strength(self) -> str:
        return str(self.predicate["verdict"]["strength"])

    @property
    def verifier(self) -> str:
        return str(self.predicate["verdict"]["verifier"]["name"])

    @property
    def verifier_version(self) -> str:
        return str(self.predicate["verdict"]["verifier"]["version"])

    @property
    def parents(self) -> tuple[str, ...]:
        return tuple(self.predicate["parents"])

    @property
    def run(self) -> str:
        return str(self.predicate["run"])

    @property
    def attempt(self) -> str:
        return str(self.predicate["attempt"])

    @property
    def policy(self) -> str | None:
        policy = self.predicate["policy"]
        return None if policy is None else str(policy)
