"""Modules: the imports and constants of an .olean file. Nothing else in the file is looked at.

An .olean also holds the entries of environment extensions (simp sets, instances, syntax): arbitrary data that Lean
would act on. This reader never touches them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .declaration import (
    ABBREVIATION_HEIGHT,
    OPAQUE_HEIGHT,
    Axiom,
    Constructor,
    Declaration,
    Definition,
    Inductive,
    Opaque,
    Quotient,
    Recursor,
    RecursorRule,
    Safety,
    Theorem,
)
from .decode import BOX_ZERO, Decoder
from .memory import FileMemory, MalformedOlean
from .names import Name
from .term import Term

LEAN_VERSION = "4.35.0"

AXIOM, DEFINITION, THEOREM, OPAQUE, QUOTIENT, INDUCTIVE, CONSTRUCTOR, RECURSOR = range(8)
_DEFINITION_SAFETY: dict[int, Safety] = {0: "unsafe", 1: "safe", 2: "partial"}


@dataclass(frozen=True)
class Module:
    imports: tuple[Name, ...]
    constants: dict[Name, Declaration]


class OpenModule:
    """A module whose constants are known by name; each is decoded when it is read."""

    def __init__(self, decoder: Decoder, imports: tuple[Name, ...], places: dict[Name, int]) -> None:
        self.imports = imports
        self._decoder, self._places = decoder, places

    @property
    def names(self) -> Iterable[Name]:
        return self._places

    def read(self, name: Name) -> Declaration:
        """Raises MalformedOlean."""
        declaration = read_constant(self._decoder, self._places[name])
        if declaration.name != name:
            raise MalformedOlean("the table of names does not match the constants")
        return declaration


def read_module(data: bytes) -> Module:
    """Decode an .olean file. Raises MalformedOlean for anything that Lean's writer would not have written."""
    module = open_module(data)
    return Module(module.imports, {name: module.read(name) for name in module.names})


def open_module(data: bytes) -> OpenModule:
    """Decode imports and names only. Raises MalformedOlean."""
    memory = FileMemory(data)
    if memory.version != LEAN_VERSION:
        raise MalformedOlean(f"written by Lean {memory.version!r}, expected {LEAN_VERSION}")
    decoder = Decoder(memory)
    # ModuleData: imports, names of the constants, constants, extra constant names, extension entries; one Bool.
    imports, names, infos, _, _ = decoder.shape(memory.root, 0, 5, 1)
    listed, found = [decoder.name(address) for address in decoder.array(names)], decoder.array(infos)
    if len(listed) != len(found):
        raise MalformedOlean("the table of names does not match the constants")
    places = dict(zip(listed, found, strict=True))
    if len(places) != len(listed):
        raise MalformedOlean("a constant occurs twice")
    return OpenModule(decoder, tuple(_import(decoder, address) for address in decoder.array(imports)), places)


def _import(decoder: Decoder, address: int) -> Name:
    return decoder.name(decoder.shape(address, 0, 1, 3)[0])


def read_constant(decoder: Decoder, address: int) -> Declaration:
    """One ConstantInfo: a tag for the kind around the kind's own record."""
    kind, fields = decoder.constructor(address)
    if kind > RECURSOR or len(fields) != 1:
        raise MalformedOlean("not a constant")
    record = fields[0]
    if kind == DEFINITION:
        return _definition(decoder, record)
    if kind == THEOREM:
        common, value, _ = decoder.shape(record, 0, 3)
        return Theorem(*_common(decoder, common), "safe", decoder.closed_term(value))
    if kind == OPAQUE:
        common, value, _ = decoder.shape(record, 0, 3, 1)
        return Opaque(*_common(decoder, common), _safety(decoder, record, 3), decoder.closed_term(value))
    if kind == AXIOM:
        (common,) = decoder.shape(record, 0, 1, 1)
        return Axiom(*_common(decoder, common), _safety(decoder, record, 1))
    if kind == QUOTIENT:
        (common,) = decoder.shape(record, 0, 1, 1)
        return Quotient(*_common(decoder, common), "safe", decoder.unboxed(record, 1, "B")[0])
    if kind == INDUCTIVE:
        return _inductive(decoder, record)
    if kind == CONSTRUCTOR:
        common, inductive, index, params, arity = decoder.shape(record, 0, 5, 1)
        return Constructor(
            *_common(decoder, common),
            _safety(decoder, record, 5),
            decoder.name(inductive),
            decoder.natural(index),
            decoder.natural(params),
            decoder.natural(arity),
        )
    return _recursor(decoder, record)


def _common(decoder: Decoder, address: int) -> tuple[Name, tuple[Name, ...], Term]:
    """ConstantVal: name, level parameters, type."""
    name, level_params, type_ = decoder.shape(address, 0, 3)
    return decoder.name(name), decoder.names(level_params), decoder.closed_term(type_)


def _safety(decoder: Decoder, record: int, fields: int, offset: int = 0) -> Safety:
    return "unsafe" if decoder.flag(record, fields, offset) else "safe"


def _definition(decoder: Decoder, record: int) -> Definition:
    common, value, hints, _ = decoder.shape(record, 0, 4, 1)
    safety = _DEFINITION_SAFETY.get(decoder.unboxed(record, 4, "B")[0])
    if safety is None:
        raise MalformedOlean("a definition's safety is unknown")
    # ReducibilityHints: the scalars 0 opaque and 1 abbrev, or an object with an unboxed 32-bit height.
    if hints == BOX_ZERO:
        height = OPAQUE_HEIGHT
    elif hints == BOX_ZERO + 2:
        height = ABBREVIATION_HEIGHT
    else:
        decoder.shape(hints, 2, 0, 4)
        height = decoder.unboxed(hints, 0, "I")[0]
    return Definition(*_common(decoder, common), safety, decoder.closed_term(value), height)


def _inductive(decoder: Decoder, record: int) -> Inductive:
    common, params, indices, types, constructors, nested = decoder.shape(record, 0, 6, 3)
    names = decoder.names(types)
    if not names:
        raise MalformedOlean("an inductive type of an empty block")
    return Inductive(
        *_common(decoder, common),
        _safety(decoder, record, 6, 1),
        decoder.natural(params),
        decoder.natural(indices),
        names,
        decoder.names(constructors),
        decoder.natural(nested),
        decoder.flag(record, 6, 0),
        decoder.flag(record, 6, 2),
    )


def _recursor(decoder: Decoder, record: int) -> Recursor:
    common, types, params, indices, motives, minors, rules = decoder.shape(record, 0, 7, 2)
    names = decoder.names(types)
    if not names:
        raise MalformedOlean("a recursor of an empty block")

    def rule(address: int) -> RecursorRule:
        constructor, fields, value = decoder.shape(address, 0, 3)
        return RecursorRule(decoder.name(constructor), decoder.natural(fields), decoder.closed_term(value))

    return Recursor(
        *_common(decoder, common),
        _safety(decoder, record, 7, 1),
        names,
        decoder.natural(params),
        decoder.natural(indices),
        decoder.natural(motives),
        decoder.natural(minors),
        decoder.list_of(rules, rule),
        decoder.flag(record, 7, 0),
    )
