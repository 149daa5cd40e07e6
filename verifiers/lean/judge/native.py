"""Lean's own kernel, reached through ctypes: terms are rebuilt with its constructors and added by its checker.

The shared library is the official Lean 4 build. ``lean_expr_mk_*`` recompute all hashes and cached ranges: nothing of a
file's memory layout reaches the kernel; ``lean_add_decl`` type-checks. Every object made here is "persistent"
(reference count 0): counting is switched off, so ownership conventions cannot be got wrong. Objects are never freed,
which is right for a process that judges one submission and exits.

Call once per process, and before anything else set LEAN_NAT_MAX_SIZE in the environment (``__main__`` does).
"""

from __future__ import annotations

import ctypes
import struct
from pathlib import Path
from typing import Any

from . import level as levels
from .declaration import (
    ABBREVIATION_HEIGHT,
    OPAQUE_HEIGHT,
    Axiom,
    Declaration,
    Declarations,
    Definition,
    Inductive,
    Opaque,
    Quotient,
    Theorem,
)
from .decode import ARRAY, BOX_ZERO, Decoder
from .level import IMax, Level, Max, Param, Succ
from .memory import HEADER, LiveMemory
from .names import Name, show
from .olean import read_constant
from .term import App, Const, Lam, Let, Lit, Pi, Proj, Sort, Term, Var, children

Object = int
"""Address of a Lean object, or an odd number for a scalar."""

_POINTER = ctypes.c_void_p
_BYTE = ctypes.c_uint8

# Lean.KernelException, in the order of its constructors.
_EXCEPTIONS = (
    "unknown constant",
    "already declared",
    "declaration type mismatch",
    "declaration has meta variables",
    "declaration has free variables",
    "function expected",
    "type expected",
    "let type mismatch",
    "expression type mismatch",
    "application type mismatch",
    "invalid projection",
    "theorem type is not a proposition",
    "other",
    "deterministic timeout",
    "excessive memory",
    "deep recursion",
    "interrupted",
)
_OTHER, _OUT_OF_BUDGET = 12, frozenset({13, 14, 15, 16})


class NativeRefusal(Exception):
    """Lean's kernel refuses a declaration."""


class NativeBudget(Exception):
    """Lean's kernel ran out of heartbeats, memory or stack: no opinion."""


