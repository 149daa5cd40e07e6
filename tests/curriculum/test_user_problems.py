"""A user's file: good lines become problems, bad ones say where and how to mend them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assay.curriculum.user_problems import UserSampler, read_problems
from assay.verifiers import Claim, ClaimError, NoVerifierError

MODEL = {"kind": "smt/model/v1", "smtlib": "(declare-const x Int)(assert (> x 3))"}
THEOREM = {"kind": "lean/theorem/v1", "statement": "theorem t (p : Prop) (h : p) : p"}


def check(claim: Claim) -> None:
    """Stands in for the verifiers' check: knows two kinds and one rule."""
    if claim.kind not in ("smt/model/v1", "lean/theorem/v1"):
        raise NoVerifierError(claim.kind)
    if claim.kind == "smt/model/v1" and "assert" not in str(claim.body.get("smtlib")):
        raise ClaimError("smtlib", "asserts nothing", "add an (assert ...)")


def write(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "problems.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return path


def test_bare_claims_and_claims_with_a_prompt_become_problems(tmp_path: Path) -> None:
    path = write(tmp_path, MODEL, "", {"claim": THEOREM, "prompt": "prove it", "skill": "mine", "level": 2})
    problems, errors = read_problems(path, check)
    assert errors == []
    assert [(p.cell, p.prompt, p.seed, p.family) for p in problems] == [
        ("user/1", "solve (declare-const x Int)(assert (> x 3))", 1, "user"),
        ("mine/2", "prove it", 3, "user"),
    ]
    assert problems[0].claim.body == MODEL


@pytest.mark.parametrize(
    ("line", "field", "hint"),
    [
        ("{not json", "line", "one JSON object"),
        ("[1]", "line", "one JSON object"),
        ('{"claim": {"smtlib": "x"}}', "claim.kind", "kind"),
        ('{"prompt": "only a prompt"}', "claim", "JSON object"),
        (json.dumps({"kind": "smt/model/v1", "smtlib": ""}), "smtlib", "assert"),
        (json.dumps({"kind": "smt/modle/v1", "smtlib": ""}), "claim.kind", "plugins list"),
        (json.dumps({"claim": MODEL, "promt": "x"}), "promt", "prompt"),
        (json.dumps({"claim": MODEL, "prompt": 3}), "prompt", "text"),
        (json.dumps({"claim": MODEL, "skill": "a/b"}), "skill", "name"),
        (json.dumps({"claim": MODEL, "level": True}), "level", "integer"),
        ('{"kind": "smt/model/v1", "smtlib": 1.5}', "$.smtlib", "integers"),
        ('{"kind": "smt/unsat/v1", "smtlib": "(assert false)", "smtlib": "(assert true)"}', "line", "JSON"),
        ("[" * 100_000, "line", "JSON"),
    ],
)
def test_a_bad_line_says_what_and_where_and_the_rest_goes_on(tmp_path: Path, line: str, field: str, hint: str) -> None:
    path = write(tmp_path, THEOREM, line, MODEL)
    problems, errors = read_problems(path, check)
    assert [problem.seed for problem in problems] == [1, 3]
    (error,) = errors
    assert (error.file, error.line, error.field) == (str(path), 2, field)
    assert hint in error.mend
    assert str(error).startswith(f"{path}:2: {field} ")


def test_a_line_that_is_no_utf8_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "problems.jsonl"
    path.write_bytes(b'{"kind": "\xff"}\r\n' + json.dumps(MODEL).encode() + b"\r\n")
    problems, errors = read_problems(path, check)
    assert [problem.seed for problem in problems] == [2]
    assert errors[0].line == 1


def test_the_same_claim_twice_is_reported_with_both_lines(tmp_path: Path) -> None:
    problems, errors = read_problems(write(tmp_path, MODEL, THEOREM, MODEL), check)
    assert len(problems) == 2
    assert errors[0].line == 3
    assert "line 1" in errors[0].problem


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_problems(tmp_path / "none.jsonl", check)


def test_the_users_problems_are_posed_in_rounds_and_restore_exactly(tmp_path: Path) -> None:
    models = [MODEL | {"smtlib": f"(declare-const x Int)(assert (> x {n}))"} for n in range(5)]
    problems, _ = read_problems(write(tmp_path, *models), check)
    sampler = UserSampler(problems, seed=1)
    assert len({problem.claim.id for problem in sampler.propose(5)}) == 5
    sampler.propose(3)
    sampler.record("user/1", [True, False, None])
    restored = UserSampler.from_json(json.loads(json.dumps(sampler.to_json())), problems)
    assert restored.table() == sampler.table()
    assert restored.table()["user/1"] == {"attempts": 2, "success": 0.5, "state": "open"}
    assert restored.propose(20) == sampler.propose(20)


def test_nothing_to_pose_is_said() -> None:
    with pytest.raises(ValueError, match="mend"):
        UserSampler([], seed=1)
