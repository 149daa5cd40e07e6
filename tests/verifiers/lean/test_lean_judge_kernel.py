"""The Python kernel: what it accepts, what it must refuse, and that it agrees with itself about numbers."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from assay.verifiers.lean.judge.declaration import Definition, Inductive, Theorem
from assay.verifiers.lean.judge.kernel import KernelBudget, Refusal, check_declarations
from assay.verifiers.lean.judge.kernel.inference import TypeChecker
from assay.verifiers.lean.judge.kernel.literals import BINARY, FALSE, LOG2, NAT, NAT_SUCC, NAT_ZERO, TRUE, compute, log2
from assay.verifiers.lean.judge.level import ONE, ZERO
from assay.verifiers.lean.judge.names import Name, dotted
from assay.verifiers.lean.judge.reserved import RESERVED, is_reserved
from assay.verifiers.lean.judge.term import Lit, Term, app, apply, const, lam, lit, pi, sort, var

from .core_library import core_constants, safe_core

PROP = sort(ZERO)
STEPS = 2_000_000


@pytest.fixture(autouse=True)
def _deep_recursion() -> object:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(before)


def check(declaration: Definition | Theorem) -> None:
    check_declarations(safe_core(), {declaration.name: declaration}, [declaration.name], STEPS)


def definition(type_: Term, value: Term) -> Definition:
    return Definition(("test",), (), type_, "safe", value, 0)


def theorem(type_: Term, value: Term) -> Theorem:
    return Theorem(("test",), (), type_, "safe", value)


def test_the_whole_core_library_is_accepted() -> None:
    constants = core_constants()
    assert check_declarations({}, constants, constants, 20_000_000).keys() == safe_core().keys()


def test_every_name_that_kernels_compute_by_is_defined_in_the_core() -> None:
    computed = {*BINARY, LOG2}
    assert computed <= RESERVED
    assert computed <= core_constants().keys()


@pytest.mark.parametrize("name", ["Nat.gcd", "Lean.reduceBool", "lcProof", "lcUnreachable", "lcCast"])
def test_names_with_a_meaning_of_their_own_are_reserved(name: str) -> None:
    assert is_reserved(dotted(name))
    assert not is_reserved(("my", *dotted(name)))


def unary(value: int) -> Term:
    term = NAT_ZERO
    for _ in range(value):
        term = app(NAT_SUCC, term)
    return term


def as_unary(value: Term) -> Term:
    return unary(value.value) if isinstance(value, Lit) and isinstance(value.value, int) else value


class WithoutTable(TypeChecker):
    """Unfolds definitions only: the table of computed functions is off."""

    def compute(self, term: Term) -> Term | None:
        return None


@pytest.mark.parametrize("name", sorted(BINARY), ids=str)
def test_computing_a_function_by_name_agrees_with_its_definition_in_the_core(name: Name) -> None:
    checker = WithoutTable(safe_core(), (), STEPS)
    for left in range(5):
        for right in range(5):
            unfolded = apply(const(name), [unary(left), unary(right)])
            assert checker.equal(unfolded, as_unary(compute(name, left, right))), (left, right)


def test_log2_by_name_agrees_with_its_definition_in_the_core() -> None:
    checker = WithoutTable(safe_core(), (), STEPS)
    for value in range(9):
        assert checker.equal(app(const(LOG2), unary(value)), as_unary(log2(value)))


def test_truth_and_falsity_of_comparisons_are_not_confused() -> None:
    checker = TypeChecker(safe_core(), (), STEPS)
    less = const(dotted("Nat.ble"))
    assert checker.equal(apply(less, [lit(2), lit(3)]), TRUE)
    assert checker.equal(apply(less, [lit(3), lit(2)]), FALSE)
    assert not checker.equal(apply(less, [lit(3), lit(2)]), TRUE)


def test_a_well_typed_definition_is_accepted() -> None:
    check(definition(pi(NAT, NAT), lam(NAT, app(NAT_SUCC, var(0)))))


@pytest.mark.parametrize(
    ("type_", "value", "why"),
    [
        (pi(NAT, NAT), lam(PROP, var(0)), "does not have the declared type"),
        (NAT, const(dotted("no.such.thing")), "unknown constant"),
        (NAT, app(lit(1), lit(2)), "a function was expected"),
        (NAT, app(NAT_SUCC, TRUE), "wrong type"),
        (lit(3), lit(3), "a type was expected"),
        (sort(ZERO), sort(ZERO), "does not have the declared type"),
        (sort(ONE), sort(ONE), "does not have the declared type"),
    ],
)
def test_ill_typed_definitions_are_refused(type_: Term, value: Term, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        check(definition(type_, value))


def test_a_theorem_must_state_a_proposition() -> None:
    check(definition(NAT, lit(1)))
    with pytest.raises(Refusal, match="not a proposition"):
        check(theorem(NAT, lit(1)))


def test_unsafe_constants_carry_no_proof() -> None:
    unsafe = replace(definition(const(dotted("False")), const(("test",))), safety="unsafe")
    rests = replace(theorem(const(dotted("False")), const(("test",))), name=("rests",))
    with pytest.raises(Refusal, match="unknown constant"):
        check_declarations(safe_core(), {("test",): unsafe, ("rests",): rests}, [("rests",)], STEPS)


def test_a_definition_may_not_rest_on_itself() -> None:
    with pytest.raises(Refusal, match="unknown constant"):
        check(theorem(const(dotted("False")), const(("test",))))


def test_a_declared_name_may_not_be_declared_again() -> None:
    with pytest.raises(Refusal, match="declared already"):
        check(replace(definition(NAT, lit(1)), name=dotted("Nat.add")))


def test_running_out_of_steps_is_no_opinion() -> None:
    power = apply(const(dotted("Nat.pow")), [lit(2), lit(1 << 23)])
    with pytest.raises(KernelBudget, match="too large"):
        TypeChecker(safe_core(), (), STEPS).normalize(power)
    with pytest.raises(KernelBudget, match="more than 10 steps"):
        check_declarations({}, core_constants(), [dotted("Nat.add")], 10)


def test_a_type_that_occurs_negatively_in_itself_is_refused() -> None:
    from assay.verifiers.lean.judge.declaration import Constructor

    bad = ("Bad",)
    type_ = Inductive(bad, (), sort(ONE), "safe", 0, 0, (bad,), (("Bad", "mk"),), 0, True, True)
    field = pi(const(bad), NAT)
    make = Constructor(("Bad", "mk"), (), pi(field, const(bad)), "safe", bad, 0, 0, 1)
    with pytest.raises(Refusal, match="left of an arrow"):
        check_declarations(safe_core(), {bad: type_, ("Bad", "mk"): make}, [bad], STEPS)


def test_a_claimed_recursor_that_was_not_derived_is_refused() -> None:
    constants = core_constants()
    recursor = constants[dotted("Bool.rec")]
    swapped = replace(recursor, rules=tuple(reversed(recursor.rules)))  # type: ignore[call-arg, attr-defined]
    with pytest.raises(Refusal, match="differs from what its constructors give"):
        check_declarations({}, {**constants, swapped.name: swapped}, [dotted("Bool")], STEPS)
