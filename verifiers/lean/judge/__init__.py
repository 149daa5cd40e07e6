"""The judge of compiled Lean proofs: a process of its own that never runs a submission's code.

``python -m assay.verifiers.lean.judge LIBRARY CORE`` loads the core library, then answers JSON lines. Reading order for
a reviewer: ``opinions`` (what must hold), ``statement``, ``axioms``, ``reserved``, then ``replay`` and ``kernel`` (the
two kernels), then ``olean`` and ``decode`` (how a file becomes terms).
"""
