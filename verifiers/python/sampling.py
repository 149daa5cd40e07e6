"""Random inputs, drawn by Hypothesis in the trusted process from a seed that is chosen after the answer is in.

Hypothesis is used as the generator only: the candidate is elsewhere, in the box, so nothing here is a test function.
Several inputs are drawn per Hypothesis example, which is cheaper than one each. Inputs that miss ``requires`` are first
mended in ways that claims often ask for (sorted, distinct, of equal lengths, an index within range, in order), then
thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from .boundary import mined_lengths
from .domain import Domain, Shape
from .literals import Literals
from .values import Type, Value, key

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_BACKEND = "assay-seed-only"
BATCH = 10
"""Inputs per Hypothesis example."""
LETTERS = "abcdeAB 01_-.,\n" + "é"


def hypothesis_version() -> str:
    """The version that drew the inputs, for the verdict's tool pins."""
    import hypothesis

    return str(hypothesis.__version__)


def draw(domain: Domain, pool: Literals, seed: int, count: int) -> list[tuple[Value, ...]]:
    """About ``count`` argument tuples of the domain's types; the same for the same seed and Hypothesis version."""
    import hypothesis
    from hypothesis import strategies as st

    _register_backend()
    columns = [_strategy(kind, shape, domain, pool) for kind, shape in zip(domain.types, domain.shapes, strict=True)]
    drawn: list[tuple[Value, ...]] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=max(-(-count // BATCH), 1),
        backend=_BACKEND,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(st.lists(st.tuples(*columns), min_size=BATCH, max_size=BATCH))
    def collect(batch: list[tuple[Value, ...]]) -> None:
        drawn.extend(batch)

    collect()
    return drawn


@cache
def _register_backend() -> None:
    """Hypothesis's own backend, less one thing: it would mix in constants from whatever modules this process has loaded
    (and write them under the working directory), so that a stored seed would not give the same inputs elsewhere."""
    from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

    class SeedOnly(HypothesisProvider):
        def _maybe_draw_constant(self, *_: Any, **__: Any) -> None:
            return None

    AVAILABLE_PROVIDERS[_BACKEND] = SeedOnly


def _strategy(kind: Type, shape: Shape, domain: Domain, pool: Literals) -> SearchStrategy[Any]:
    from hypothesis import strategies as st

    if kind.name == "bool":
        return st.booleans()
    if kind.name == "int":
        return _integers(shape, domain, pool)
    low, high = domain.lengths(shape.length)
    # An answer or claim that mentions a length is tried at it, and next to it.
    lengths = [length for length in mined_lengths(pool) if shape.length.admits(length)]
    if kind.name == "str":
        letters = shape.letters or LETTERS + "".join(pool.texts)
        few = st.text(alphabet=letters[:3], min_size=low, max_size=high)
        many = st.text(alphabet=sorted(set(letters)), min_size=low, max_size=high)
        whole = [text for text in pool.texts if shape.length.admits(len(text))]
        texts = [few, many, st.sampled_from(whole)] if whole and not shape.letters else [few, many]
        if lengths:
            texts.append(
                st.sampled_from(lengths).flatmap(lambda n: st.text(sorted(set(letters)), min_size=n, max_size=n))
            )
        return st.one_of(*texts)
    inner = Shape(shape.integers, shape.inner_length, shape.inner_length, shape.letters)
    if kind.name == "tuple" and not kind.variadic:
        return st.tuples(*(_strategy(item, inner, domain, pool) for item in kind.items))
    items = _strategy(kind.items[0], inner, domain, pool)
    lists = st.lists(items, min_size=low, max_size=high)
    if lengths:
        exact = st.sampled_from(lengths).flatmap(lambda n: st.lists(items, min_size=n, max_size=n))
        lists = st.one_of(lists, lists, lists, exact)
    return lists if kind.name == "list" else lists.map(tuple)


def _integers(shape: Shape, domain: Domain, pool: Literals) -> SearchStrategy[int]:
    from hypothesis import strategies as st

    low, high = domain.span(shape)
    small_low, small_high = max(low, -9), min(high, 9)
    parts = [st.integers(low, high)]
    if small_low <= small_high:
        parts.append(st.integers(small_low, small_high))
    else:
        parts.append(st.integers(low, min(high, low + 18)))
    mined = [n + step for n in pool.integers for step in (-1, 0, 1) if low <= n + step <= high]
    if mined:
        parts.append(st.sampled_from(mined))
    return st.one_of(*parts)


def mend(args: tuple[Value, ...], admits: Callable[[tuple[Value, ...]], bool]) -> tuple[Value, ...] | None:
    """``args``, or the first variant of it that ``requires`` admits, or None."""
    return next((variant for variant in _variants(args) if admits(variant)), None)


def _variants(args: tuple[Value, ...]) -> Iterator[tuple[Value, ...]]:
    yield args
    tidy = tuple(sorted(arg) if type(arg) is list else arg for arg in args)
    distinct = tuple(list({key(item): item for item in arg}.values()) if type(arg) is list else arg for arg in args)
    neat = tuple(list({key(item): item for item in arg}.values()) if type(arg) is list else arg for arg in tidy)
    yield tidy
    yield distinct
    yield neat
    integers = [place for place, arg in enumerate(args) if type(arg) is int]
    if len(integers) > 1:
        ordered = sorted(args[place] for place in integers)
        yield _replaced(args, dict(zip(integers, ordered, strict=True)))
        yield _replaced(args, dict(zip(integers, ordered[::-1], strict=True)))
    lengths = [len(arg) for arg in args if type(arg) in (list, str)]
    if lengths:
        shortest = min(lengths)
        for base in (args, tidy, neat):
            if len(set(lengths)) > 1:
                base = tuple(arg[:shortest] if type(arg) in (list, str) else arg for arg in base)
                yield base
            longest = max(len(arg) for arg in base if type(arg) in (list, str))
            if integers:
                yield _replaced(base, dict.fromkeys(integers, longest))
                yield _replaced(base, {place: args[place] % max(longest, 1) for place in integers})


def _replaced(args: tuple[Value, ...], changes: dict[int, Value]) -> tuple[Value, ...]:
    return tuple(changes.get(place, arg) for place, arg in enumerate(args))
