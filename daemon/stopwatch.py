"""Where the daemon's wall-clock time goes, by phase."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from .status import PHASES


class Stopwatch:
    """Adds up seconds for each phase; time outside every phase counts as "other". Phases do not nest: an inner phase
    takes over from the outer one and hands back."""

    def __init__(self, spent: Mapping[str, float]) -> None:
        self.spent = {phase: float(spent.get(phase, 0.0)) for phase in PHASES}
        self._phase = "other"
        self._since = time.monotonic()

    def switch(self, phase: str) -> str:
        """Charge the time since the last switch, and go on in ``phase``. Returns the phase left."""
        now = time.monotonic()
        self.spent[self._phase] += now - self._since
        self._since = now
        left, self._phase = self._phase, phase
        return left

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        before = self.switch(name)
        try:
            yield
        finally:
            self.switch(before)
