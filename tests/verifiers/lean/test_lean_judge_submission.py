"""The admission of answers by their words, and the tokenizer under it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.verifiers.lean.runtime import LeanRuntime
from assay.verifiers.lean.submission import Refused, admit, parse_answer, reference_file, source_file
from assay.verifiers.lean.text import TextError, tokenize
from assay.verifiers.lean.words import ALLOWED, DECLARATIONS, HOLES, MEANING, MODIFIERS, NEVER, USELESS

# Walks Lean's own token table, a trie behind a mutable reference. In a process of its own: it loads the library.
WALK = r"""
import ctypes, struct, sys
library = ctypes.CDLL(sys.argv[1], mode=ctypes.RTLD_GLOBAL)
library.lean_initialize_runtime_module(); library.lean_initialize()
word = lambda at, i: struct.unpack("<Q", ctypes.string_at(at + 8 + 8 * i, 8))[0]
def walk(trie, prefix):
    if trie & 1:
        return
    _, _, fields, tag = struct.unpack("<iHBB", ctypes.string_at(trie, 8))
    if not word(trie, 0) & 1:
        print(prefix.decode())
    if tag == 1:
        walk(word(trie, 1), prefix + ctypes.string_at(trie + 8 + 8 * fields, 1))
    elif tag == 2:
        letters = ctypes.string_at(word(trie, 1) + 24, word(word(trie, 1), 0))
        for i, letter in enumerate(letters):
            walk(word(word(trie, 2), 2 + i), prefix + bytes([letter]))
