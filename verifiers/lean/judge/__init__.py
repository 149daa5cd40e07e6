"""The judge of compiled Lean proofs: a process of its own that never runs a submission's code.

``python -m assay.verifiers.lean.judge LIBRARY CORE`` loads the core library, then answers JSON lines. Reading order for
a reviewer: ``opinions`` (what must hold), ``statement``, ``axioms``, ``reserved``, then ``replay`` and ``kernel`` (the
two kernels), then ``olean`` and ``decode`` (how a file becomes terms), then ``core`` (what is taken as checked).
"""

from __future__ import annotations

import sys
from pathlib import Path

# Terms may be deep. A stack's limit counts from a process's start, so it is set before that: 1 GiB, or what may be.
_DEEP_STACK = 'ulimit -S -s 1048576 2>/dev/null || ulimit -S -s "$(ulimit -H -s)"; exec "$@"'


def command(library: Path, core: Path) -> list[str]:
    """The argv that starts the judge."""
    python = [sys.executable, "-P", "-m", __name__, str(library), str(core)]
    return ["/bin/sh", "-c", _DEEP_STACK, "judge", *python]
