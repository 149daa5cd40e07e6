"""A small memory for what has been found out about a claim: all attempts of a group ask about the same one."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from ..claim import Claim

MAX_CLAIMS = 1_024
T = TypeVar("T")


class PerClaim(Generic[T]):
    """Thread-safe; two threads may find the same out at once, which is harmless."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, claim: Claim, ask: Callable[[], T]) -> T:
        """What is known about the claim, or else what ``ask`` says now. Nothing is remembered if it raises."""
        with self._lock:
            if claim.id in self._known:
                return self._known[claim.id]
        found = ask()
        with self._lock:
            self._known[claim.id] = found
            while len(self._known) > MAX_CLAIMS:
                self._known.popitem(last=False)
        return found
