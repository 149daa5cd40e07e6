"""Decoding Lean objects into names, levels and terms, strictly.

Accepts exactly the shapes that Lean 4's own writer makes: sizes must match, children must lie below their parents (so
there are no cycles), text must be valid UTF-8, and what Lean caches in a term (loose-variable range and flags) must be
what we compute ourselves. Nothing decoded here is believed: both kernels check it afterwards. Strictness keeps two
readers from seeing different things in one file.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import TypeVar

from . import level as levels
from .level import Level
from .memory import MalformedOlean, Memory
from .names import MAX_COMPONENTS, Name
from .term import Term, app, const, lam, let, lit, pi, proj, sort, var

T = TypeVar("T")

MAX_CONSTRUCTOR_TAG, ARRAY, STRING, BIG_NUMBER = 244, 246, 249, 250
BOX_ZERO = 1
"""The scalar 0: ``[]``, ``none``, the anonymous name, the level zero."""

MAX_OBJECTS = 8_000_000
MAX_LEVEL_DEPTH = 200
MAX_LIST = 100_000
MAX_STRING = 1 << 22
MAX_LIMBS = 1 << 14

# Term tag -> (fields, bytes of cached data and flags after them, which fields are terms).
VAR, SORT, CONST, APP, LAM, PI, LET, LIT, METADATA, PROJ = 0, 3, 4, 5, 6, 7, 8, 9, 10, 11
_SHAPES: dict[int, tuple[int, int, tuple[int, ...]]] = {
    VAR: (1, 8, ()),
    SORT: (1, 8, ()),
    CONST: (2, 8, ()),
    APP: (2, 8, (0, 1)),
    LAM: (3, 9, (1, 2)),
    PI: (3, 9, (1, 2)),
    LET: (4, 9, (1, 2, 3)),
    LIT: (1, 8, ()),
    METADATA: (2, 8, (1,)),
    PROJ: (3, 8, (2,)),
}


class Decoder:
    """Reads values at addresses of one ``Memory``. Shared objects are decoded once."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self._strings: dict[int, str] = {}
        self._names: dict[int, Name] = {BOX_ZERO: ()}
        self._levels: dict[int, Level] = {BOX_ZERO: levels.ZERO}
        self._terms: dict[int, Term] = {}
        self._visited = 0

    def constructor(self, address: int, scalar_bytes: int = 0) -> tuple[int, tuple[int, ...]]:
        """Tag and fields of a constructor object with ``scalar_bytes`` of unboxed data after its fields."""
        if address & 1:
            raise MalformedOlean("a scalar where an object belongs")
        size, count, tag = self.memory.header(address)
        self._visited += 1
        if self._visited > MAX_OBJECTS:
            raise MalformedOlean(f"more than {MAX_OBJECTS} objects")
        if tag > MAX_CONSTRUCTOR_TAG:
            raise MalformedOlean("not a constructor object")
        fields = self.memory.words(address + 8, count)
        if not self.memory.trusted:
            if size != 8 + 8 * count + ((scalar_bytes + 7) & ~7):
                raise MalformedOlean("an object's size does not fit its shape")
            for field in fields:
                if not field & 1 and field >= address:
                    raise MalformedOlean("a pointer points forward")
        return tag, fields

    def shape(self, address: int, tag: int, count: int, scalar_bytes: int = 0) -> tuple[int, ...]:
        """Fields of a constructor object that must have this tag and number of fields."""
        found, fields = self.constructor(address, scalar_bytes)
        if found != tag or len(fields) != count:
            raise MalformedOlean(f"expected tag {tag} with {count} fields, found tag {found} with {len(fields)}")
        return fields

    def unboxed(self, address: int, fields: int, layout: str) -> tuple[int, ...]:
        """The unboxed data after ``fields`` fields, by its struct layout."""
        layout = "<" + layout
        return struct.unpack(layout, self.memory.raw(address + 8 + 8 * fields, struct.calcsize(layout)))

    def flag(self, address: int, fields: int, offset: int = 0) -> bool:
        value = self.memory.raw(address + 8 + 8 * fields + offset, 1)[0]
        if value > 1:
            raise MalformedOlean("a Bool that is neither true nor false")
        return value == 1

    def string(self, address: int) -> str:
        found = self._strings.get(address)
        if found is None:
            if address & 1 or self.memory.header(address)[2] != STRING:
                raise MalformedOlean("not a string")
            size, capacity, length = self.memory.words(address + 8, 3)
            if not 0 < size <= capacity or size > MAX_STRING:
                raise MalformedOlean("a string's size is out of range")
            data = self.memory.raw(address + 32, size)
            try:
                found = data[:-1].decode()
            except UnicodeDecodeError:
                raise MalformedOlean("a string is not UTF-8") from None
            if data[-1] or len(found) != length:
                raise MalformedOlean("a string's length is wrong")
            self._strings[address] = found
        return found

    def natural(self, address: int) -> int:
        if address & 1:
            return address >> 1
        if self.memory.header(address)[2] != BIG_NUMBER:
            raise MalformedOlean("not a natural number")
        # GMP's struct: int allocated; int size (negative for negative numbers); pointer to 64-bit limbs.
        sizes, limbs = self.memory.words(address + 8, 2)
        count = sizes >> 32
        if not 0 < count <= MAX_LIMBS:
            raise MalformedOlean("a big number's size is out of range")
        if not self.memory.trusted and limbs != address + 24:
            raise MalformedOlean("a big number's digits lie elsewhere")
        value = int.from_bytes(self.memory.raw(limbs, 8 * count), "little")
        if value < 1 << 63:
            raise MalformedOlean("a small number written as a big one")
        return value

    def array(self, address: int) -> tuple[int, ...]:
        if address & 1 or self.memory.header(address)[2] != ARRAY:
            raise MalformedOlean("not an array")
        size, capacity = self.memory.words(address + 8, 2)
        if size > capacity or size > 1 << 22:
            raise MalformedOlean("an array's size is out of range")
        return self.memory.words(address + 24, size)

    def list_of(self, address: int, read: Callable[[int], T]) -> tuple[T, ...]:
        items: list[T] = []
        while not address & 1:
            item, address = self.shape(address, 1, 2)
            items.append(read(item))
            if len(items) > MAX_LIST:
                raise MalformedOlean(f"a list longer than {MAX_LIST}")
        if address != BOX_ZERO:
            raise MalformedOlean("a list that does not end")
        return tuple(items)

    def name(self, address: int) -> Name:
        found = self._names.get(address)
        if found is None:
            tag, fields = self.constructor(address, 8)
            if len(fields) != 2 or tag not in (1, 2):
                raise MalformedOlean("not a name")
            last = self.string(fields[1]) if tag == 1 else self.natural(fields[1])
            found = (*self.name(fields[0]), last)
            if len(found) > MAX_COMPONENTS:
                raise MalformedOlean(f"a name with more than {MAX_COMPONENTS} components")
            self._names[address] = found
        return found

    def names(self, address: int) -> tuple[Name, ...]:
        return self.list_of(address, self.name)

    def level(self, address: int, depth: int = 0) -> Level:
        found = self._levels.get(address)
        if found is None:
            if depth > MAX_LEVEL_DEPTH:
                raise MalformedOlean(f"a universe level deeper than {MAX_LEVEL_DEPTH}")
            tag, fields = self.constructor(address, 8)
            match tag, len(fields):
                case 0, 0:
                    found = levels.ZERO
                case 1, 1:
                    found = levels.succ(self.level(fields[0], depth + 1))
                case 2, 2:
                    found = levels.max_of(self.level(fields[0], depth + 1), self.level(fields[1], depth + 1))
                case 3, 2:
                    found = levels.imax_of(self.level(fields[0], depth + 1), self.level(fields[1], depth + 1))
                case 4, 1:
                    found = levels.param(self.name(fields[0]))
                case _:
                    raise MalformedOlean("not a universe level")
            self._levels[address] = found
        return found

    def term(self, address: int) -> Term:
        """Iterative, because terms may be as deep as the file is long."""
        known, stack = self._terms, [address]
        while stack:
            here = stack[-1]
            if here in known:
                stack.pop()
                continue
            if here & 1:
                raise MalformedOlean("a scalar where a term belongs")
            tag = self.memory.header(here)[2]
            if tag not in _SHAPES:
                raise MalformedOlean("a term with free or meta variables")
            count, scalar_bytes, kids = _SHAPES[tag]
            fields = self.shape(here, tag, count, scalar_bytes)
            missing = [fields[i] for i in kids if fields[i] not in known]
            if missing:
                stack.extend(missing)
                continue
            stack.pop()
            term = self._build(tag, fields)
            if tag != METADATA and not self.memory.trusted:
                self._check_cached(term, self.unboxed(here, count, "Q")[0])
            known[here] = term
        return known[address]

    def closed_term(self, address: int) -> Term:
        """A term without loose bound variables, as declarations hold them."""
        term = self.term(address)
        if term.loose:
            raise MalformedOlean("a declaration's term is not closed")
        return term

    def _build(self, tag: int, fields: tuple[int, ...]) -> Term:
        known = self._terms
        if tag == APP:
            return app(known[fields[0]], known[fields[1]])
        if tag == VAR:
            return var(self.natural(fields[0]))
        if tag == CONST:
            return const(self.name(fields[0]), self.list_of(fields[1], self.level))
        if tag == LAM:
            return lam(known[fields[1]], known[fields[2]])
        if tag == PI:
            return pi(known[fields[1]], known[fields[2]])
        if tag == SORT:
            return sort(self.level(fields[0]))
        if tag == LET:
            return let(known[fields[1]], known[fields[2]], known[fields[3]])
        if tag == LIT:
            return lit(self._literal(fields[0]))
        if tag == METADATA:
            return known[fields[1]]
        return proj(self.name(fields[0]), self.natural(fields[1]), known[fields[2]])

    def _literal(self, address: int) -> int | str:
        tag, fields = self.constructor(address)
        if len(fields) != 1 or tag > 1:
            raise MalformedOlean("not a literal")
        return self.natural(fields[0]) if tag == 0 else self.string(fields[0])

    @staticmethod
    def _check_cached(term: Term, data: int) -> None:
        """Cached bits: 40 free variable, 41 and 42 meta variable, 43 level parameter, 44 and up the loose range."""
        if data >> 44 != term.loose or data >> 40 & 0b111 or bool(data >> 43 & 1) != term.has_param:
            raise MalformedOlean("a term's cached data are forged")
