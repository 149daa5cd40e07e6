"""Reads Lean objects that live in this process, without calling into Lean.

Just enough of the object layout (lean.h) to recognise parser descriptors: a tag, a field count, pointer fields, text,
names. All reads go through /proc/self/mem, so that following a pointer that is no object raises instead of crashing.
Loading the runtime library is a side effect of a process's own: run it in a process made for the purpose.
"""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path

NAME_TEXT, NAME_NUMBER, STRING = 1, 2, 249


class NotAnObject(Exception):
    """The address does not hold what was asked for."""


class LiveObjects:
    """The data symbols of a loaded ``libleanshared.so``."""

    def __init__(self, library: Path) -> None:
        self._library = ctypes.CDLL(str(library), mode=ctypes.RTLD_GLOBAL)
        self._library.lean_initialize_runtime_module()
        self._library.lean_initialize()
        self._memory = os.open("/proc/self/mem", os.O_RDONLY)

    def at(self, symbol: str) -> int:
        """The address of the object that a constant's symbol holds. NotAnObject if it holds a scalar or nothing."""
        address = ctypes.c_void_p.in_dll(self._library, symbol).value
        if not address or address & 1:
            raise NotAnObject(symbol)
        return address

    def _read(self, address: int, size: int) -> bytes:
        if not 1 << 16 <= address < 1 << 47:
            raise NotAnObject(hex(address))
        try:
            data = os.pread(self._memory, size, address)
        except OSError:
            raise NotAnObject(hex(address)) from None
        if len(data) != size:
            raise NotAnObject(hex(address))
        return data

    def shape(self, address: int) -> tuple[int, int]:
        """(tag, number of pointer fields)."""
        header = self._read(address, 8)
        return header[7], header[6]

    def field(self, address: int, index: int) -> int:
        value: int = struct.unpack("<Q", self._read(address + 8 + 8 * index, 8))[0]
        return value

    def text(self, address: int) -> str:
        if self.shape(address)[0] != STRING:
            raise NotAnObject(hex(address))
        size = self.field(address, 0)
        if not 0 < size < 500:
            raise NotAnObject(hex(address))
        try:
            return self._read(address + 32, size - 1).decode()
        except UnicodeDecodeError:
            raise NotAnObject(hex(address)) from None

    def name(self, address: int) -> tuple[str, ...]:
        """The components of a ``Lean.Name``; numbers are rendered as text."""
        parts: list[str] = []
        while not address & 1:
            tag, fields = self.shape(address)
            if fields != 2 or tag not in (NAME_TEXT, NAME_NUMBER) or len(parts) > 20:
                raise NotAnObject(hex(address))
            last = self.field(address, 1)
            parts.append(self.text(last) if tag == NAME_TEXT else str(last >> 1))
            address = self.field(address, 0)
        return tuple(reversed(parts))
