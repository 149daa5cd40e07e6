"""Asking for warm containers ahead of need."""

from __future__ import annotations

from .runtime import Runtime, current
from .spec import BoxSpec


def warm(spec: BoxSpec | None = None, count: int = 2, *, seconds: float = 0.0, runtime: Runtime | None = None) -> bool:
    """Keep ``count`` containers for ``spec`` ready from now on; wait up to ``seconds`` for that many to be ready.

    Returns whether they were. Without it, two are kept from the first use of a specification.
    """
    pool = (runtime or current()).pool
    kind = pool.kind(spec or BoxSpec(), read_only=False)
    pool.want(kind, count)
    return pool.wait_warm(kind, count, seconds)