walk(word(ctypes.c_void_p.in_dll(library, "l_Lean_Parser_builtinTokenTable").value, 0), b"")
"""


def status_of(answer: object) -> str:
    try:
        admit(parse_answer(answer))
    except Refused as refused:
        return refused.status
    return "admitted"


def test_every_keyword_of_lean_is_either_allowed_or_refused(lean: LeanRuntime) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WALK, str(lean.so_path)], capture_output=True, text=True, timeout=60, check=True
    )
    tokens = set(done.stdout.split())
    assert {"theorem", "axiom", "set_option", "by"} <= tokens
    words = {token for token in tokens if token[0].isalpha() and token != "λ" and "(" not in token}
    assert words <= ALLOWED | DECLARATIONS | MODIFIERS | HOLES | MEANING | USELESS | NEVER


@pytest.mark.parametrize(
    "answer",
    [
        "trivial",
        "by\n  intro h\n  exact ⟨h.2, h.1⟩",
        "by simp [Nat.add_comm] -- a comment with sorry and axiom in it",
        "by\n  /- sorry /- nested -/ axiom -/\n  rfl",
        "fun h => h.elim Or.inr Or.inl",
        "by induction n with\n  | zero => rfl\n  | succ n ih => rw [ih]",
        "by\n  have h' : a = b := by simpa using h\n  exact h'▸rfl",
        {"proof": "foo a", "lemmas": "@[simp] theorem foo (a : Nat) : a = a := rfl\n\ndef bar := 3"},
        {"proof": "rfl", "lemmas": "inductive Tree where\n  | leaf\n  deriving DecidableEq"},
        {"proof": "set_option maxRecDepth 2000 in by decide"},
    ],
)
def test_ordinary_proofs_are_admitted(answer: object) -> None:
    assert status_of(answer) == "admitted"


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("sorry", "refuted"),
        ("by\n  simp\n  admit", "refuted"),
        ("", "refuted"),
        (["trivial"], "refuted"),
        ({"lemmas": "x"}, "refuted"),
        ("by native_decide", "cheat"),
        ("by decide +native", "cheat"),
        ("Lean.ofReduceBool _ _ rfl", "cheat"),
        ("by run_tac pure ()", "cheat"),
        ("trivial\naxiom cheat : False", "cheat"),
        ("trivial\ntheorem u : True := trivial", "refuted"),
        ("trivial\nend", "refuted"),
        ("trivial\n#eval 1", "refuted"),
        ("set_option debug.skipKernelTC true in by decide +kernel", "cheat"),
        ("set_option maxHeartbeats 0 in by simp", "refuted"),
        ("set_option maxRecDepth 99999999 in by simp", "refuted"),
        ("by exact (h : p", "refuted"),
        ("by exact h)", "refuted"),
        ("/- never closed", "refuted"),
        ('"never closed', "refuted"),
        ("'c'", "refuted"),
        ("«sorry»", "refuted"),
        ("`(sorry)", "refuted"),
        ("ѕorry", "refuted"),  # Cyrillic first letter
        ("by exact h\u200b", "refuted"),
        ("by\texact h", "refuted"),
        ('r"\\" sorry', "refuted"),
        ('s!"{x}"', "refuted"),
        ({"proof": "rfl", "lemmas": "instance : Add Nat := ⟨fun a _ => a⟩"}, "cheat"),
        ({"proof": "rfl", "lemmas": "attribute [instance] foo"}, "cheat"),
        ({"proof": "rfl", "lemmas": "@[instance] def foo : Add Nat := ⟨fun a _ => a⟩"}, "cheat"),
        ({"proof": "rfl", "lemmas": "@[extern \"puts\"] def foo : Nat := 1"}, "cheat"),
        ({"proof": "rfl", "lemmas": "@[inline] def foo : Nat := 1"}, "refuted"),
        ({"proof": "rfl", "lemmas": "unsafe def foo : Nat := 1"}, "cheat"),
        ({"proof": "rfl", "lemmas": "local notation \"x\" => y"}, "cheat"),
        ({"proof": "rfl", "lemmas": "rfl"}, "refuted"),
        ({"proof": "rfl", "lemmas": "open Nat"}, "refuted"),
        ({"proof": "rfl", "lemmas": "theorem a : True := by trivial run_cmd foo"}, "cheat"),
        ({"proof": "rfl", "lemmas": "def a := binop% 1"}, "refuted"),
        ({"proof": "rfl", "lemmas": "macro_rules | `($p ∧ $q) => `(True)"}, "cheat"),
        ({"proof": "rfl", "lemmas": "run_cmd Lean.addDecl (.axiomDecl { name := `a })"}, "cheat"),
        ({"proof": "rfl", "lemmas": "theorem «swap\nproved» : True := trivial"}, "cheat"),
        ({"proof": "by exact `h -- macro"}, "refuted"),
    ],
)  # fmt: skip
def test_everything_else_is_refused(answer: object, status: str) -> None:
    assert status_of(answer) == status


def test_a_refusal_says_where() -> None:
    with pytest.raises(Refused, match="proof, line 2, column 3: 'sorry' is not allowed here"):
        admit(parse_answer("by\n  sorry"))


@given(st.text(alphabet="ab/-\"«\\ \n'`{}().:=|<>éλ!r#", max_size=60))
def test_tokens_are_pieces_of_the_text_at_the_places_they_name(text: str) -> None:
    try:
        tokens = tokenize(text)
    except TextError:
        return
    lines = text.split("\n")
    for token in tokens:
        first = token.text.split("\n")[0]
        assert lines[token.line - 1][token.column - 1 :].startswith(first)


def test_messages_are_placed_in_the_part_that_was_handed_in() -> None:
    submission = parse_answer(
        {"lemmas": "theorem a : True := trivial\n\ntheorem b : True := a", "proof": "by\n  exact b"}
    )
    file = source_file("def d := 1", "theorem t : True", submission)
    lines = file.text.splitlines()
    for wanted, place in (
        ("def d := 1", "preamble, line 1"),
        ("theorem b : True := a", "lemmas, line 3"),
        ("theorem t : True", "statement, line 1"),
        ("  exact b", "proof, line 2"),
    ):
        assert file.place(lines.index(wanted) + 1, 0) == f"{place}, column 1"


def test_the_reference_holds_the_statement_and_no_proof() -> None:
    assert "theorem t : True\n  :=\nAssay.unproved _\n" in reference_file("", "theorem t : True").text
