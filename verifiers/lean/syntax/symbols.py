"""The exported symbols of a shared library, read from its ELF dynamic symbol table; and Lean's name mangling.

Only what the generator needs: 64-bit little-endian ELF, defined symbols, whether each is code or data. Written out
because set-up may not rely on binutils. Layout: System V ABI, chapter 4. Mangling: Lean's `Lean.Compiler.NameMangling`.
"""

from __future__ import annotations

import mmap
import re
import struct
from pathlib import Path

_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")
_DYNSYM = 11
_EXECUTABLE = 4


def exported(library: Path) -> dict[str, bool]:
    """Every symbol that ``library`` defines and exports -> True if it is code, False if it is data."""
    with library.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as image:
        if image[:6] != b"\x7fELF\x02\x01":
            raise ValueError(f"{library} is not a 64-bit little-endian ELF file: reinstall the wheel")
        (table_offset,) = struct.unpack_from("<Q", image, 0x28)
        entry_size, count = struct.unpack_from("<HH", image, 0x3A)
        sections = [_SECTION.unpack_from(image, table_offset + i * entry_size) for i in range(count)]
        table = next(section for section in sections if section[1] == _DYNSYM)
        strings = sections[table[6]]
        names = image[strings[4] : strings[4] + strings[5]]
        found: dict[str, bool] = {}
        for name, _info, _other, section, _value, _size in _SYMBOL.iter_unpack(image[table[4] : table[4] + table[5]]):
            if name and 0 < section < count:
                text = names[name : names.index(b"\0", name)].decode("ascii", "replace")
                found[text] = bool(sections[section][2] & _EXECUTABLE)
        return found


def mangle(components: tuple[str, ...]) -> str:
    """The symbol of a Lean constant, given the components of its name."""
    return "l_" + "_".join("".join(map(_mangle_character, part)) for part in components)


def _mangle_character(character: str) -> str:
    if character.isascii() and character.isalnum():
        return character
    if character == "_":
        return "__"
    return f"_x{ord(character):02x}" if ord(character) < 256 else f"_u{ord(character):04x}"


_ESCAPE = re.compile(r"x([0-9a-f]{2})|u([0-9a-f]{4})")
_UNDERSCORES = re.compile(r"_+")


def demangle(symbol: str) -> tuple[str, ...]:
    """The inverse of :func:`mangle`, where there is one: a caller checks that mangling gives the symbol back.

    An even run of underscores stands for half as many; the odd one out separates components or opens an escape.
    """
    body, components, current, position = symbol[2:], [], "", 0
    while position < len(body):
        if body[position] != "_":
            current += body[position]
            position += 1
            continue
        run = _UNDERSCORES.match(body, position)
        assert run is not None
        length = run.end() - position
        escape = _ESCAPE.match(body, run.end())
        if length % 2 == 0:
            current, position = current + "_" * (length // 2), run.end()
        elif escape:
            current += "_" * (length // 2) + chr(int(escape[1] or escape[2], 16))
            position = escape.end()
        else:
            components.append(current)
            current, position = "_" * (length // 2), run.end()
            if body.startswith("00", position):  # the separator is spelt `_00` before a component that needs it
                position += 2
    return (*components, current)
