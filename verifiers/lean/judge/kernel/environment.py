"""The declarations that the checker knows: a base that is shared and never copied, and what was added on top of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..declaration import Declaration, Declarations
from ..names import Name


class Environment(Mapping[Name, Declaration]):
    """Whoever adds has made sure that the base does not declare the same names."""

    def __init__(self, base: Declarations) -> None:
        self._base = base
        # What was added, and what was looked up before: the base may have to decode, or to ask a base of its own.
        self._known: dict[Name, Declaration] = {}

    def add(self, declarations: Declarations) -> None:
        self._known.update(declarations)

    def __getitem__(self, name: Name) -> Declaration:
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._base[name]
        return found

    def __iter__(self) -> Iterator[Name]:
        yield from self._base
        yield from (name for name in self._known if name not in self._base)

    def __len__(self) -> int:
        return sum(1 for _ in self)
