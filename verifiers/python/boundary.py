"""The fixed part of the inputs: boundary values of each type, and the constants that the claim and the answer mention.

Random sampling finds an off-by-one at a boundary rarely; trying the boundary finds it always. An input-keyed backdoor
(``if x == 8191: ...``) has to mention its key, so every mined integer is tried for every parameter with its neighbours.
An answer that counts up to its argument therefore times out if it mentions 10**9 and ``requires`` does not bound the
argument; the claim should.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from .domain import MAX_LENGTH, Domain, Shape
from .literals import Literals
from .values import Type, Value

LARGE = (2**31 - 1, 2**31, 2**63, 2**65 + 1, 2**130, -(2**31) - 1, -(2**65), 10**18, 10**30)
"""Tried where neither the claim nor the answer can take long over a large number."""
_SMALL = (0, 1, -1, 2, -2, 3, 5, 10, -10, 64, 100, -100, 1000)
MAX_SWEEP = 72
MAX_CONSTANTS = 32
MAX_MINED_LENGTH = 48
_RELATED = (("aaa", "aa"), ("ababa", "aba"), ("abcab", "ab"), ("abc", "ac"), ("abc", "ca"), ("aab", "ab"), ("b", "aab"))
"""Two texts of which one occurs in the other: overlapping, twice, scattered, out of order, late, too long."""
_UNSORTED: dict[str, tuple[Value, ...]] = {"int": (3, 1, 2), "bool": (True, False), "str": ("b", "a")}


def near(literals: Literals) -> tuple[int, ...]:
    """Each mined integer with its neighbours, negation and double, smallest first, without repeats."""
    return tuple(dict.fromkeys(m for n in literals.integers[:MAX_CONSTANTS] for m in (n, n + 1, n - 1, -n, 2 * n)))


def sweep(domain: Domain, pool: Literals) -> Iterator[tuple[Value, ...]]:
    """Boundary inputs: all combinations of the first few values, then each value of each parameter in turn."""
    axes = [_values(kind, shape, domain, pool) for kind, shape in zip(domain.types, domain.shapes, strict=True)]
    few = {0: 1, 1: 24, 2: 6, 3: 3}.get(len(axes), 2)
    yield from itertools.islice(itertools.product(*(axis[:few] for axis in axes)), MAX_SWEEP)
    base = [axis[len(axis) // 3] for axis in axes]
    texts = [place for place, kind in enumerate(domain.types) if kind.name == "str"]
    for places in itertools.permutations(texts, 2):
        for pair in _RELATED:
            related = dict(zip(places, pair, strict=True))
            yield tuple(related.get(place, value) for place, value in enumerate(base))
    for place, axis in enumerate(axes):
        for value in axis[few : few + MAX_SWEEP]:
            yield (*base[:place], value, *base[place + 1 :])


def keyed(domain: Domain, literals: Literals, base: tuple[Value, ...]) -> Iterator[tuple[Value, ...]]:
    """Inputs aimed at mined constants: each for each integer or text parameter, the rest from ``base``; then pairs."""
    keys: dict[int, tuple[Value, ...]] = {}
    for place, kind in enumerate(domain.types):
        if kind.name in ("int", "str"):
            keys[place] = near(literals) if kind.name == "int" else literals.texts[:MAX_CONSTANTS]
            for value in keys[place]:
                yield (*base[:place], value, *base[place + 1 :])
        for value in _built(kind, literals, base[place]):
            yield (*base[:place], value, *base[place + 1 :])
    for run in literals.sequences[:MAX_CONSTANTS]:  # three keys and more, in the order in which they are mentioned
        if len(domain.types) > 2 and len(run) == len(domain.types):
            yield tuple(run)
    for first, second in itertools.combinations(keys, 2):
        exact = [
            literals.integers if domain.types[place].name == "int" else literals.texts for place in (first, second)
        ]
        for a, b in itertools.product(exact[0][:6], exact[1][:6]):
            pair = list(base)
            pair[first], pair[second] = a, b
            yield tuple(pair)


def _built(kind: Type, literals: Literals, base: Value) -> Iterator[Value]:
    """Values put together from mined constants: sequences, a constant in front or at the end, mined lengths."""
    lengths = mined_lengths(literals)[:MAX_CONSTANTS]
    if kind.name == "str":
        texts = literals.texts[:MAX_CONSTANTS]
        yield from (built for text in texts for built in (text[::-1], text + base, base + text, f"ab{text}cd"))
        yield from (first + second for first, second in itertools.permutations(texts[:6], 2))
        yield from (((base + "abc") * length)[:length] for length in lengths)
    elif kind.name == "tuple":
        yield from map(tuple, literals.sequences[:MAX_CONSTANTS])
    elif kind.name == "list":
        yield from map(list, literals.sequences[:MAX_CONSTANTS])
        item = kind.items[0].name
        mined = {"int": literals.integers, "str": literals.texts}.get(item, ())[:MAX_CONSTANTS]
        yield from (built for one in mined for built in ([one], [one, *base], [*base, one]))
        unsorted = [*_UNSORTED.get(item, ()), *base]
        if unsorted:
            yield from ((unsorted * length)[:length] for length in lengths)


def mined_lengths(literals: Literals) -> list[int]:
    """The lengths next to mined constants that the ordinary ones do not reach."""
    near_ones = (m for n in literals.integers for m in (n - 1, n, n + 1))
    return [length for length in dict.fromkeys(near_ones) if MAX_LENGTH < length <= MAX_MINED_LENGTH]


def _values(kind: Type, shape: Shape, domain: Domain, pool: Literals) -> list[Value]:
    if kind.name == "bool":
        return [False, True]
    if kind.name == "int":
        return _integers(shape, domain, pool)
    if kind.name == "str":
        return _texts(shape, domain, pool)
    low, high = domain.lengths(shape.length)
    inner_shape = Shape(shape.integers, shape.inner_length, shape.inner_length, shape.letters)
    if kind.name == "tuple" and not kind.variadic:
        parts = [_values(item, inner_shape, domain, pool) for item in kind.items]
        return [tuple(part[(i + j) % len(part)] for j, part in enumerate(parts)) for i in range(12)]
    items = _values(kind.items[0], inner_shape, domain, pool)
    ordered = items[:6]
    lists: list[list[Value]] = [[], items[:1], items[1:2], items[2:3], items[:2], items[1::-1], items[:1] * 2]
    lists += [ordered, ordered[::-1], items[:3] + items[:1], items[:2] * 2, items[:1] * 5, items[2:3] + items[:2]]
    lists += [[*items, *items][:length] for length in dict.fromkeys((low, low + 1, high, 16))]
    fit = [values for values in lists if low <= len(values) and shape.length.admits(len(values))]
    found: list[Value] = []
    for values in fit:
        value: Value = values if kind.name == "list" else tuple(values)
        if value not in found:
            found.append(value)
    return found or [items[:1] * low]


def _integers(shape: Shape, domain: Domain, pool: Literals) -> list[Value]:
    low, high = domain.span(shape)
    ends = [
        v for v in (low, high, low + 1, high - 1) if shape.integers.low is not None or shape.integers.high is not None
    ]
    middle = [
        v for v in (*_SMALL, *near(pool), (low + high) // 2, low, high) if abs(v) <= domain.reach or v in (low, high)
    ]
    values = [value for value in dict.fromkeys((*_SMALL[:3], *ends, *middle)) if low <= value <= high]
    return list(values) or [low]


def _texts(shape: Shape, domain: Domain, pool: Literals) -> list[Value]:
    low, high = domain.lengths(shape.length)
    letters = shape.letters or "abA 0"
    first, last = letters[0], letters[-1]
    texts = [
        "",
        first,
        first * 2,
        letters[:2],
        letters[:2] * 2,
        first + last + first,
        letters,
        last,
        letters[::-1],
        *pool.texts,
    ]
    texts += [first * low, first * high, (letters * high)[:high]]
    if shape.letters is None:
        texts += ["aba", "abba", "Ab", " a ", "a b", "12", "-", "zZ", "aab", "ABC", "2047", "é", "ß\n", "racecar"]
    fit = [text for text in dict.fromkeys(texts) if low <= len(text) and shape.length.admits(len(text))]
    return list(fit) or [first * low]
