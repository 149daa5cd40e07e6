"""The core's constants by name, decoded when they are asked for: a proof uses a few dozen of thousands.

All names are known from the start, because a submission may declare none of them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from .declaration import Declaration, Declarations
from .names import Name
from .olean import OpenModule, open_module


class CoreConstants(Mapping[Name, Declaration]):
    """Where two modules declare the same theorem, the first one counts. Decoding may raise MalformedOlean."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._modules: dict[Name, OpenModule] = {}
        self._decoded: dict[Name, Declaration] = {}
        for path in paths:
            module = open_module(path.read_bytes())
            for name in module.names:
                self._modules.setdefault(name, module)

    def __getitem__(self, name: Name) -> Declaration:
        found = self._decoded.get(name)
        if found is None:
            found = self._decoded[name] = self._modules[name].read(name)
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def __iter__(self) -> Iterator[Name]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


class Safe(Mapping[Name, Declaration]):
    """The safe ones among ``constants``: no proof may rest on the others."""

    def __init__(self, constants: Declarations) -> None:
        self._constants = constants

    def __getitem__(self, name: Name) -> Declaration:
        found = self._constants[name]
        if found.safety != "safe":
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[Name]:
        return (name for name, each in self._constants.items() if each.safety == "safe")

    def __len__(self) -> int:
        return sum(1 for _ in self)
