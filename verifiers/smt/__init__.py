"""SMT claims: models checked by exact evaluation, unsatisfiability by two solvers that must agree."""

from .verifier import MODEL, UNSAT, SmtVerifier, read_claim, satisfies

__all__ = ["MODEL", "UNSAT", "SmtVerifier", "read_claim", "satisfies"]
