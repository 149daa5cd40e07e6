"""Verdicts on SMT claims: who must agree, what counts as evidence, what happens to solvers that misbehave."""

from __future__ import annotations

import json
import os
import resource
import signal
import threading
from collections.abc import Iterator
from typing import Any, cast

import pytest

from assay.sandbox import Sandbox
from assay.verifiers import Budget, Claim, Verdict
from assay.verifiers.smt import SmtVerifier, satisfies, worker
from assay.verifiers.smt import process as process_module
from assay.verifiers.smt import verifier as verifier_module
from assay.verifiers.smt.process import SolverCrash, SolverPool, SolverTimeout
from assay.verifiers.smt.solvers import Evaluation, Opinion

NO_BOX = cast(Sandbox, None)
SUM = "(declare-const x Int)(declare-const y Int)(assert (= (+ x y) 12))(assert (= (- x y) 2))"
GAP = "(declare-const x Int)(assert (> x 3))(assert (< x 4))"
CUBES = (
    "(declare-const x Int)(declare-const y Int)(declare-const z Int)(assert (= (+ (* x x x) (* y y y) (* z z z)) 42))"
)


def model(text: str) -> Claim:
    return Claim.from_json({"kind": "smt/model/v1", "smtlib": text})


def unsat(text: str) -> Claim:
    return Claim.from_json({"kind": "smt/unsat/v1", "smtlib": text})


def verify(claim: Claim, answer: Any, **budget: Any) -> Verdict:
    return SmtVerifier().verify(claim, answer, Budget(**budget), NO_BOX)


@pytest.fixture
def pool() -> Iterator[SolverPool]:
    made = SolverPool()
    yield made
    made.close()


def test_a_right_model_is_proved_and_pins_what_decided() -> None:
    verdict = verify(model(SUM), '{"x": 7, "y": 5}')
    assert (verdict.status, verdict.strength) == ("proved", "solvers-agree")
    assert json.loads(verdict.evidence["model.json"]) == {"x": 7, "y": 5}
    assert set(verdict.tools) == {"assay-evaluator", "z3"}


def test_a_contradiction_is_proved_when_both_solvers_say_unsat() -> None:
    verdict = verify(unsat(GAP), "unsat")
    assert (verdict.status, verdict.strength) == ("proved", "solvers-agree")
    assert json.loads(verdict.evidence["solvers.json"]) == {"z3": "unsat", "cvc5": "unsat"}
    assert verdict.used["z3-rlimit"] > 0


def test_a_satisfiable_formula_refutes_unsat_with_a_model_that_was_checked() -> None:
    verdict = verify(unsat(SUM), "unsat")
    assert verdict.status == "refuted"
    assert satisfies(model(SUM), json.loads(verdict.evidence["counter-model.json"]))


def test_solvers_that_give_up_prove_nothing() -> None:
    verdict = verify(unsat(CUBES), "unsat", rlimit=200_000)
    assert verdict.status == "unknown"


def test_the_step_budget_is_deterministic() -> None:
    used = [verify(unsat(CUBES), "unsat", rlimit=50_000).used for _ in range(3)]
    assert used[0] == used[1] == used[2]


def test_the_clock_stops_a_solver_and_the_next_question_is_answered() -> None:
    verdict = verify(unsat(CUBES), "unsat", seconds=0.2, rlimit=4_000_000_000)
    assert verdict.status == "timeout"
    assert verify(unsat(GAP), "unsat").status == "proved"


def test_every_verdict_is_the_same_twenty_times() -> None:
    claims = [
        (model(SUM), {"x": 7, "y": 5}),
        (model(SUM), {"x": 6, "y": 6}),
        (unsat(GAP), "unsat"),
        (unsat(SUM), "unsat"),
    ]
    for claim, answer in claims:
        shown = [verify(claim, answer).to_json() | {"seconds": 0} for _ in range(20)]
        assert all(one == shown[0] for one in shown)


