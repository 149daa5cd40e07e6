"""The step budget that bounds every evaluation of a specification in the trusted process, and the ways it can end."""

from __future__ import annotations

DEFAULT_STEPS = 200_000
"""Steps for one evaluation; a step is about half a microsecond."""


class SpecError(Exception):
    """An expression of a claim gave no value."""


class SpecRaised(SpecError):
    """The expression has no value on this input, for example because of an index out of range."""


class SpecExhausted(SpecError):
    """The expression ran over its step or size budget; nothing is known about its value."""


class Meter:
    """Counts steps down."""

    __slots__ = ("left",)

    def __init__(self, steps: int) -> None:
        self.left = steps

    def tick(self, steps: int = 1) -> None:
        """Use ``steps``. Raises SpecExhausted when none are left."""
        self.left -= steps
        if self.left < 0:
            raise SpecExhausted("ran out of evaluation steps")
