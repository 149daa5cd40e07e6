"""Claims, verdicts, the verifier protocol, and the verifiers of the core."""

from .claim import JSON, Answer, Claim, canonical_json, digest, distinct_keys
from .errors import ClaimError, NoVerifierError, PrerequisiteError
from .protocol import Budget, Validation, Validator, Verifier
from .verdict import Evidence, Status, Strength, Verdict

__all__ = [
    "JSON", "Answer", "Budget", "Claim", "ClaimError", "Evidence", "NoVerifierError", "PrerequisiteError", "Status",
    "Strength", "Validation", "Validator", "Verdict", "Verifier", "canonical_json", "digest", "distinct_keys",
]  # fmt: skip
