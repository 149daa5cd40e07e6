"""The values of ``python/function/v1``: int, bool, str, and lists and tuples of them, compared exactly.

Python thinks that ``1 == True`` and that an ``int`` subclass with a forged ``__eq__`` equals everything. Nothing here
does: ``same`` and ``conforms`` ask for the exact type at every level. Two text forms exist. The *wire* form carries any
value between the oracle and the box without a declared type (a tuple is ``{"t": [...]}``). The *plain* form is what
claims and evidence hold (tuples are JSON arrays); only the declared type turns it back into a value.

What this module does not do: it runs nothing and knows nothing of functions.
"""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from typing import Any

Value = Any
"""int, bool, str, list or tuple, nested; never a subclass of one."""

MAX_INT_BITS = 4096
"""Larger integers are neither sent nor accepted (Python refuses to print beyond 4300 digits, about 14,000 bits)."""
MAX_TEXT = 20_000
MAX_ITEMS = 20_000
MAX_DEPTH = 12


@dataclass(frozen=True)
class Type:
    """``int``, ``bool``, ``str``, ``list[T]``, ``tuple[T1, T2]`` or, with ``variadic``, ``tuple[T, ...]``."""

    name: str
    items: tuple[Type, ...] = ()
    variadic: bool = False

    def __str__(self) -> str:
        if not self.items and self.name != "tuple":
            return self.name
        inside = ", ".join(map(str, self.items)) + (", ..." if self.variadic else "")
        return f"{self.name}[{inside or '()'}]"


def type_from_annotation(node: ast.expr | None, depth: int = 0) -> Type:
    """The type that an annotation names. Raises ValueError with the mend for anything else."""
    mend = "use int, bool, str, list[...] or tuple[...]"
    if depth > 4:
        raise ValueError("a type is nested deeper than 4 levels; flatten it")
    if node is None:
        raise ValueError(f"a type is missing; {mend}")
    if isinstance(node, ast.Name) and node.id in ("int", "bool", "str"):
        return Type(node.id)
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        if node.value.id == "list":
            return Type("list", (type_from_annotation(node.slice, depth + 1),))
        if node.value.id == "tuple":
            parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            if len(parts) == 2 and isinstance(parts[1], ast.Constant) and parts[1].value is Ellipsis:
                return Type("tuple", (type_from_annotation(parts[0], depth + 1),), variadic=True)
            return Type("tuple", tuple(type_from_annotation(part, depth + 1) for part in parts))
    raise ValueError(f"the type {ast.unparse(node)[:60]!r} is not supported; {mend}")


def conforms(value: Value, kind: Type) -> bool:
    """True if ``value`` has exactly this type, at every level. A bool is not an int."""
    if type(value).__name__ != kind.name or type(value) not in (int, bool, str, list, tuple):
        return False
    if kind.name == "list" or kind.variadic:
        return all(conforms(item, kind.items[0]) for item in value)
    if kind.name == "tuple":
        return len(value) == len(kind.items) and all(map(conforms, value, kind.items))
    return True


def same(a: Value, b: Value) -> bool:
    """Equal in value and in exact type, at every level."""
    if type(a) is not type(b):
        return False
    if type(a) in (list, tuple):
        return len(a) == len(b) and all(map(same, a, b))
    return bool(a == b)


def encode(value: Value) -> Any:
    """The wire form, for ``json.dumps``."""
    if type(value) is tuple:
        return {"t": [encode(item) for item in value]}
    return [encode(item) for item in value] if type(value) is list else value


def decode(wire: Any, depth: int = 0) -> Value:
    """The value of a wire form. Raises ValueError for what ``encode`` cannot have made, and beyond the caps."""
    if depth > MAX_DEPTH:
        raise ValueError(f"nested deeper than {MAX_DEPTH}")
    if type(wire) is bool:
        return wire
    if type(wire) is int:
        if wire.bit_length() > MAX_INT_BITS:
            raise ValueError(f"an integer of more than {MAX_INT_BITS} bits")
        return wire
    if type(wire) is str:
        if len(wire) > MAX_TEXT:
            raise ValueError(f"a text longer than {MAX_TEXT}")
        return wire
    if type(wire) is list:
        if len(wire) > MAX_ITEMS:
            raise ValueError(f"a list longer than {MAX_ITEMS}")
        return [decode(item, depth + 1) for item in wire]
    if type(wire) is dict and set(wire) == {"t"} and type(wire["t"]) is list:
        return tuple(decode(wire["t"], depth))
    raise ValueError("not the wire form of a value")


def from_plain(plain: Any, kind: Type) -> Value:
    """The value of this type that a claim's or an evidence's JSON stands for. Raises ValueError."""
    if kind.name == "tuple" or kind.name == "list":
        if type(plain) not in (list, tuple):
            raise ValueError(f"{show(plain)} is not a {kind}")
        if kind.name == "list" or kind.variadic:
            kinds = kind.items * len(plain)
        else:
            kinds = kind.items
        if len(kinds) != len(plain):
            raise ValueError(f"{show(plain)} is not a {kind}")
        items = [from_plain(item, item_kind) for item, item_kind in zip(plain, kinds, strict=True)]
        value: Value = items if kind.name == "list" else tuple(items)
    else:
        value = plain
    if not conforms(value, kind):
        raise ValueError(f"{show(plain)} is not a {kind}")
    return decode(encode(value))


def key(value: Value) -> str:
    """A text that two values share only if they are ``same``: for sets, sorting and evidence."""
    return json.dumps(encode(value), separators=(",", ":"))


def show(value: Any, limit: int = 120) -> str:
    """A short repr for one-line reasons, in ASCII because candidates choose some of it."""
    text = ascii(value)
    return text if len(text) <= limit else text[: limit - 3] + "..."