class NativeKernel:
    """One kernel environment, empty at first. ``add`` extends it by checked declarations only; ``import_core`` replaces
    it by one that was checked before."""

    def __init__(self, library: Path) -> None:
        # RTLD_GLOBAL: the library resolves its own symbols through the global table.
        self._library = ctypes.CDLL(str(library), mode=ctypes.RTLD_GLOBAL)
        self._memory = LiveMemory()
        self._functions: dict[str, Any] = {}
        self._mark_persistent = self._library.lean_mark_persistent
        self._mark_persistent.restype, self._mark_persistent.argtypes = None, [_POINTER]
        self._names: dict[Name, Object] = {(): BOX_ZERO}
        self._levels: dict[Level, Object] = {}
        self._terms: dict[Term, Object] = {}
        for start in ("lean_initialize_runtime_module", "lean_initialize", "lean_io_mark_end_initialization"):
            getattr(self._library, start)()
        self._binder_name = self._name(("x",))
        empty = self._result(self._call("l_Lean_mkEmptyEnvironment", [ctypes.c_uint32], 0))
        self._environment = self._persist(self._call("lean_elab_environment_to_kernel_env", [_POINTER], empty))

    def import_core(self, directory: Path) -> None:
        """Start again from the compiled core in ``directory``, which Lean reads itself and does not check: only for
        files of our own that were checked before. Unsafe constants are known then, too; Lean's kernel refuses safe
        declarations that refer to them."""
        folder = self._string(str(directory))
        self._result(self._call("l_Lean_initSearchPath", [_POINTER, _POINTER], folder, self._list([folder])))
        # Import: module; the flags importAll, isExported, isMeta.
        wanted = self._array([self._object(0, self._name(("Init",)), unboxed=b"\0\1\0")])
        options = _POINTER.in_dll(self._library, "l_Lean_Options_empty").value
        # Imports, options, trust level, plug-ins; flags: for ever, extensions; the private level; no paths by name.
        types = [_POINTER, _POINTER, ctypes.c_uint32, _POINTER, _BYTE, _BYTE, _BYTE, _POINTER]
        arguments = (wanted, options, 0, self._array([]), 1, 0, 2, BOX_ZERO + 2)
        environment = self._result(self._call("l_Lean_importModules", types, *arguments))
        self._environment = self._persist(self._call("lean_elab_environment_to_kernel_env", [_POINTER], environment))

    # -- calling into the library --

    def _call(self, name: str, types: list[Any], *args: Any) -> Any:
        function = self._functions.get(name)
        if function is None:
            function = self._functions[name] = getattr(self._library, name)
            function.restype, function.argtypes = _POINTER, types
        return function(*args)

    def _make(self, name: str, *args: Object) -> Object:
        """Call a function of objects; keep its result for ever. (Written out, because it runs once per subterm.)"""
        function = self._functions.get(name)
        if function is None:
            return self._persist(self._call(name, [_POINTER] * len(args), *args))
        address: Object = function(*args)
        if not address & 1:
            self._mark_persistent(address)
        return address

    def _persist(self, address: Object) -> Object:
        if not address & 1:
            self._mark_persistent(address)
        return address

    def _except(self, result: Object) -> tuple[bool, Object]:
        """An ``Except``: whether it is ``ok``, and its one field."""
        tag = self._memory.header(result)[2]
        return tag == 1, self._memory.words(result + 8, 1)[0]

    def _result(self, result: Object) -> Object:
        """The value of an IO result (tag 0 is success)."""
        failed, value = self._except(result)
        if failed:
            raise RuntimeError("the Lean runtime did not start, or cannot read the compiled core")
        return self._persist(value)

    def _object(self, tag: int, *fields: Object, unboxed: bytes = b"") -> Object:
        """A constructor object, laid out by hand with reference count 0."""
        padded = unboxed.ljust((len(unboxed) + 7) & ~7, b"\0")
        size = 8 + 8 * len(fields) + len(padded)
        address: Object = self._call("lean_alloc_object", [ctypes.c_size_t], size)
        data = HEADER.pack(0, size, len(fields), tag) + struct.pack(f"<{len(fields)}Q", *fields) + padded
        ctypes.memmove(address, data, size)
        return address

    # -- building values --

    def _string(self, text: str) -> Object:
        data = text.encode()
        types = [ctypes.c_char_p, ctypes.c_size_t]
        return self._persist(self._call("lean_mk_string_from_bytes", types, data, len(data)))

    def _natural(self, value: int) -> Object:
        if value < 1 << 63:
            return value << 1 | 1
        return self._persist(self._call("lean_cstr_to_nat", [ctypes.c_char_p], _decimal(value)))

    def _list(self, items: list[Object]) -> Object:
        result = BOX_ZERO
        for item in reversed(items):
            result = self._object(1, item, result)
        return result

    def _array(self, items: list[Object]) -> Object:
        size = 24 + 8 * len(items)
        address: Object = self._call("lean_alloc_object", [ctypes.c_size_t], size)
        # As large an object has no size in its header.
        data = HEADER.pack(0, 0, 0, ARRAY) + struct.pack(f"<{2 + len(items)}Q", len(items), len(items), *items)
        ctypes.memmove(address, data, size)
        return address

    def _name(self, name: Name) -> Object:
        found = self._names.get(name)
        if found is None:
            prefix, last = self._name(name[:-1]), name[-1]
            if isinstance(last, str):
                found = self._make("lean_name_mk_string", prefix, self._string(last))
            else:
                found = self._make("lean_name_mk_numeral", prefix, self._natural(last))
            self._names[name] = found
        return found

    def _name_list(self, names: tuple[Name, ...]) -> Object:
        return self._list([self._name(name) for name in names])

    def _level(self, level: Level) -> Object:
        found = self._levels.get(level)
        if found is None:
            if level is levels.ZERO:
                found = self._make("lean_level_mk_zero", BOX_ZERO)
            elif isinstance(level, Succ):
                found = self._make("lean_level_mk_succ", self._level(level.of))
            elif isinstance(level, Max):
                found = self._make("lean_level_mk_max", self._level(level.left), self._level(level.right))
            elif isinstance(level, IMax):
                found = self._make("lean_level_mk_imax", self._level(level.left), self._level(level.right))
            else:
                assert isinstance(level, Param)
                found = self._make("lean_level_mk_param", self._name(level.name))
            self._levels[level] = found
        return found

    def _term(self, root: Term) -> Object:
        known, stack = self._terms, [root]
        while stack:
            term = stack[-1]
            if term in known:
                stack.pop()
                continue
            missing = [child for child in children(term) if child not in known]
            if missing:
                stack.extend(missing)
                continue
            stack.pop()
            known[term] = self._build(term)
        return known[root]

    def _build(self, term: Term) -> Object:
        known = self._terms
        if isinstance(term, App):
            return self._make("lean_expr_mk_app", known[term.fn], known[term.arg])
        if isinstance(term, Lam | Pi):
            function = "lean_expr_mk_lambda" if isinstance(term, Lam) else "lean_expr_mk_forall"
            types = [_POINTER, _POINTER, _POINTER, _BYTE]
            return self._persist(self._call(function, types, self._binder_name, known[term.type], known[term.body], 0))
        if isinstance(term, Const):
            arguments = self._list([self._level(level) for level in term.levels])
            return self._make("lean_expr_mk_const", self._name(term.name), arguments)
        if isinstance(term, Var):
            return self._make("lean_expr_mk_bvar", self._natural(term.index))
        if isinstance(term, Sort):
            return self._make("lean_expr_mk_sort", self._level(term.level))
        if isinstance(term, Let):
            types = [_POINTER, _POINTER, _POINTER, _POINTER, _BYTE]
            parts = (known[term.type], known[term.value], known[term.body])
            return self._persist(self._call("lean_expr_mk_let", types, self._binder_name, *parts, 0))
        if isinstance(term, Lit):
            if isinstance(term.value, str):
                literal = self._object(1, self._string(term.value))
            else:
                literal = self._object(0, self._natural(term.value))
            return self._make("lean_expr_mk_lit", literal)
        assert isinstance(term, Proj), "declarations hold no free variables"
        return self._make("lean_expr_mk_proj", self._name(term.structure), self._natural(term.index), known[term.value])

    # -- declarations --

    def _common(self, declaration: Declaration) -> Object:
        params = self._name_list(declaration.level_params)
        return self._object(0, self._name(declaration.name), params, self._term(declaration.type))

    def _declaration(self, declaration: Declaration, block: Declarations) -> Object:
        """The Lean.Declaration that asks the kernel to add ``declaration``; for an inductive type, its whole block."""
        this = self._name_list((declaration.name,))
        if isinstance(declaration, Axiom):
            return self._object(0, self._object(0, self._common(declaration), unboxed=b"\0"))
        if isinstance(declaration, Definition):
            height = {OPAQUE_HEIGHT: BOX_ZERO, ABBREVIATION_HEIGHT: BOX_ZERO + 2}.get(declaration.height)
            if height is None:
                height = self._object(2, unboxed=struct.pack("<I", declaration.height))
            value = self._term(declaration.value)
            return self._object(1, self._object(0, self._common(declaration), value, height, this, unboxed=b"\1"))
        if isinstance(declaration, Theorem):
            return self._object(2, self._object(0, self._common(declaration), self._term(declaration.value), this))
        if isinstance(declaration, Opaque):
            value = self._term(declaration.value)
            return self._object(3, self._object(0, self._common(declaration), value, this, unboxed=b"\0"))
        if isinstance(declaration, Quotient):
            return 4 << 1 | 1
        assert isinstance(declaration, Inductive), "constructors and recursors come with their inductive type"
        types = []
        for name in declaration.types:
            constructors = [
                self._object(0, self._name(each), self._term(block[each].type))
                for each in _inductive(block, name).constructors
            ]
            types.append(self._object(0, self._name(name), self._term(block[name].type), self._list(constructors)))
        params = self._natural(declaration.num_params)
        return self._object(6, self._name_list(declaration.level_params), params, self._list(types), unboxed=b"\0")

    def add(self, declaration: Declaration, block: Declarations, heartbeats: int) -> None:
        """Type-check and add. Raises NativeRefusal or NativeBudget; then the environment is as before."""
        self._call("_ZN4lean15reset_heartbeatEv", [])
        types = [_POINTER, ctypes.c_size_t, ctypes.c_size_t, _POINTER, _POINTER]
        request = self._declaration(declaration, block)
        result = self._persist(
            self._call("lean_add_decl", types, self._environment, heartbeats, 1000, request, BOX_ZERO)
        )
        added, value = self._except(result)
        if added:
            self._environment = value
            return
        code, message = self._exception(value)
        if code in _OUT_OF_BUDGET:
            raise NativeBudget(f"{show(declaration.name)}: {message}")
        raise NativeRefusal(f"{show(declaration.name)}: {message}")

    def _exception(self, value: Object) -> tuple[int, str]:
        if value & 1:
            return value >> 1, _EXCEPTIONS[value >> 1]
        _, fields, code = self._memory.header(value)
        message = _EXCEPTIONS[code]
        if code == _OTHER:
            message = Decoder(self._memory).string(self._memory.words(value + 8, fields)[0])
        return code, message

    def find(self, name: Name) -> Declaration | None:
        """What the kernel's environment holds under ``name``."""
        option = self._persist(
            self._call("lean_environment_find", [_POINTER, _POINTER], self._environment, self._name(name))
        )
        if option & 1:
            return None
        return read_constant(Decoder(self._memory), self._memory.words(option + 8, 1)[0])


def _inductive(block: Declarations, name: Name) -> Inductive:
    found = block[name]
    if not isinstance(found, Inductive):
        raise NativeRefusal(f"{show(name)} is named in a block of inductive types but is none")
    return found


def _decimal(value: int) -> bytes:
    """Decimal digits without Python's 4300-digit guard, whose purpose (quadratic conversion) the decoder's limit on
    number size already serves."""
    if value < 10**4000:
        return str(value).encode()
    half = 4000
    while value >= 10 ** (2 * half):
        half *= 2
    high, low = divmod(value, 10**half)
    return _decimal(high) + _decimal(low).rjust(half, b"0")
