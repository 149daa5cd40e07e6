"""Merkle trees, inclusion proofs and consistency proofs of RFC 6962, section 2.1.

Pure functions over 32-byte hashes plus one small class, ``Tree``, which keeps every hash of complete subtrees in memory
(about 130 bytes a leaf). Leaves are hashed with a 0x00 prefix and inner nodes with 0x01, so that no inner node can pass
for a leaf. The two ``verify_*`` functions follow the algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2: they
share no code with the provers, so an error in one shows against the other.

What this module does not do: files, tiles, signatures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """An append-only tree. ``levels[k][i]`` is the root of the i-th complete subtree of 2^k leaves."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    @property
    def size(self) -> int:
        return len(self.levels[0])

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash, and every subtree that it completes."""
        self.levels[0].append(leaf)
        level = 0
        while len(self.levels[level]) % 2 == 0:
            if level + 1 == len(self.levels):
                self.levels.append([])
            self.levels[level + 1].append(node_hash(*self.levels[level][-2:]))
            level += 1

    def root(self, size: int | None = None) -> bytes:
        """Tree head over the first ``size`` leaves (all of them by default)."""
        size = self.size if size is None else self._checked(size)
        return self._range(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """PATH(index, D[size]): sibling hashes from the leaf upwards."""
        size = self.size if size is None else self._checked(size)
        if not 0 <= index < size:
            raise ValueError(f"no leaf {index} in a tree of {size}")
        path: list[bytes] = []
        start, end = 0, size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, old: int, size: int | None = None) -> list[bytes]:
        """PROOF(old, D[size]): shows that the tree of ``old`` leaves is a prefix of the tree of ``size`` leaves."""
        size = self.size if size is None else self._checked(size)
        if not 0 < old <= size:
            raise ValueError(f"no tree of {old} leaves within one of {size}")
        proof: list[bytes] = []
        start, end, whole = 0, size, True
        while old != end:
            middle = start + _split(end - start)
            if old <= middle:
                proof.append(self._range(middle, end))
                end = middle
            else:
                proof.append(self._range(start, middle))
                start, whole = middle, False
        if not whole:
            proof.append(self._range(start, end))
        return proof[::-1]

    def _checked(self, size: int) -> int:
        if not 0 <= size <= self.size:
            raise ValueError(f"the tree has {self.size} leaves, not {size}")
        return size

    def _range(self, start: int, end: int) -> bytes:
        """Root over leaves [start, end), where start is a multiple of the enclosing power of two."""
        width = end - start
        if width & (width - 1) == 0:
            level = width.bit_length() - 1
            return self.levels[level][start >> level]
        middle = start + _split(width)
        return node_hash(self._range(start, middle), self._range(middle, end))


def _split(width: int) -> int:
    """The largest power of two smaller than ``width``."""
    return 1 << ((width - 1).bit_length() - 1)


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """True if ``path`` leads from ``leaf`` at ``index`` to ``root`` of a tree of ``size`` leaves."""
    if not 0 <= index < size:
        return False
    node, last, value = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            value = node_hash(sibling, value)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and value == root


def verify_consistency(old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """True if ``proof`` shows that the tree of ``old`` leaves with ``old_root`` is a prefix of the one of ``size``."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    hashes = list(proof)
    if old & (old - 1) == 0:
        hashes.insert(0, old_root)
    if not hashes:
        return False
    node, last = old - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and first == old_root and second == root
