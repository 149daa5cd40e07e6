"""The trusted statement, compiled on its own: what a submission's theorem is compared with.

It is built from the asker's text alone, in a box of its own in which no submission ever ran, and kept per claim.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass

from assay.sandbox import BoxSpec, Sandbox, SandboxError

from ..errors import ClaimError
from .compile import Compiled, compile_text
from .judge_process import JudgeProcess
from .lean_claim import LeanClaim
from .runtime import LeanRuntime
from .submission import reference_file

SECONDS = 30.0
KEPT = 256


@dataclass(frozen=True)
class Reference:
    olean: bytes

    @property
    def digest(self) -> str:
        """SHA-256, 64 hex digits."""
        return hashlib.sha256(self.olean).hexdigest()


class References:
    """The references of the most recent claims. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[LeanClaim, Reference] = OrderedDict()
        self._confirmed: set[LeanClaim] = set()

    def get(self, asked: LeanClaim, lean: LeanRuntime, box: BoxSpec) -> Reference:
        """Raises ClaimError with Lean's own message if the statement does not elaborate."""
        with self._lock:
            found = self._kept.get(asked)
            if found is not None:
                self._kept.move_to_end(asked)
                return found
        found = _build(asked, lean, box)
        with self._lock:
            self._kept[asked] = found
            if len(self._kept) > KEPT:
                forgotten, _ = self._kept.popitem(last=False)
                self._confirmed.discard(forgotten)
        return found

    def confirm(self, asked: LeanClaim, reference: Reference, judge: JudgeProcess) -> None:
        """Have the judge look at the reference, once. Apart from ``get``, so that the judge may start up meanwhile.
        Raises ClaimError if the text gives anything but one theorem without a proof, and JudgeFailure."""
        if asked in self._confirmed:
            return
        word = judge.check_reference(reference.olean, asked.name, SECONDS)
        if word.outcome != "proved":
            raise ClaimError(
                "claim.statement", f"is not a plain theorem ({word.reason})", "state one theorem, unproved"
            )
        with self._lock:
            self._confirmed.add(asked)


def _build(asked: LeanClaim, lean: LeanRuntime, box: BoxSpec) -> Reference:
    source = reference_file(asked.preamble, asked.statement)
    with Sandbox.create(box) as fresh:
        compiled = compile_text(fresh, lean, source.text, SECONDS)
    error = compiled.first_error()
    if error is not None:
        where = source.place(error.line, error.column)
        raise ClaimError("claim.statement", f"does not elaborate ({where}: {error.first_line})", "mend the Lean text")
    if not compiled.finished:
        raise SandboxError(f"the statement could not be compiled: {_ending(compiled)}")
    return Reference(compiled.olean)


def _ending(compiled: Compiled) -> str:
    result = compiled.result
    if result.timed_out:
        return f"no end within {SECONDS:g} s"
    said = result.stderr.decode(errors="replace").strip()[-300:]
    return f"Lean ended with code {result.returncode}{', out of memory' if result.oom else ''}. {said}"
