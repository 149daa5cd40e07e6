"""Names that mean something to a kernel, and that a submission therefore may not declare.

A kernel computes ``Nat.gcd 12 8`` by its name. If the core did not define ``Nat.gcd``, a submission could define it as
the constant 7, prove both ``gcd 1 1 = 7`` by unfolding and ``gcd 1 1 = 1`` by computing, and so prove anything; every
kernel that trusts the table would agree. The core defines all of these names; this list holds even if one is forgotten.
"""

from __future__ import annotations

from .declaration import Axiom, Declarations, Quotient
from .kernel.literals import BINARY, LOG2
from .names import Name, dotted, show

_KNOWN_TO_KERNELS = """
Nat Nat.zero Nat.succ Nat.rec Nat.pred Bool Bool.false Bool.true Bool.rec String String.ofList String.mk Char Char.ofNat
List List.nil List.cons Eq Eq.refl Eq.rec Quot Quot.mk Quot.lift Quot.ind Quot.sound And Iff HEq True False outParam
sorryAx propext Classical.choice
"""

RESERVED: frozenset[Name] = frozenset({dotted(word) for word in _KNOWN_TO_KERNELS.split()} | set(BINARY) | {LOG2})

RESERVED_ROOTS = frozenset({"Lean", "Init", "Assay", "lcProof", "lcUnreachable", "lcCast"})
"""The whole of these namespaces: kernels look names up there (``Lean.reduceBool``), and so does the judge."""


def is_reserved(name: Name) -> bool:
    return name in RESERVED or (bool(name) and name[0] in RESERVED_ROOTS)


def forbidden_declaration(core: Declarations, submitted: Declarations) -> str | None:
    """Why the submission's list of constants is not acceptable, or None."""
    for name, declaration in submitted.items():
        if name in core:
            return f"it declares {show(name)} again, which the core library defines"
        if is_reserved(name):
            return f"it declares {show(name)}, a name that the kernel gives a meaning"
        if isinstance(declaration, Axiom):
            return f"it declares the axiom {show(name)}"
        if isinstance(declaration, Quotient):
            return f"it declares the quotient constant {show(name)}"
    return None
