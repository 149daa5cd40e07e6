"""How every built-in family draws: seeded, and split into a training and a held-out side that share no problem.

The split is by *class*, not by text: a family names the class that a draft belongs to (the problem up to renaming,
reordering and rephrasing), and the class's hash decides the side. So a held-out problem is never a renamed training
problem. One class in five is held out.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from typing import TypeVar

HELD_OUT_ONE_IN = 5
TASTE = 0.1
"""Share of a level's problems that are of the next level's shape."""
MAX_DRAWS = 20_000

Draft = TypeVar("Draft")


def is_held_out(isomorphism_class: str) -> bool:
    """Which side of the split a class lies on. The same on every machine and for every level."""
    value = hashlib.sha256(isomorphism_class.encode()).digest()
    return int.from_bytes(value[:8], "big") % HELD_OUT_ONE_IN == 0


def shape_of(rng: random.Random, level: int, levels: tuple[int, ...]) -> int:
    """The level whose shape a problem of ``level`` gets: mostly its own, now and then the next one's. For families
    whose levels differ in form: a form that a policy never saw it never samples, and there is nothing to reinforce."""
    return level + 1 if level + 1 in levels and rng.random() < TASTE else level


def draw(
    name: str,
    level: int,
    seed: int,
    held_out: bool,
    propose: Callable[[random.Random], Draft | None],
    class_of: Callable[[Draft], str],
) -> Draft:
    """The first draft that ``propose`` makes (None: rejected, draw again) and that lies on the side asked for.

    Deterministic in (name, level, seed, held_out). Raises RuntimeError if the family's rejection never ends, which
    is a fault of the family.
    """
    rng = random.Random(f"{name}/{level}/{seed}/{held_out}")
    for _ in range(MAX_DRAWS):
        draft = propose(rng)
        if draft is not None and is_held_out(class_of(draft)) == held_out:
            return draft
    raise RuntimeError(f"{name}/{level}: no problem in {MAX_DRAWS} draws; widen the level's ranges")
