"""Second opinion: a type checker for Lean's kernel language, written from the type theory, sharing no code with Lean.

Rules after Carneiro, "The Type Theory of Lean" (2019), with what Lean 4 added since: structure eta, eta for unit-like
types, string literals and natural-number literals computed by name. Inductive types are re-derived, recursors included,
after Dybjer, "Inductive families" (1994). Nested inductive types are not supported: ``Unsupported`` says so.
"""

from .check import check_declarations
from .state import KernelBudget, Refusal, Unsupported

__all__ = ["KernelBudget", "Refusal", "Unsupported", "check_declarations"]
