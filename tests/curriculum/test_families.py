"""What every family promises: determinism, a clean split, short text, references that come back from their text."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from collections import Counter
from functools import cache

import pytest

from assay.curriculum import Problem
from assay.curriculum.problem_set import problem_set
from assay.curriculum.registry import BUILT_IN, family
from assay.verifiers.python.claim import parse_claim
from assay.verifiers.python.spec import holds

CELLS = [(name, level) for name in BUILT_IN for level in family(name).levels]
every_cell = pytest.mark.parametrize(("name", "level"), CELLS, ids=[f"{name}/{level}" for name, level in CELLS])


@cache
def drawn(name: str, level: int, held_out: bool) -> list[Problem]:
    return problem_set(family(name), level, 60 if held_out else 300, seed=3, held_out=held_out)


def problems(name: str, level: int, n: int = 60, *, held_out: bool = False) -> list[Problem]:
    return drawn(name, level, held_out)[:n]


def test_there_are_at_least_four_levels_of_each_family() -> None:
    assert all(len(family(name).levels) >= 4 for name in BUILT_IN)


@every_cell
def test_the_same_arguments_give_the_same_problem(name: str, level: int) -> None:
    for seed in range(20):
        assert family(name).generate(level, seed) == BUILT_IN[name]().generate(level, seed)


def test_another_process_with_another_hash_seed_gives_the_same_problems() -> None:
    code = (
        "from assay.curriculum.registry import families\n"
        "print([f.generate(l, s).to_json() for f in families().values() for l in f.levels for s in range(8)])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True, text=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0]) > 1000


@every_cell
def test_no_held_out_problem_is_a_training_problem(name: str, level: int) -> None:
    trained = problems(name, level, 300)
    held_out = problems(name, level, 60, held_out=True)
    assert len(held_out) >= 40
    assert all(problem.held_out for problem in held_out)
    assert not any(problem.held_out for problem in trained)
    assert not {p.claim.id for p in trained} & {p.claim.id for p in held_out}
    assert not {p.prompt for p in trained} & {p.prompt for p in held_out}


def test_held_out_problems_are_new_up_to_renaming_of_propositions_and_hypotheses() -> None:
    def canonical(problem: Problem) -> str:
        """Independent of the family's own notion: the least text over renamings, from the prompt alone."""
        listed, goal = problem.prompt.removeprefix("prove ").split("⊢ ")
        hypotheses = [part.split(":", 1)[1].strip() for part in listed.split(", ") if part]
        return min(
            repr((sorted(h.translate(table) for h in hypotheses), goal.translate(table)))
            for table in (str.maketrans("pqrs", "".join(order)) for order in itertools.permutations("pqrs"))
        )

    for level in (1, 2):
        trained = {canonical(problem) for problem in problems("C.prop", level, 300)}
        assert not trained & {canonical(problem) for problem in problems("C.prop", level, held_out=True)}


@every_cell
def test_a_level_holds_hundreds_of_different_problems(name: str, level: int) -> None:
    assert len(problems(name, level, 300)) == 300


@every_cell
def test_prompts_and_answers_are_short_enough_for_a_small_policy(name: str, level: int) -> None:
    for problem in problems(name, level):
        assert len(problem.prompt) <= 80
        assert "\n" not in problem.prompt
        assert len(family(name).completion(problem.reference)) <= (40 if level <= 3 else 80)


@every_cell
def test_the_text_of_a_reference_stands_for_the_reference(name: str, level: int) -> None:
    for problem in problems(name, level):
        assert problem.reference is not None
        assert family(name).answer(problem, family(name).completion(problem.reference)) == problem.reference


@every_cell
def test_a_problem_survives_the_journal(name: str, level: int) -> None:
    for problem in problems(name, level, 5):
        assert Problem.from_json(json.loads(json.dumps(problem.to_json()))) == problem


@every_cell
def test_no_text_answers_more_than_one_problem_in_eight(name: str, level: int) -> None:
    """A policy that says the same thing always must not earn much."""
    texts = Counter(family(name).completion(problem.reference) for problem in problems(name, level, 200))
    assert texts.most_common(1)[0][1] <= 200 / 8


def test_linear_references_satisfy_their_constraints_and_single_numbers_do_not() -> None:
    relation = re.compile(r"^(.*?)(<=|>=|=|<|>)(-?\d+)$")

    def satisfied(problem: Problem, values: dict[str, int]) -> bool:
        """Evaluates the prompt's text, which is independent of the family's own evaluation."""
        for clause in problem.prompt.removeprefix("solve ").split(", "):
            match = relation.match(clause)
            assert match is not None
            terms = re.findall(r"([+-]?)(\d*)([xyz]?)", match[1])
            left = sum(
                (-1 if sign == "-" else 1) * int(number or 1) * (values[name] if name else 1)
                for sign, number, name in terms
                if number or name
            )
            op, right = match[2], int(match[3])
            if not {"=": left == right, "<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[
                op
            ]:
                return False
        return True

    for level in family("A.linear").levels:
        for problem in problems("A.linear", level):
            assert satisfied(problem, problem.reference)
            for value in range(-1, 2) if len(problem.reference) == 1 else range(-20, 21):
                assert not satisfied(problem, dict.fromkeys(problem.reference, value))


@pytest.mark.parametrize("level", family("B.expr").levels)
def test_expr_specifications_pin_the_function_and_refuse_constants_and_identity(level: int) -> None:
    for problem in problems("B.expr", level, 25):
        claim = parse_claim(problem.claim)
        inputs = [tuple(row) for row in itertools.product((-17, -3, 0, 2, 11, 40), repeat=len(claim.parameters))]
        allowed = [
            [value for value in range(-330, 331) if holds(claim.ensures, claim.bind(row) | {"result": value})]
            for row in inputs
        ]
        assert all(len(results) == 1 for results in allowed), problem.claim.body
        results = [values[0] for values in allowed]
        assert len(set(results)) > 1, "a constant meets it"
        for place in range(len(claim.parameters)):
            assert results != [row[place] for row in inputs], "returning an argument meets it"


@pytest.mark.parametrize("level", family("B.expr").levels)
def test_expr_specifications_do_not_state_their_answer(level: int) -> None:
    for problem in problems("B.expr", level):
        expression = family("B.expr").completion(problem.reference).replace(" ", "")
        stated = str(problem.claim.body["ensures"]).replace(" ", "")
        assert f"result=={expression}" not in stated
        assert f"{expression}==result" not in stated
