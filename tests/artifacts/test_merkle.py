"""Trees and proofs against the test vectors of the Certificate Transparency reference code, and by property."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.artifacts.merkle import EMPTY_ROOT, Tree, leaf_hash, node_hash, verify_consistency, verify_inclusion

LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}

sizes = st.integers(1, 300)


def tree_of(size: int) -> Tree:
    return Tree(leaf_hash(b"%d" % number) for number in range(size))


def root_by_definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(root_by_definition(leaves[:split]), root_by_definition(leaves[split:]))


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert Tree().root() == EMPTY_ROOT == root_by_definition([])


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference_vectors(size: int) -> None:
    assert Tree(map(leaf_hash, LEAVES)).root(size).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_inclusion_proofs_are_those_of_the_reference_vectors(index: int, size: int) -> None:
    tree = Tree(map(leaf_hash, LEAVES))
    path = tree.inclusion(index, size)
    assert [step.hex() for step in path] == PATHS[index, size]
    assert verify_inclusion(leaf_hash(LEAVES[index]), index, size, path, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("old", "size"), CONSISTENCY)
def test_consistency_proofs_are_those_of_the_reference_vectors(old: int, size: int) -> None:
    tree = Tree(map(leaf_hash, LEAVES))
    proof = tree.consistency(old, size)
    assert [step.hex() for step in proof] == CONSISTENCY[old, size]
    assert verify_consistency(old, tree.root(old), size, tree.root(size), proof)


@given(sizes)
def test_a_root_is_the_one_of_the_definition_at_every_size(size: int) -> None:
    tree = tree_of(size)
    assert tree.root() == root_by_definition(tree.levels[0])
    assert tree_of(300).root(size) == tree.root()


@given(sizes, st.data())
def test_an_inclusion_proof_verifies_for_its_own_leaf_place_and_root_only(size: int, data: st.DataObject) -> None:
    tree, index = tree_of(size), data.draw(st.integers(0, size - 1))
    leaf, path, root = tree.levels[0][index], tree.inclusion(index), tree.root()
    assert verify_inclusion(leaf, index, size, path, root)
    assert not verify_inclusion(leaf_hash(b"another"), index, size, path, root)
    assert not verify_inclusion(leaf, index, size, path, leaf_hash(b"another"))
    assert not verify_inclusion(leaf, index, size, [*path, root], root)
    assert not verify_inclusion(leaf, size, size, path, root)
    other = data.draw(st.integers(0, size - 1))
    assert verify_inclusion(leaf, other, size, path, root) == (other == index)
    if path:
        assert not verify_inclusion(leaf, index, size, path[:-1], root)
        place = data.draw(st.integers(0, len(path) - 1))
        assert not verify_inclusion(leaf, index, size, [*path[:place], leaf, *path[place + 1 :]], root) or (
            path[place] == leaf
        )


@given(sizes, st.data())
def test_a_consistency_proof_verifies_for_its_own_two_trees_only(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    tree = tree_of(size)
    old_root, root, proof = tree.root(old), tree.root(), tree.consistency(old)
    assert verify_consistency(old, old_root, size, root, proof)
    assert not verify_consistency(old, leaf_hash(b"another"), size, root, proof)
    assert not verify_consistency(old, old_root, size, leaf_hash(b"another"), proof)
    assert not verify_consistency(old, old_root, size, root, [*proof, root])
    assert not verify_consistency(0, old_root, size, root, proof)
    if proof:
        assert not verify_consistency(old, old_root, size, root, proof[:-1])


@settings(max_examples=30)
@given(st.integers(2, 200), st.data())
def test_a_rewritten_history_has_no_consistency_proof(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    rewritten = data.draw(st.integers(0, old - 1))
    honest = tree_of(size)
    other = Tree(leaf_hash(b"rewritten" if n == rewritten else b"%d" % n) for n in range(size))
    for proof in (honest.consistency(old), other.consistency(old)):
        assert not verify_consistency(old, honest.root(old), size, other.root(), proof)


def test_an_inner_node_never_passes_for_a_leaf() -> None:
    tree = tree_of(4)
    inner = tree.levels[1][0] + tree.levels[1][1]
    assert verify_inclusion(tree.root(), 0, 1, [], tree.root())
    assert not verify_inclusion(leaf_hash(inner), 0, 1, [], tree.root())


@pytest.mark.parametrize(("act", "arguments"), [("inclusion", (4,)), ("consistency", (0,)), ("consistency", (5,))])
def test_asking_for_what_is_not_in_the_tree_is_an_error(act: str, arguments: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"tree|leaf"):
        getattr(tree_of(4), act)(*arguments)
