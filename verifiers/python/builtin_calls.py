"""The pure built-ins that a specification may call: ``abs`` to ``zip``, bounded by the step budget.

Keyword arguments: ``sorted(reverse=)``, ``min``/``max(default=)``, ``enumerate(start=)``, ``sum(start=)``. There is no
``key=``: a specification has no functions of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .bounded import BINARY, MAX_LENGTH, iterate, weigh
from .meter import Meter, SpecExhausted, SpecRaised

_INT = (int, bool)
_MISSING = object()


def _integer(value: Any, what: str) -> int:
    if type(value) not in _INT:
        raise SpecRaised(f"TypeError: {what} of {type(value).__name__}")
    return int(value)


def _gather(value: Any, meter: Meter) -> list[Any]:
    items: list[Any] = []
    for item in iterate(value, meter):
        if len(items) >= MAX_LENGTH:
            raise SpecExhausted(f"a sequence grew beyond {MAX_LENGTH} items")
        items.append(item)
    return items


def _abs(meter: Meter, value: Any) -> Any:
    return abs(_integer(value, "abs"))


def _all(meter: Meter, value: Any) -> Any:
    return all(iterate(value, meter))


def _any(meter: Meter, value: Any) -> Any:
    return any(iterate(value, meter))


def _bool(meter: Meter, value: Any = False) -> Any:
    return bool(value)


def _enumerate(meter: Meter, value: Any, start: Any = 0) -> Iterator[Any]:
    return enumerate(iterate(value, meter), _integer(start, "start"))


def _int(meter: Meter, value: Any = 0) -> Any:
    if type(value) is str:
        if len(value) > 2000:
            raise SpecExhausted("int() of a text longer than 2000")
        try:
            return int(value)
        except ValueError:
            raise SpecRaised("ValueError: int() of a text that is no integer") from None
    return _integer(value, "int")


def _len(meter: Meter, value: Any) -> Any:
    if type(value) not in (str, list, tuple, set, range):
        raise SpecRaised(f"TypeError: len of {type(value).__name__}")
    try:
        return len(value)
    except OverflowError:
        raise SpecExhausted("len of a range beyond the machine's integers") from None


def _list(meter: Meter, value: Any = ()) -> Any:
    return _gather(value, meter)


def _extreme(name: str, pick: Callable[[Any], Any]) -> Callable[..., Any]:
    def apply(meter: Meter, *values: Any, default: Any = _MISSING) -> Any:
        if not values:
            raise SpecRaised(f"TypeError: {name} of nothing")
        items = list(values) if len(values) > 1 else _gather(values[0], meter)
        if not items:
            if default is _MISSING:
                raise SpecRaised(f"ValueError: {name} of an empty sequence")
            return default
        weigh(items, meter)
        try:
            return pick(items)
        except TypeError as error:
            raise SpecRaised(f"TypeError: {error}") from None

    return apply


def _range(meter: Meter, *bounds: Any) -> Any:
    if not 1 <= len(bounds) <= 3:
        raise SpecRaised("TypeError: range takes one to three integers")
    try:
        return range(*(_integer(bound, "range") for bound in bounds))
    except ValueError as error:
        raise SpecRaised(f"ValueError: {error}") from None


def _reversed(meter: Meter, value: Any) -> Iterator[Any]:
    if type(value) not in (str, list, tuple, range):
        raise SpecRaised(f"TypeError: reversed of {type(value).__name__}")
    return iterate(value[::-1], meter)


def _set(meter: Meter, value: Any = ()) -> Any:
    items = _gather(value, meter)
    weigh(items, meter)
    try:
        return set(items)
    except TypeError as error:
        raise SpecRaised(f"TypeError: {error}") from None


def _sorted(meter: Meter, value: Any, *, reverse: Any = False) -> Any:
    items = _gather(value, meter)
    weigh(items, meter)
    meter.tick(len(items) * max(len(items).bit_length(), 1) // 4)
    try:
        return sorted(items, reverse=bool(reverse))
    except TypeError as error:
        raise SpecRaised(f"TypeError: {error}") from None


def _str(meter: Meter, value: Any = "") -> Any:
    if type(value) not in (int, bool, str):
        raise SpecRaised(f"TypeError: str of {type(value).__name__}")
    weigh(value, meter)
    return str(value)


def _sum(meter: Meter, value: Any, start: Any = 0) -> Any:
    total = start
    if type(start) is str:
        raise SpecRaised("TypeError: sum of texts")
    for item in iterate(value, meter):
        total = BINARY["Add"](total, item, meter)
    return total


def _tuple(meter: Meter, value: Any = ()) -> Any:
    return tuple(_gather(value, meter))


def _zip(meter: Meter, *values: Any) -> Iterator[Any]:
    return zip(*[iterate(value, meter) for value in values], strict=False)


BUILTINS: dict[str, Callable[..., Any]] = {
    "abs": _abs,
    "all": _all,
    "any": _any,
    "bool": _bool,
    "enumerate": _enumerate,
    "int": _int,
    "len": _len,
    "list": _list,
    "max": _extreme("max", max),
    "min": _extreme("min", min),
    "range": _range,
    "reversed": _reversed,
    "set": _set,
    "sorted": _sorted,
    "str": _str,
    "sum": _sum,
    "tuple": _tuple,
    "zip": _zip,
}

KEYWORDS: dict[str, frozenset[str]] = {
    "sorted": frozenset({"reverse"}),
    "min": frozenset({"default"}),
    "max": frozenset({"default"}),
    "enumerate": frozenset({"start"}),
    "sum": frozenset({"start"}),
}