def test_threads_do_not_get_one_anothers_answers() -> None:
    wrong: list[str] = []

    def ask(right: bool) -> None:
        for _ in range(20):
            verdict = verify(model(SUM), {"x": 7, "y": 5} if right else {"x": 6, "y": 6})
            if verdict.accepted is not right:
                wrong.append(verdict.reason)

    threads = [threading.Thread(target=ask, args=(number % 2 == 0,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.parametrize("ours", [True, False])
@pytest.mark.parametrize("z3s", [True, False, None])
def test_a_model_is_accepted_only_where_the_evaluator_and_z3_agree(
    monkeypatch: pytest.MonkeyPatch, ours: bool, z3s: bool | None
) -> None:
    monkeypatch.setattr(verifier_module, "evaluate", lambda *_: Evaluation("test", z3s))
    verdict = verify(model(SUM), {"x": 7, "y": 5} if ours else {"x": 6, "y": 6})
    assert verdict.accepted is (ours and z3s is True)
    if z3s is None:
        assert verdict.status == "unknown"
    elif ours is not z3s:
        assert verdict.status == "unknown"
        assert verdict.reason.startswith("disagreement")
        assert verdict.used["disagreements"] == 1


SAID = ("sat", "unsat", "unknown")


@pytest.mark.parametrize("first", SAID)
@pytest.mark.parametrize("second", SAID)
@pytest.mark.parametrize("right_model", [True, False])
def test_unsat_is_accepted_only_where_both_solvers_say_it(
    monkeypatch: pytest.MonkeyPatch, first: str, second: str, right_model: bool
) -> None:
    stated = {"x": 7, "y": 5} if right_model else {"x": 0, "y": 0}

    def opinions(*_: object) -> tuple[Opinion, Opinion]:
        made = [
            Opinion(solver, "test", said, "", dict(stated) if said == "sat" else None, 1)  # type: ignore[arg-type]
            for solver, said in (("z3", first), ("cvc5", second))
        ]
        return made[0], made[1]

    monkeypatch.setattr(verifier_module, "check_both", opinions)
    verdict = verify(unsat(SUM), "unsat")
    said = {first, second}
    if said == {"unsat"}:
        assert verdict.status == "proved"
    elif said == {"sat", "unsat"}:
        assert verdict.status == "unknown"
        assert verdict.used["disagreements"] == 1
    elif said == {"sat"} or ("sat" in said and right_model):
        assert verdict.status == "refuted"
    else:
        assert verdict.status == "unknown"


@pytest.mark.parametrize(("problem", "status"), [(SolverCrash("it fell"), "error"), (SolverTimeout("late"), "timeout")])
def test_a_solver_that_fails_accepts_nothing(monkeypatch: pytest.MonkeyPatch, problem: Exception, status: str) -> None:
    def fail(*_: object) -> None:
        raise problem

    monkeypatch.setattr(verifier_module, "evaluate", fail)
    monkeypatch.setattr(verifier_module, "check_both", fail)
    assert verify(model(SUM), {"x": 7, "y": 5}).status == status
    assert verify(unsat(GAP), "unsat").status == status


def test_a_solver_that_is_killed_is_an_error_and_is_replaced(pool: SolverPool) -> None:
    verifier = SmtVerifier(pool)
    claim, answer = model(SUM), {"x": 7, "y": 5}
    assert verifier.verify(claim, answer, Budget(), NO_BOX).accepted
    with pool.lend("z3") as (process,):
        number = process.pid
    os.kill(number, signal.SIGKILL)
    verdict = verifier.verify(claim, answer, Budget(), NO_BOX)
    assert verdict.status == "error"
    assert "z3 ended" in verdict.reason
    assert verifier.verify(claim, answer, Budget(), NO_BOX).accepted


def test_a_solver_may_not_use_all_memory(pool: SolverPool) -> None:
    with pool.lend("z3") as (z3,):
        assert resource.prlimit(z3.pid, resource.RLIMIT_AS)[0] == worker.MEMORY_BYTES


def test_a_forked_child_starts_solvers_of_its_own(pool: SolverPool) -> None:
    with pool.lend("z3") as (parents,):
        number = parents.pid
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with pool.lend("z3") as (own,):
            os.write(writer, str(own.pid).encode())
            own.kill()
        os._exit(0)
    os.waitpid(child, 0)
    assert int(os.read(reader, 20)) != number
    with pool.lend("z3") as (still,):
        assert still.pid == number


def test_a_missing_solver_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, pool: SolverPool, tmp_path: Any) -> None:
    script = tmp_path / "worker.py"
    script.write_text('print(\'{"missing": "No module named z3"}\')')
    monkeypatch.setattr(process_module, "_WORKER", script)
    with pytest.raises(Exception, match="pip install z3-solver"), pool.lend("z3"):
        pass


def test_a_reply_that_is_no_json_object_is_a_crash(
    monkeypatch: pytest.MonkeyPatch, pool: SolverPool, tmp_path: Any
) -> None:
    script = tmp_path / "worker.py"
    script.write_text("print('{\"version\": \"1\"}', flush=True)\ninput()\nprint('true', flush=True)\ninput()")
    monkeypatch.setattr(process_module, "_WORKER", script)
    verdict = SmtVerifier(pool).verify(model(SUM), {"x": 7, "y": 5}, Budget(), NO_BOX)
    assert verdict.status == "error"


def test_an_audit_finds_the_same_verdict_from_the_stored_evidence() -> None:
    for claim, answer in ((model(SUM), {"x": 7, "y": 5}), (unsat(GAP), "unsat")):
        verdict = verify(claim, answer)
        again = SmtVerifier().recheck(claim, answer, verdict.evidence, NO_BOX)
        assert again.status == "proved"
        assert again.evidence_digests() == verdict.evidence_digests()


def test_an_audit_notices_evidence_of_another_answer() -> None:
    evidence = {"model.json": b'{"x":8,"y":4}'}
    assert SmtVerifier().recheck(model(SUM), {"x": 7, "y": 5}, evidence, NO_BOX).status == "error"


def test_satisfies_needs_no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_module, "SolverProcess", None)
    assert satisfies(model(SUM), {"x": 7, "y": 5})
    assert not satisfies(model(SUM), {"x": 6, "y": 6})
    assert not satisfies(model(SUM), "not json")
