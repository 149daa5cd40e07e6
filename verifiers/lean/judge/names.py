"""Hierarchical names: ``Nat.add_comm`` is ``("Nat", "add_comm")``; a numeric component is an int.

Lean prints names with escapes that a submission can play with (a component may contain a newline or a dot). Every
comparison in the judge is therefore on these tuples, never on printed text.
"""

from __future__ import annotations

Name = tuple[str | int, ...]
"""The empty tuple is Lean's anonymous name."""

MAX_COMPONENTS = 64


def show(name: Name) -> str:
    """For people. Not injective, and never compared."""
    return ".".join(str(part) if str(part).isprintable() else repr(part) for part in name) or "[anonymous]"


def dotted(text: str) -> Name:
    """The name that plain dotted text stands for: ``dotted("Nat.add") == ("Nat", "add")``."""
    return tuple(text.split("."))
