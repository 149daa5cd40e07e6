"""Smaller counterexamples, found in batches.

Hypothesis shrinks one call at a time; a box makes a batch as cheap as a call. So each round proposes every simpler
neighbour of the smallest failing input at once and keeps the smallest that still fails. Rounds are few and bounded: a
counterexample that is nearly minimal serves as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .values import Value, key

ROUNDS = 3
WIDTH = 60
SMALL = 14
"""A counterexample whose wire form has at most so many characters is not worth a round."""

Args = tuple[Value, ...]


def shrink(args: Args, failing: Callable[[Sequence[Args]], list[Args]]) -> Args:
    """The smallest failing input found. ``failing`` says which inputs of a batch are legal and fail."""
    best = args
    for _ in range(ROUNDS):
        if _size(best) <= SMALL:
            break
        batch: dict[str, Args] = {}
        for smaller in _simpler(best):
            if _rank(smaller) < _rank(best):
                batch.setdefault(key(smaller), smaller)
            if len(batch) >= WIDTH:
                break
        still = failing(list(batch.values())) if batch else []
        if not still:
            break
        best = min(still, key=_rank)
    return best


def _size(args: Args) -> int:
    return len(key(args))


def _rank(args: Args) -> tuple[int, str]:
    text = key(args)
    return len(text) + text.count("-"), text


def _simpler(args: Args) -> Iterator[Args]:
    simplest = tuple(next(_simpler_values(arg), arg) for arg in args)
    yield simplest
    for place, arg in enumerate(args):
        for value in _simpler_values(arg):
            yield (*args[:place], value, *args[place + 1 :])


def _simpler_values(value: Value) -> Iterator[Value]:
    """Simpler values of the same type, the boldest first."""
    if type(value) is bool:
        if value:
            yield False
    elif type(value) is int:
        yield from dict.fromkeys(
            (0, 1, -value, value // 100, value // 10, value // 2, value - (1 if value > 0 else -1))
        )
    elif type(value) in (str, list):
        size = len(value)
        yield value[:0]
        yield from (value[: size // 2], value[size // 2 :], value[:1], value[:2])
        if size <= 12:
            yield from (value[:place] + value[place + 1 :] for place in range(size))
        if type(value) is str:
            yield "".join("a" if letter.isalpha() else letter for letter in value)
        else:
            for place, item in enumerate(value[:12]):
                for smaller in list(_simpler_values(item))[:4]:
                    yield [*value[:place], smaller, *value[place + 1 :]]
    elif type(value) is tuple:
        for place, item in enumerate(value):
            for smaller in list(_simpler_values(item))[:4]:
                yield (*value[:place], smaller, *value[place + 1 :])
