"""Families by name: the built-in ones, an installed one, and broken ones that stop nothing."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

from assay.curriculum import Problem, registry
from assay.curriculum.families.linear import LinearFamily


class Extra(LinearFamily):
    name = "Z.extra"


class Misnamed(LinearFamily):
    name = "Z.other"


def broken() -> None:
    raise RuntimeError("no licence")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Four entry points, as an installed package would offer them."""
    offered = [
        EntryPoint(name, f"{__name__}:{thing}", registry.GROUP)
        for name, thing in (
            ("Z.extra", "Extra"),
            ("Z.bad", "broken"),
            ("Z.misnamed", "Misnamed"),
            ("A.linear", "Extra"),
        )
    ]
    monkeypatch.setattr(EntryPoint, "load", lambda entry: globals()[entry.attr])
    monkeypatch.setattr(registry, "entry_points", lambda group: [e for e in offered if e.group == group])
    monkeypatch.delenv("ASSAY_NO_PLUGINS", raising=False)
    clear()
    yield
    clear()


def clear() -> None:
    for cached in (registry.family, registry._installed, registry._load):
        cached.cache_clear()


def test_the_built_in_families_are_the_three_of_the_skeleton() -> None:
    assert list(registry.BUILT_IN) == ["A.linear", "B.expr", "C.prop"]
    assert {name: found.kind for name, found in registry.families().items()} == {
        "A.linear": "smt/model/v1",
        "B.expr": "python/function/v1",
        "C.prop": "lean/theorem/v1",
    }


@pytest.mark.usefixtures("installed")
def test_an_installed_family_is_found_by_name() -> None:
    assert registry.family("Z.extra").generate(1, 0).prompt.startswith("solve ")
    assert "Z.extra" in registry.families()


@pytest.mark.usefixtures("installed")
def test_a_broken_family_is_reported_and_left_out() -> None:
    assert {"Z.bad", "Z.misnamed"}.isdisjoint(registry.families())
    status = {row.name: row.status for row in registry.plugins()}
    assert status["Z.extra"] == "ok"
    assert status["Z.bad"] == "broken: RuntimeError: no licence"
    assert "Z.other" in status["Z.misnamed"]
    with pytest.raises(registry.NoFamilyError, match="no licence"):
        registry.family("Z.bad")


@pytest.mark.usefixtures("installed")
def test_a_built_in_family_cannot_be_taken_over() -> None:
    assert type(registry.family("A.linear")) is LinearFamily


@pytest.mark.usefixtures("installed")
def test_plug_ins_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSAY_NO_PLUGINS", "1")
    assert list(registry.families()) == list(registry.BUILT_IN)
    assert {row.name for row in registry.plugins() if row.status == "disabled"} == {"Z.extra", "Z.bad", "Z.misnamed"}


def test_an_unknown_family_names_the_known_ones() -> None:
    with pytest.raises(registry.NoFamilyError, match=r"A\.linear"):
        registry.family("Q.none")


def test_a_users_problem_is_answered_by_the_kind_of_its_claim() -> None:
    generated = registry.family("A.linear").generate(1, 0)
    own = Problem(generated.claim, "?", "user", "user", 1, 1)
    assert registry.answer(own, "7") == registry.answer(generated, "7") == {"x": 7}
