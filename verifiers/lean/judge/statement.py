"""Is the theorem that was proved the theorem that was asked? Compared by fully elaborated form.

The reference is compiled from the asker's text alone, with HOLE, an axiom of our own, for a proof. A submission that
changes what the statement's text means (a local instance, a shadowed name, a notation) ends up with another elaborated
type.
"""

from __future__ import annotations

from .declaration import Axiom, Declarations, Quotient, Theorem
from .names import Name, dotted, show
from .term import Const, Lam, head

HOLE = dotted("Assay.unproved")


class BadReference(Exception):
    """The asker's own text does not give exactly one theorem with nothing proved."""


def check_reference(reference: Declarations, core: Declarations, theorem: Name) -> None:
    """Raises BadReference with a line for the asker."""
    declared = reference.get(theorem)
    if not isinstance(declared, Theorem):
        raise BadReference(f"the text does not declare a theorem {show(theorem)}")
    proof = declared.value
    while isinstance(proof, Lam):
        proof = proof.body
    proof_head = head(proof)
    if not isinstance(proof_head, Const) or proof_head.name != HOLE:
        raise BadReference(f"the text proves {show(theorem)} itself, or leaves no place for a proof")
    for name, declaration in reference.items():
        if name in core:
            raise BadReference(f"the preamble declares {show(name)}, which the core library defines")
        if isinstance(declaration, Axiom | Quotient) and name != HOLE:
            raise BadReference(f"the preamble declares the axiom {show(name)}")


def difference(reference: Declarations, submitted: Declarations, theorem: Name) -> str | None:
    """How the submission's theorem or preamble differs from the reference, or None if it does not."""
    asked, answered = reference[theorem], submitted.get(theorem)
    if not isinstance(answered, Theorem):
        return f"no theorem {show(theorem)} was declared"
    if answered.level_params != asked.level_params or answered.type is not asked.type:
        return f"{show(theorem)} states something else than was asked"
    for name, declaration in reference.items():
        if name not in (theorem, HOLE) and submitted.get(name) != declaration:
            return f"{show(name)} of the preamble was changed"
    return None
