"""From two files to a finding: names, statement, axioms, then two kernels, which must agree.

Nothing here reads a candidate's text or runs a candidate's code; the input is compiled modules, decoded strictly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from .axioms import SORRY, RestsOnNothing, axioms_of
from .core import Core
from .kernel import KernelBudget, Refusal, Unsupported, check_declarations
from .memory import MalformedOlean
from .names import Name, dotted, show
from .native import NativeBudget, NativeRefusal
from .olean import Module, read_module
from .replay import replay
from .reserved import forbidden_declaration
from .statement import BadReference, check_reference, difference

Outcome = Literal["proved", "refuted", "cheat", "unknown", "timeout", "error"]
Word = Literal["accepts", "refuses", "no opinion: budget", "no opinion: unsupported"]

INIT: Name = ("Init",)


@dataclass(frozen=True)
class Limits:
    """``heartbeats`` for Lean's kernel and ``steps`` for ours, each per declaration."""

    heartbeats: int = 5_000_000
    steps: int = 2_000_000


@dataclass(frozen=True)
class Opinion:
    word: Word
    why: str = ""


@dataclass(frozen=True)
class Finding:
    outcome: Outcome
    reason: str
    axioms: tuple[str, ...] = ()


def check_reference_file(core: Core, reference: bytes, theorem: str) -> Finding:
    """ "proved" means here: a sound reference. "error" comes with a line for the asker."""
    try:
        check_reference(_read(reference).constants, core.constants, dotted(theorem))
    except (MalformedOlean, BadReference) as problem:
        return Finding("error", str(problem))
    return Finding("proved", "the reference declares one theorem, not proved")


def judge(
    core: Core, submission: bytes, reference: bytes, theorem: str, allowed_axioms: frozenset[Name], limits: Limits
) -> Finding:
    """Judge a compiled submission against the compiled reference. Never raises for anything the submission holds."""
    name = dotted(theorem)
    asked = _read(reference).constants
    check_reference(asked, core.constants, name)
    try:
        submitted = _read(submission).constants
    except MalformedOlean as problem:
        return Finding("cheat", f"the compiled file is malformed: {problem}")
    objection = forbidden_declaration(core.constants, submitted) or difference(asked, submitted, name)
    if objection is not None:
        return Finding("cheat", objection)
    try:
        axioms = axioms_of(name, core.constants, submitted)
    except RestsOnNothing as problem:
        return Finding("cheat", str(problem))
    shown = tuple(sorted(show(axiom) for axiom in axioms))
    if SORRY in axioms:
        return Finding("refuted", "the proof has a hole (sorry)", shown)
    if not axioms <= allowed_axioms:
        extra = ", ".join(sorted(show(axiom) for axiom in axioms - allowed_axioms))
        return Finding("cheat", f"it rests on {extra}, which the claim does not allow", shown)
    lean = _ask(lambda: replay(core.native, submitted, limits.heartbeats))
    own = _ask(lambda: check_declarations(core.environment, submitted, [name], limits.steps))
    return agree(lean, own, shown)


def _read(data: bytes) -> Module:
    module = read_module(data)
    if set(module.imports) != {INIT}:
        raise MalformedOlean("it imports something else than the core library")
    return module


def _ask(check: Callable[[], object]) -> Opinion:
    try:
        check()
    except (NativeRefusal, Refusal) as refusal:
        return Opinion("refuses", str(refusal))
    except (NativeBudget, KernelBudget) as budget:
        return Opinion("no opinion: budget", str(budget))
    except (RecursionError, MemoryError) as exhausted:
        return Opinion("no opinion: budget", type(exhausted).__name__)
    except Unsupported as unsupported:
        return Opinion("no opinion: unsupported", str(unsupported))
    return Opinion("accepts")


def agree(lean: Opinion, own: Opinion, axioms: tuple[str, ...]) -> Finding:
    """Two acceptances make a proof; nothing else does."""
    words = (lean.word, own.word)
    if words == ("accepts", "accepts"):
        return Finding("proved", "both kernels accept the proof", axioms)
    if words in (("accepts", "refuses"), ("refuses", "accepts")):
        return Finding("unknown", f"kernels disagree: {lean.why or own.why}", axioms)
    if lean.word == "refuses":
        # Lean's elaborator never lets such a proof through on its own: somebody switched the kernel off.
        return Finding("cheat", f"the kernel refuses: {lean.why}", axioms)
    if "no opinion: budget" in words:
        return Finding("timeout", f"a kernel ran out of budget: {lean.why or own.why}", axioms)
    return Finding("unknown", f"no second opinion: {own.why}", axioms)
