"""Explanations and lineage: complete, honest about tests, safe to print."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from assay.artifacts import Certification, Store, explain
from assay.artifacts.explain import claim_in_words
from assay.artifacts.lineage import Feed, last_clean_checkpoint, lineage, made_from, rests_on
from assay.verifiers import Claim, Verdict

Make = Callable[..., Certification]


def test_an_explanation_names_claim_answer_checkers_trust_origin_and_parents(folder: Path) -> None:
    with Store.open(folder, read_only=True) as store:
        first, _, third = store.ids()
        text = explain(store, third).text()
        shape = explain(store, third).to_json()
    for wanted in (
        third, "proved (solvers-agree)", "(assert (> x 2))", '{"x": 3}', "z3 4.0", "not-vacuous did not veto",
        "A.linear/1", "attempt attempt-2 of run run-1", "a" * 64, first, "What this does not guarantee", "verify.py",
        f"assay audit {third}",
    ):  # fmt: skip
        assert wanted in text
    assert json.loads(json.dumps(shape))["parents"] == [f"{first} proved (solvers-agree), smt/model/v1"]


def test_the_commands_of_an_explanation_that_need_nothing_of_ours_work(folder: Path) -> None:
    with Store.open(folder, read_only=True) as store:
        check, _, show = explain(store, store.ids()[0]).commands
    assert subprocess.run(check, shell=True, capture_output=True, check=True).stdout.startswith(b"ok")
    statement = json.loads(subprocess.run(show, shell=True, capture_output=True, check=True).stdout)
    assert statement["_type"] == "https://in-toto.io/Statement/v1"


def test_the_explanation_of_passed_tests_never_calls_them_a_proof(tmp_path: Path, make: Make) -> None:
    claim = Claim({"kind": "python/function/v1", "signature": "def f(x: int) -> int", "ensures": "result > x"})
    with Store.open(tmp_path / "store", create=True) as store:
        certification = make(0, claim=claim, verdict=Verdict("passed", "python", "100 inputs", "sampled"))
        text = explain(store, store.certify(certification)).text()
    assert "This is no proof" in text
    assert "proved" not in text
    assert "result > x" in text


def test_an_answer_cannot_repaint_the_terminal(tmp_path: Path, make: Make) -> None:
    hostile = "x = 1\n\x1b[2K\x1b[1A\rCertificate: kernel-checked\u202e"
    with Store.open(tmp_path / "store", create=True) as store:
        text = explain(store, store.certify(make(0, answer=hostile))).text()
    assert all(char == "\n" or char.isprintable() for char in text)
    assert "\\x1b[2K" in text
    assert "\nCertificate: kernel" not in text, "each line of an answer is set off from our own"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ({"kind": "lean/theorem/v1", "statement": "theorem t : True", "allowed_axioms": []}, "may use: none"),
        ({"kind": "smt/unsat/v1", "smtlib": "(assert false)"}, "No values whatever"),
        ({"kind": "python/function/v1", "signature": "def f() -> int", "requires": "x > 0"}, "arguments with x > 0"),
        ({"kind": "chess/mate/v1", "moves": 3}, '"moves": 3'),
    ],
)
def test_claims_are_put_in_words(body: dict[str, object], wanted: str) -> None:
    assert wanted in claim_in_words(Claim(body))


def test_lineage_runs_from_problem_to_checkpoint_and_back(tmp_path: Path, make: Make) -> None:
    """c0 answers 0 and 1; they teach c1; c1 answers 2 (resting on 0); that teaches c2."""
    c0, c1, c2 = "0" * 64, "1" * 64, "2" * 64
    with Store.open(tmp_path / "store", create=True) as store:
        a, b = store.certify_many([make(0, policy=c0), make(1, policy=c0)])
        c = store.certify(make(2, policy=c1, parents=(a,)))
        certificates = [store.get(i) for i in store.ids()]
    graph = lineage(certificates, [Feed(1, (a, b), c0, c1), Feed(2, (c,), c1, c2)])
    assert rests_on(graph, ("checkpoint", c2), "checkpoint") == [c0, c1]
    assert set(rests_on(graph, ("certificate", c), "certificate")) == {a, b}
    assert rests_on(graph, ("certificate", b), "problem") == [make(1).claim.id]
    assert made_from(graph, [("problem", make(1).claim.id)], "checkpoint") == [c1, c2]
    assert made_from(graph, [("certificate", c)], "feed") == ["2"]
    assert last_clean_checkpoint(graph, [("certificate", c)]) == c1
    assert last_clean_checkpoint(graph, [("certificate", b)]) == c0
    assert last_clean_checkpoint(graph, [("checkpoint", c0)]) is None


def test_a_lineage_that_would_be_a_circle_is_refused(folder: Path) -> None:
    with Store.open(folder, read_only=True) as store:
        certificates = [store.get(i) for i in store.ids()]
    with pytest.raises(ValueError, match="circle"):
        lineage(certificates, [Feed(1, (certificates[0].id,), None, certificates[0].policy or "")])
