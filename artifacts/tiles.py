"""The C2SP tlog-tiles layout (c2sp.org/tlog-tiles): a Merkle tree and its entries as static files.

A tile holds 256 consecutive hashes of one level (levels count in steps of eight), an entry bundle 256 entries, each
with a big-endian uint16 length before it. Rightmost tiles are partial and end in ``.p/<width>``.

One difference from a served log: only the partial tiles of the current checkpoint are kept. A store is read as a whole,
under one checkpoint, so an older partial tile would be a file that nothing vouches for.

Pure: paths and bytes only. Reading and writing files is the store's work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .errors import CorruptError
from .merkle import Tree

WIDTH = 256
MAX_ENTRY = 0xFFFF


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """Path below the log folder: ``tile_path(0, 1234067, 5)`` is ``tile/0/x001/x234/067.p/5``."""
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03d}")
    return f"tile/{level}/" + "/".join(groups) + ("" if width == WIDTH else f".p/{width}")


def bundle_paths(size: int) -> list[str]:
    """Paths of the entry bundles of a log of ``size`` entries, in order."""
    return [tile_path("entries", start // WIDTH, min(WIDTH, size - start)) for start in range(0, size, WIDTH)]


def pack(entries: Sequence[bytes]) -> bytes:
    """An entry bundle."""
    for entry in entries:
        if len(entry) > MAX_ENTRY:
            raise ValueError(f"a log entry of {len(entry)} bytes: the layout allows {MAX_ENTRY}")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unpack(bundle: bytes, width: int) -> list[bytes]:
    """The ``width`` entries of a bundle. Raises CorruptError if it does not hold exactly that many."""
    entries: list[bytes] = []
    at = 0
    while at < len(bundle):
        end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
        if at + 2 > len(bundle) or end > len(bundle):
            raise CorruptError(f"entry bundle: cut off in entry {len(entries)}")
        entries.append(bundle[at + 2 : end])
        at = end
    if len(entries) != width:
        raise CorruptError(f"entry bundle: holds {len(entries)} entries, not {width}")
    return entries


def files(tree: Tree, entries: Sequence[bytes], since: int = 0) -> Iterator[tuple[str, bytes]]:
    """Every tile and bundle of the tree that differs from those of its first ``since`` leaves, as (path, bytes)."""
    yield from _tiles("entries", len(entries), since, lambda start, end: pack(entries[start:end]))
    for level, hashes in enumerate(tree.levels[::8]):
        yield from _tiles(level, len(hashes), since >> 8 * level, _joined(hashes))


def partial_paths(size: int) -> list[str]:
    """Paths of the partial tiles and bundles of a log of ``size`` entries."""
    found = [tile_path("entries", size // WIDTH, size % WIDTH)] if size % WIDTH else []
    level = 0
    while size:
        if size % WIDTH:
            found.append(tile_path(level, size // WIDTH, size % WIDTH))
        size, level = size // WIDTH, level + 1
    return found


def _joined(hashes: Sequence[bytes]) -> Callable[[int, int], bytes]:
    return lambda start, end: b"".join(hashes[start:end])


def _tiles(level: int | str, count: int, since: int, cut: Callable[[int, int], bytes]) -> Iterator[tuple[str, bytes]]:
    if count == since:
        return
    for start in range(since - since % WIDTH, count, WIDTH):
        end = min(start + WIDTH, count)
        yield tile_path(level, start // WIDTH, end - start), cut(start, end)
