"""In which order to check declarations, and which of them a theorem rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .declaration import Constructor, Declarations, Inductive, Recursor, references
from .names import Name


def leader(declarations: Declarations, name: Name) -> Name:
    """Constructors, recursors and all types of a block are checked together, under the name of its first type."""
    declaration = declarations[name]
    if isinstance(declaration, Constructor) and declaration.inductive in declarations:
        declaration = declarations[declaration.inductive]
    if isinstance(declaration, Inductive | Recursor) and declaration.types[0] in declarations:
        return declaration.types[0]
    return declaration.name


def block_references(declarations: Declarations, name: Name) -> set[Name]:
    """What the declaration, or the whole inductive block that ``name`` leads, refers to."""
    declaration = declarations[name]
    found = references(declaration)
    if isinstance(declaration, Inductive):
        for member in declaration.types:
            each = declarations.get(member)
            if isinstance(each, Inductive):
                for part in (member, *each.constructors):
                    if part in declarations:
                        found |= references(declarations[part])
    return found


def in_order(declarations: Declarations, roots: Iterable[Name]) -> list[Name]:
    """The leaders of everything within ``declarations`` that ``roots`` rest on, dependencies first. A cycle is not
    reported here: whichever of its members comes first refers to a constant that no kernel knows yet."""
    done: set[Name] = set()
    result: list[Name] = []
    for root in roots:
        stack: list[tuple[Name, Iterator[Name]]] = []

        def enter(name: Name, stack: list[tuple[Name, Iterator[Name]]] = stack) -> None:
            if name in declarations:
                name = leader(declarations, name)
                if name not in done:
                    done.add(name)
                    stack.append((name, iter(sorted(block_references(declarations, name), key=str))))

        enter(root)
        while stack:
            name, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                result.append(name)
            else:
                enter(following)
    return result
