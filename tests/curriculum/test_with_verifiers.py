"""Generated problems before the real judge: references are accepted, wrong answers of the same form are not."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.curriculum import Problem
from assay.curriculum.problem_set import problem_set
from assay.curriculum.registry import BUILT_IN, answer, family
from assay.curriculum.user_problems import read_problems
from assay.sandbox import BoxSpec, Sandbox
from assay.verifiers import Answer, Budget, Claim, NoVerifierError
from assay.verifiers.judge import Judgement, judge
from assay.verifiers.lean import runtime
from assay.verifiers.registry import verifier_for

CELLS = [(name, level) for name in BUILT_IN for level in family(name).levels]
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(params=list(BUILT_IN), scope="module")
def family_and_box(request: pytest.FixtureRequest) -> Iterator[tuple[str, Sandbox]]:
    with Sandbox.create(verifier_for(family(request.param).kind).box) as box:
        yield request.param, box


def judged(problem: Problem, given: Answer, box: Sandbox) -> Judgement:
    return judge(problem.claim, given, problem.budget, box)


def test_references_are_accepted_at_every_level_and_on_both_sides_of_the_split(
    family_and_box: tuple[str, Sandbox],
) -> None:
    name, box = family_and_box
    for level in family(name).levels:
        for held_out in (False, True):
            for problem in problem_set(family(name), level, 2, seed=11, held_out=held_out):
                text = family(name).completion(problem.reference)
                judgement = judged(problem, answer(problem, text), box)
                assert judgement.accepted, (problem.prompt, text, judgement.final)


def test_answers_to_another_problem_and_garbage_are_refuted(family_and_box: tuple[str, Sandbox]) -> None:
    name, box = family_and_box
    problem = problem_set(family(name), 2, 1, seed=12)[0]
    for text in ("", "0", "x", "1 1 1 1", "by trivial", "unit", "((((", "\x00⟨"):
        judgement = judged(problem, answer(problem, text), box)
        assert judgement.final.status in ("refuted", "cheat"), (problem.prompt, text, judgement.final)


@pytest.mark.parametrize("level", family("C.prop").levels)
def test_lean_accepts_every_proof_that_the_prover_writes(level: int, tmp_path: Path) -> None:
    """Sixty a level in one go through Lean itself; the statements are ours, so no box is needed."""
    problems = problem_set(family("C.prop"), level, 60, seed=13)
    source = tmp_path / "All.lean"
    theorems = [
        f"{str(problem.claim.body['statement']).replace('theorem t ', f'theorem t{number} ', 1)} := {problem.reference}"
        for number, problem in enumerate(problems)
    ]

    def compiled(lines: list[str]) -> subprocess.CompletedProcess[str]:
        source.write_text("\n".join(lines) + "\n")
        command = runtime.find().host_argv("--json", "--threads=1", str(source))
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    done = compiled(theorems)
    assert (done.returncode, "error" in done.stdout) == (0, False), done.stdout
    # The control: the same file with one proof replaced is refused.
    refused = compiled([*theorems, "theorem wrong (p q : Prop) (h : p ∨ q) : p := h.elim (fun x => x) (fun x => x)"])
    assert refused.returncode != 0
    assert len(refused.stdout.splitlines()) >= 1


def test_every_example_problem_of_the_user_file_passes_the_verifiers_check() -> None:
    problems, errors = read_problems(
        EXAMPLES / "problems.jsonl", lambda claim: verifier_for(claim.kind).check_claim(claim)
    )
    assert errors == []
    assert len(problems) == 12
    assert {problem.claim.kind for problem in problems} == {family(name).kind for name in BUILT_IN}


EXIT_CODES = {"proved": 0, "passed": 0, "refuted": 1, "cheat": 2, "unknown": 3, "timeout": 3, "error": 4}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("[0-4]-*.json")), ids=lambda path: path.stem)
def test_every_example_file_ends_as_its_name_says(path: Path) -> None:
    case = json.loads(path.read_text())
    claim = Claim.from_json(case["claim"])
    try:
        spec = verifier_for(claim.kind).box
    except NoVerifierError:
        spec = BoxSpec()
    with Sandbox.create(spec) as box:
        judgement = judge(claim, case["answer"], Budget(), box)
    code, status, *_ = path.stem.split("-")
    assert (str(EXIT_CODES[judgement.final.status]), judgement.final.status) == (code, status), judgement.final.reason


def test_the_example_files_show_every_exit_code() -> None:
    assert {path.stem[0] for path in EXAMPLES.glob("[0-4]-*.json")} == set("01234")
