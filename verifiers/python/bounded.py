"""Python's operators and pure built-ins over claim values, each with a step count and a size cap.

These are what a specification may call; no Python built-in is reached by name. Wherever Python would work without bound
(``2 ** (2 ** 40)``, ``[0] * 10**9``, ``range`` of anything) the size is checked first. Values are int, bool, str, list,
tuple, set, range and one-pass iterators. Differences from Python, all deliberate: there are no floats, so a negative
power has no value; a set is walked in a fixed order, because Python's order changes between processes; comparing a
one-pass iterator has no value, because Python would quietly answer False.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

from .meter import Meter, SpecExhausted, SpecRaised

MAX_BITS = 8192
MAX_LENGTH = 100_000

_INT = (int, bool)
_SEQUENCES = (str, list, tuple)


def iterate(value: Any, meter: Meter) -> Iterator[Any]:
    """The items of ``value``, one step each."""
    kind = type(value)
    if kind is set:
        meter.tick(len(value))
        value = sorted(value, key=repr)
    elif kind not in (str, list, tuple, range) and not isinstance(value, Iterator):
        raise SpecRaised(f"TypeError: {kind.__name__} is not iterable")
    for item in value:
        meter.tick()
        yield item


def weigh(value: Any, meter: Meter) -> None:
    """Use as many steps as ``value`` is large: paid before Python compares or hashes it as a whole."""
    kind = type(value)
    if kind in (list, tuple, set):
        meter.tick(len(value) + 1)
        for item in value:
            if type(item) is not int:
                weigh(item, meter)
    elif kind is str:
        meter.tick(1 + len(value) // 16)
    elif isinstance(value, Iterator):
        raise SpecRaised("TypeError: a one-pass iterator cannot be compared or stored; wrap it in list(...)")


def _whole(value: int) -> int:
    if value.bit_length() > MAX_BITS:
        raise SpecExhausted(f"an integer grew beyond {MAX_BITS} bits")
    return value


def _room(length: int, meter: Meter) -> None:
    if length > MAX_LENGTH:
        raise SpecExhausted(f"a sequence grew beyond {MAX_LENGTH} items")
    meter.tick(max(length, 0) // 8)


def _typed(op: str, a: Any, b: Any) -> SpecRaised:
    return SpecRaised(f"TypeError: {type(a).__name__} {op} {type(b).__name__}")


def _add(a: Any, b: Any, meter: Meter) -> Any:
    if type(a) in _INT and type(b) in _INT:
        return _whole(a + b)
    if type(a) is type(b) and type(a) in _SEQUENCES:
        _room(len(a) + len(b), meter)
        return a + b
    raise _typed("+", a, b)


def _mul(a: Any, b: Any, meter: Meter) -> Any:
    if type(a) in _INT and type(b) in _INT:
        return _whole(a * b)
    if type(b) in _SEQUENCES:
        a, b = b, a
    if type(a) in _SEQUENCES and type(b) in _INT:
        _room(len(a) * max(b, 0), meter)
        return a * b
    raise _typed("*", a, b)


def _power(a: Any, b: Any, meter: Meter) -> Any:
    if type(a) not in _INT or type(b) not in _INT:
        raise _typed("**", a, b)
    if b < 0:
        raise SpecRaised("ValueError: a negative power is not an integer")
    if abs(a) > 1 and a.bit_length() * b > 2 * MAX_BITS:
        raise SpecExhausted(f"an integer grew beyond {MAX_BITS} bits")
    return _whole(a**b)


def _shift_left(a: Any, b: Any, meter: Meter) -> Any:
    if type(a) not in _INT or type(b) not in _INT:
        raise _typed("<<", a, b)
    if b > MAX_BITS and a:
        raise SpecExhausted(f"an integer grew beyond {MAX_BITS} bits")
    if b < 0:
        raise SpecRaised("ValueError: negative shift count")
    return _whole(a << b) if a else 0


def _native(symbol: str, act: Callable[[Any, Any], Any], on_sets: bool) -> Callable[[Any, Any, Meter], Any]:
    def apply(a: Any, b: Any, meter: Meter) -> Any:
        if on_sets and type(a) is set and type(b) is set:
            meter.tick(len(a) + len(b))
        elif type(a) not in _INT or type(b) not in _INT:
            raise _typed(symbol, a, b)
        try:
            return act(a, b)
        except (ZeroDivisionError, ValueError) as error:
            raise SpecRaised(f"{type(error).__name__}: {error}") from None

    return apply


BINARY: dict[str, Callable[[Any, Any, Meter], Any]] = {
    "Add": _add,
    "Sub": _native("-", operator.sub, on_sets=True),
    "Mult": _mul,
    "FloorDiv": _native("//", operator.floordiv, on_sets=False),
    "Mod": _native("%", operator.mod, on_sets=False),
    "Pow": _power,
    "LShift": _shift_left,
    "RShift": _native(">>", operator.rshift, on_sets=False),
    "BitAnd": _native("&", operator.and_, on_sets=True),
    "BitOr": _native("|", operator.or_, on_sets=True),
    "BitXor": _native("^", operator.xor, on_sets=True),
}


def _compare(act: Callable[[Any, Any], Any]) -> Callable[[Any, Any, Meter], bool]:
    def apply(a: Any, b: Any, meter: Meter) -> bool:
        if type(a) is not int or type(b) is not int:
            weigh(a, meter)
            weigh(b, meter)
        try:
            return bool(act(a, b))
        except TypeError as error:
            raise SpecRaised(f"TypeError: {error}") from None

    return apply


def _contains(a: Any, b: Any, meter: Meter) -> bool:
    weigh(a, meter)
    if isinstance(b, Iterator):
        return any(a == item for item in iterate(b, meter))
    if type(b) is not range:
        weigh(b, meter)
    try:
        return a in b
    except TypeError as error:
        raise SpecRaised(f"TypeError: {error}") from None


COMPARE: dict[str, Callable[[Any, Any, Meter], bool]] = {
    "Eq": _compare(operator.eq),
    "NotEq": _compare(operator.ne),
    "Lt": _compare(operator.lt),
    "LtE": _compare(operator.le),
    "Gt": _compare(operator.gt),
    "GtE": _compare(operator.ge),
    "In": _contains,
    "NotIn": lambda a, b, meter: not _contains(a, b, meter),
}


def subscript(value: Any, index: Any, meter: Meter) -> Any:
    """``value[index]``; ``index`` is an int or a slice."""
    if type(value) not in (str, list, tuple, range):
        raise SpecRaised(f"TypeError: {type(value).__name__} cannot be indexed")
    if type(index) is slice:
        meter.tick(1 + len(value) // 8 if type(value) is not range else 1)
    try:
        return value[index]
    except (IndexError, TypeError, ValueError) as error:
        raise SpecRaised(f"{type(error).__name__}: {error}") from None
