"""The strict reader: damaged files end in MalformedOlean or in other terms, never in a crash or a hang."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable

import pytest

from assay.verifiers.lean.judge.memory import MalformedOlean
from assay.verifiers.lean.judge.names import dotted
from assay.verifiers.lean.judge.olean import read_module
from assay.verifiers.lean.judge_process import JudgeProcess
from assay.verifiers.lean.submission import reference_file

from .conftest import Bare

STATEMENT = "theorem t (p q : Prop) : p ∧ q → q ∧ p"
TREE = "set_option genInjectivity false\ninductive Tree where | leaf | node (l : Tree) (n : Nat) (r : Tree)\n"


@pytest.fixture(scope="module")
def honest(bare: Callable[[str], Bare]) -> bytes:
    return bare(f"{TREE}{STATEMENT} := fun h => ⟨h.2, h.1⟩").olean


def damaged(data: bytes, random_: random.Random) -> bytes:
    copy = bytearray(data)
    for _ in range(random_.choice([1, 1, 2, 4])):
        place = random_.randrange(96, len(copy))
        copy[place] = random_.choice([copy[place] ^ (1 << random_.randrange(8)), random_.randrange(256), 0, 255])
    return bytes(copy)


def test_an_honest_file_is_read(honest: bytes) -> None:
    module = read_module(honest)
    assert set(module.imports) == {("Init",)}
    assert {dotted("t"), dotted("Tree.rec"), dotted("Tree.node")} <= module.constants.keys()


def test_damaged_files_are_refused_or_read_as_something(honest: bytes) -> None:
    random_, refused = random.Random(7), 0
    for _ in range(600):
        try:
            read_module(damaged(honest, random_))
        except MalformedOlean:
            refused += 1
    assert refused > 100


@pytest.mark.parametrize("length", [0, 5, 95, 96, 97, 200, 1000])
def test_cut_off_files_are_refused(honest: bytes, length: int) -> None:
    with pytest.raises(MalformedOlean):
        read_module(honest[:length])


def test_a_file_of_another_version_is_refused(honest: bytes) -> None:
    with pytest.raises(MalformedOlean, match="written by Lean"):
        read_module(honest.replace(b"4.35.0", b"4.36.0", 1))


def test_pointers_out_of_the_file_are_refused(honest: bytes) -> None:
    for root in (0, 8, 1, (1 << 64) - 8):
        with pytest.raises(MalformedOlean):
            read_module(honest[:88] + struct.pack("<Q", root) + honest[96:])


def test_the_judge_survives_damaged_files_and_proves_none_that_differs(
    honest: bytes, bare: Callable[[str], Bare], judge: JudgeProcess
) -> None:
    reference = bare(reference_file(TREE, STATEMENT).text).olean
    assert judge.judge(honest, reference, "t", (), 10.0).outcome == "proved"
    random_, original = random.Random(11), read_module(honest).constants
    for _ in range(150):
        data = damaged(honest, random_)
        word = judge.judge(data, reference, "t", (), 10.0)
        assert word.outcome in ("proved", "cheat", "refuted", "timeout"), word
        if word.outcome == "proved":
            again = read_module(data).constants[dotted("t")]
            assert again.type is original[dotted("t")].type
    assert judge.judge(honest, reference, "t", (), 10.0).outcome == "proved"
