"""The tile layout against the examples in its specification, and by property."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.artifacts.errors import CorruptError
from assay.artifacts.merkle import Tree, leaf_hash
from assay.artifacts.tiles import MAX_ENTRY, bundle_paths, files, pack, partial_paths, tile_path, unpack


def test_paths_are_those_of_the_specification() -> None:
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path(3, 0, 17) == "tile/3/000.p/17"
    assert tile_path("entries", 999) == "tile/entries/999"
    assert tile_path("entries", 1000, 1) == "tile/entries/x001/000.p/1"


def test_a_log_of_70_000_entries_has_the_tiles_of_the_specifications_example() -> None:
    assert partial_paths(70_000) == [
        "tile/entries/273.p/112", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1",
    ]  # fmt: skip
    assert len(bundle_paths(70_000)) == 274


def test_256_entries_are_one_full_tile_and_a_partial_one_above() -> None:
    entries = [b"%d" % n for n in range(256)]
    tree = Tree(map(leaf_hash, entries))
    found = dict(files(tree, entries))
    assert set(found) == {"tile/entries/000", "tile/0/000", "tile/1/000.p/1"}
    assert found["tile/1/000.p/1"] == tree.root()
    assert len(found["tile/0/000"]) == 8192


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=5))
def test_writing_in_batches_ends_in_the_files_of_writing_at_once(batches: list[int]) -> None:
    tree, entries, written = Tree(), [], {}
    for batch in batches:
        before = len(entries)
        new = [b"entry %d" % (before + n) for n in range(batch)]
        entries += new
        for entry in new:
            tree.append(leaf_hash(entry))
        added = dict(files(tree, entries, before))
        assert not set(added) & set(written), "a tile is never rewritten under its name"
        written |= added
        for path in set(partial_paths(before)) - set(partial_paths(len(entries))):
            del written[path]
    assert written == dict(files(tree, entries))


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_bundles_round_trip_and_no_other_count_is_accepted(entries: list[bytes]) -> None:
    bundle = pack(entries)
    assert unpack(bundle, len(entries)) == entries
    with pytest.raises(CorruptError):
        unpack(bundle, len(entries) + 1)


@given(st.lists(st.binary(max_size=50), min_size=1, max_size=5), st.data())
def test_a_cut_bundle_is_refused(entries: list[bytes], data: st.DataObject) -> None:
    bundle = pack(entries)
    with pytest.raises(CorruptError):
        unpack(bundle[: data.draw(st.integers(0, len(bundle) - 1))], len(entries))


def test_an_entry_too_long_for_its_length_prefix_is_refused() -> None:
    assert unpack(pack([b"x" * MAX_ENTRY]), 1) == [b"x" * MAX_ENTRY]
    with pytest.raises(ValueError, match="65535"):
        pack([b"x" * (MAX_ENTRY + 1)])
