"""First opinion: replay a module's declarations through Lean's kernel.

Inductive types are sent as their constructors' types only. The kernel derives constructors' data and recursors itself;
afterwards what the file claims must equal what the kernel derived.
"""

from __future__ import annotations

from .declaration import Constructor, Declarations, Inductive, Quotient, Recursor
from .names import show
from .native import NativeKernel, NativeRefusal
from .order import in_order

Derived = Inductive | Constructor | Recursor | Quotient


def replay(kernel: NativeKernel, declarations: Declarations, heartbeats: int) -> int:
    """Check every safe declaration on top of the kernel's environment; the number checked. Unsafe and partial ones are
    left out, so that nothing that is checked can refer to them. Raises NativeRefusal or NativeBudget."""
    added = 0
    for name in in_order(declarations, declarations):
        declaration = declarations[name]
        if declaration.safety != "safe":
            continue
        if isinstance(declaration, Constructor | Recursor):
            raise NativeRefusal(f"{show(name)} comes without its inductive type")
        if isinstance(declaration, Inductive):
            for member in declaration.types:
                _refuse_incomplete(declarations, member)
        kernel.add(declaration, declarations, heartbeats)
        added += 1
    for name, declaration in declarations.items():
        if isinstance(declaration, Derived) and declaration.safety == "safe" and kernel.find(name) != declaration:
            raise NativeRefusal(f"{show(name)} differs from what the kernel derives")
    return added


def _refuse_incomplete(declarations: Declarations, member: tuple[str | int, ...]) -> None:
    inductive = declarations.get(member)
    if not isinstance(inductive, Inductive):
        raise NativeRefusal(f"{show(member)} is named in a block of inductive types but is none")
    for constructor in inductive.constructors:
        if constructor not in declarations:
            raise NativeRefusal(f"the constructor {show(constructor)} is missing")
