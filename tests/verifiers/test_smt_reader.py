"""What the reader of SMT claims lets through, and what it refuses with which mend."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.verifiers import Claim, ClaimError
from assay.verifiers.smt import SmtVerifier
from assay.verifiers.smt.script import parse
from assay.verifiers.smt.sexpr import Atom, read

SYMBOL = st.text(alphabet="abcxyz~@$%&*_-+=<>./?", min_size=1, max_size=6).filter(lambda text: not text[0].isdigit())
QUOTED = st.text(alphabet="ab (){}[]:;,\"'#0", max_size=8)
ATOM = st.one_of(
    SYMBOL.map(lambda text: Atom("symbol", text)),
    QUOTED.map(lambda text: Atom("symbol", text, quoted=True)),
    st.integers(0, 10**20).map(lambda number: Atom("numeral", str(number))),
    st.tuples(st.integers(0, 999), st.integers(0, 999)).map(lambda two: Atom("decimal", f"{two[0]}.{two[1]}")),
)
NODE = st.recursive(ATOM, lambda inner: st.lists(inner, max_size=4).map(tuple), max_leaves=20)
SPACE = st.sampled_from([" ", "\n", "\t ", ' ; a comment ( | "\n'])


def written(node: object, space: str) -> str:
    if isinstance(node, Atom):
        return f"|{node.text}|" if node.quoted else node.text
    assert isinstance(node, tuple)
    return "(" + space.join(written(child, space) for child in node) + ")"


@given(st.lists(NODE, max_size=4), SPACE)
def test_what_is_written_is_read_back(nodes: list[object], space: str) -> None:
    assert list(read(space.join(written(node, space) for node in nodes))) == nodes


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    with suppress(ClaimError):
        read(text)


@given(st.lists(st.sampled_from(["(", ")", "assert", "declare-const", "x", "Int", "=", "1", "let", "and", " "])))
def test_any_sequence_of_tokens_is_parsed_or_refused_by_name(tokens: list[str]) -> None:
    with suppress(ClaimError):
        parse(" ".join(tokens))


def test_atoms_may_not_touch() -> None:
    with pytest.raises(ClaimError, match="no token"):
        read("12ab")
    with pytest.raises(ClaimError, match="no token"):
        read("a|b|")


def test_a_refusal_says_where() -> None:
    with pytest.raises(ClaimError, match="line 2, column 3"):
        read("(a)\n( #x10)")


def test_definitions_lets_and_shadowing_are_typed() -> None:
    script = parse(
        "(set-logic QF_LIRA)(declare-fun x () Int)(declare-const |y z| Real)"
        "(define-fun twice ((x Real)) Real (* 2 x))"
        "(assert (let ((x (twice |y z|))) (> x 1.5)))(assert (= (twice 3.0) (to_real x)))"
    )
    assert script.logic == "QF_LIRA"
    assert script.declared == {"x": "Int", "y z": "Real"}
    assert [term.sort for term in script.assertions] == ["Bool", "Bool"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("(assert (> x 1))", "before declaring"),
        ("(declare-const x Int)(declare-const x Int)(assert true)", "twice"),
        ("(declare-const x Int)(define-fun x () Int 1)(assert true)", "twice"),
        ("(declare-fun f (Int) Int)(assert true)", "declare-fun"),
        ("(declare-const -1 Int)(assert (= -1 1))", "no number"),
        ("(declare-const set.union Int)(assert (= set.union 1))", "without"),
        ("(|assert| true)", "quotes the word"),
        ("(declare-const p Bool)(assert (|and| p p))", "quotes the word"),
        ("(define-fun f ((a Int)) Int (f a))(assert true)", "no operator"),
        ("(define-fun f ((a Int)) Bool a)(assert true)", "its body is Int"),
        ("(define-fun f ((a Int)) Int a)(assert (= (f 1.0) 1))", "other sorts"),
        ("(declare-const x Int)(assert x)", "assert a Bool"),
        ("(declare-const x Int)(assert (= x true))", "give it numbers"),
        ("(assert (ite true 1 2.0))", "a term|branches of one sort"),
        ("(assert (= (div 1.5 2) 1))", "Int arguments"),
        ("(assert (not true false))", "one argument"),
        ("(assert (let ((x 1) (x 2)) true))", "twice"),
        ("(assert true)(set-logic ALL)", "set-logic"),
        ("(set-logic QF_BV)(assert true)", "QF_BV"),
        ("(assert (= 007 7))", "no token"),
        ("(assert (= 1" + "0" * 1000 + " 7))", "digits"),
        ("x", "no command"),
        ("", "asserts nothing"),
        ("(assert true)" * 10_000, "characters"),
    ],
)
def test_what_is_outside_the_subset_is_refused(text: str, part: str) -> None:
    with pytest.raises(ClaimError, match=part):
        parse(text)


def test_definitions_may_not_unfold_to_any_depth() -> None:
    chain = "(define-fun f0 ((a Int)) Int a)" + "".join(
        f"(define-fun f{i} ((a Int)) Int (+ 1 (f{i - 1} a)))" for i in range(1, 150)
    )
    with pytest.raises(ClaimError, match="unfolds"):
        parse(chain + "(assert (= (f149 1) 150))")


def test_a_chain_of_definitions_within_the_bound_is_read() -> None:
    chain = "(define-fun f0 ((a Int)) Int a)" + "".join(
        f"(define-fun f{i} ((a Int)) Int (+ 1 (f{i - 1} a)))" for i in range(1, 90)
    )
    assert len(parse(chain + "(assert (= (f89 1) 90))").assertions) == 1


def test_a_claim_has_no_other_fields() -> None:
    claim = Claim.from_json({"kind": "smt/model/v1", "smtlib": "(declare-const x Int)(assert (> x 3))", "logic": "ALL"})
    with pytest.raises(ClaimError, match=r"claim\.logic"):
        SmtVerifier().check_claim(claim)


def test_a_model_claim_declares_something() -> None:
    with pytest.raises(ClaimError, match="declares no name"):
        SmtVerifier().check_claim(Claim.from_json({"kind": "smt/model/v1", "smtlib": "(assert true)"}))
