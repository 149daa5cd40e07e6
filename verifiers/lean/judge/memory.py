"""Where Lean objects lie: in the bytes of an .olean file, or in this process's own Lean runtime.

An .olean file (format 2) is a header of 96 bytes and then Lean heap objects as they would lie in memory at a base
address that the header names. Each object begins with eight bytes: reference count (int32, 0 in a file), size in bytes
(uint16), number of fields (uint8), tag (uint8). A field is a word: an odd word is a scalar ``2 n + 1``, an even one the
address of an object.
"""

from __future__ import annotations

import ctypes
import struct
from typing import Protocol

HEADER = struct.Struct("<iHBB")
HEADER_BYTES = 96
MAX_FILE_BYTES = 32 << 20


class MalformedOlean(Exception):
    """The file is not what Lean's own writer makes."""


class Memory(Protocol):
    trusted: bool
    """Live objects of a Lean runtime are; then sizes and cached fields need no second look."""

    def header(self, address: int) -> tuple[int, int, int]:
        """Size in bytes, number of fields, tag."""
        ...

    def words(self, address: int, count: int) -> tuple[int, ...]: ...

    def raw(self, address: int, size: int) -> bytes: ...


class FileMemory:
    """The bytes of an untrusted file. Every access is checked against its bounds."""

    trusted = False

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_FILE_BYTES:
            raise MalformedOlean(f"larger than {MAX_FILE_BYTES} bytes")
        if len(data) < HEADER_BYTES or data[:5] != b"olean" or data[5] != 2:
            raise MalformedOlean("not an .olean file of format 2")
        self._data, self._end = data, len(data)
        try:
            self.version = data[7:40].rstrip(b"\0").decode("ascii")
        except UnicodeDecodeError:
            raise MalformedOlean("version is not text") from None
        self._base: int
        self.root: int
        self._base, self.root = struct.unpack_from("<QQ", data, 80)

    def header(self, address: int) -> tuple[int, int, int]:
        offset = address - self._base
        if offset & 7 or offset < HEADER_BYTES or offset + 8 > self._end:
            raise MalformedOlean("a pointer leaves the file")
        references, size, fields, tag = HEADER.unpack_from(self._data, offset)
        if references:
            raise MalformedOlean("an object has a reference count")
        return size, fields, tag

    def words(self, address: int, count: int) -> tuple[int, ...]:
        offset = address - self._base
        if offset < HEADER_BYTES or offset + 8 * count > self._end:
            raise MalformedOlean("an object is cut off")
        return struct.unpack_from(f"<{count}Q", self._data, offset)

    def raw(self, address: int, size: int) -> bytes:
        offset = address - self._base
        if size < 0 or offset < HEADER_BYTES or offset + size > self._end:
            raise MalformedOlean("an object's data is cut off")
        return self._data[offset : offset + size]


class LiveMemory:
    """Objects that this process's Lean kernel made. Addresses must come from the kernel, never from a file."""

    trusted = True

    def header(self, address: int) -> tuple[int, int, int]:
        _, size, fields, tag = HEADER.unpack(ctypes.string_at(address, 8))
        return size, fields, tag

    def words(self, address: int, count: int) -> tuple[int, ...]:
        return struct.unpack(f"<{count}Q", ctypes.string_at(address, 8 * count))

    def raw(self, address: int, size: int) -> bytes:
        return ctypes.string_at(address, size)
