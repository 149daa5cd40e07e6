"""Which plug-ins are found, which are refused, and what none of them can take over."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from assay.verifiers import NoVerifierError, Validator, Verifier, registry
from assay.verifiers.registry import (
    all_verifiers,
    plugins,
    reward_weight,
    validators_for,
    verifier_for,
    verifier_named,
)

GOOD = """
from assay.sandbox import BoxSpec
from assay.verifiers import Validation, Verdict


class Toy:
    name, version, kinds, box = "toy", "3", frozenset({"toy/v1", "smt/model/v1"}), BoxSpec()
    def check_claim(self, claim): ...
    def verify(self, claim, answer, budget, workspace): return Verdict("refuted", "toy", "always")
    def recheck(self, claim, answer, evidence, workspace): return Verdict("refuted", "toy", "always")


class Watch:
    name, version, kinds = "watch", "3", frozenset({"toy/v1"})
    def validate_claim(self, claim, workspace): return Validation("watch", False)
    def validate_answer(self, claim, answer, verdict, workspace): return Validation("watch", False)


class Impostor(Toy):
    name = "smt"
"""
Install = Callable[..., None]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Install]:
    """Installs ``name -> object`` entries of a group, from a package that is made here."""
    (tmp_path / "assay_toy.py").write_text(GOOD)
    (tmp_path / "assay_broken.py").write_text("raise ImportError('needs a\\nlibrary')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delenv("ASSAY_NO_PLUGINS", raising=False)
    listed: list[EntryPoint] = []
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry for entry in listed if entry.group == group])

    def forget() -> None:
        registry._installed.cache_clear()
        registry._load.cache_clear()

    def add(group: str = "assay.verifiers", **targets: str) -> None:
        for name, target in targets.items():
            listed.append(EntryPoint(name, target, group))
        forget()

    forget()
    yield add
    forget()
    for name in ("assay_toy", "assay_broken"):
        sys.modules.pop(name, None)


def status_of(name: str) -> str:
    return next(info.status for info in plugins() if info.name == name)


def test_the_built_in_plugins_load_and_keep_their_protocols() -> None:
    assert {info.status for info in plugins() if info.version != "?"} == {"ok"}
    assert [verifier.name for verifier in all_verifiers()][:3] == ["smt", "python", "lean"]
    assert all(isinstance(verifier, Verifier) for verifier in all_verifiers())
    for kind in ("smt/model/v1", "smt/unsat/v1", "python/function/v1", "lean/theorem/v1"):
        assert kind in verifier_for(kind).kinds
        assert all(isinstance(validator, Validator) for validator in validators_for(kind))


def test_a_third_party_verifier_is_found_by_kind_and_by_name(install: Install) -> None:
    with pytest.raises(NoVerifierError):
        verifier_for("toy/v1")
    install(toy="assay_toy:Toy")
    assert verifier_for("toy/v1") is verifier_named("toy")
    assert status_of("toy") == "ok"


def test_a_third_party_verifier_cannot_take_over_a_built_in_kind_or_name(install: Install) -> None:
    install(toy="assay_toy:Toy", smt="assay_toy:Impostor")
    assert type(verifier_for("smt/model/v1")).__name__ == "SmtVerifier"
    assert type(verifier_named("smt")).__name__ == "SmtVerifier"


def test_third_party_verifiers_earn_no_reward_by_any_name(install: Install) -> None:
    install(toy="assay_toy:Toy")
    toy = verifier_named("toy")
    assert reward_weight(verifier_named("smt")) == 1.0
    assert reward_weight(toy) == 0.0
    toy.name = "smt"
    assert reward_weight(toy) == 0.0


def test_a_broken_plugin_is_reported_in_one_line_and_left_out(install: Install) -> None:
    install(broken="assay_broken:Thing", toy="assay_toy:Toy")
    assert status_of("broken") == "broken: ImportError: needs a library"
    assert verifier_for("toy/v1").name == "toy"
    with pytest.raises(NoVerifierError, match="needs a library"):
        verifier_named("broken")


@pytest.mark.parametrize("target", ["assay_toy:Watch", "assay_toy:Missing", "assay_toy:GOOD", "builtins:int"])
def test_what_is_no_verifier_is_refused(install: Install, target: str) -> None:
    install(watch=target)
    assert status_of("watch").startswith("broken: ")


def test_a_plugin_must_be_called_what_its_entry_point_is(install: Install) -> None:
    install(other="assay_toy:Toy")
    assert "calls itself 'toy'" in status_of("other")


def test_plugins_can_be_turned_off(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSAY_NO_PLUGINS", "1")
    install(toy="assay_toy:Toy")
    assert status_of("toy") == "disabled"
    with pytest.raises(NoVerifierError):
        verifier_for("toy/v1")


def test_a_third_party_validator_is_asked_about_its_kinds(install: Install) -> None:
    install("assay.validators", watch="assay_toy:Watch")
    assert [validator.name for validator in validators_for("toy/v1")] == ["watch"]
    assert "watch" not in [validator.name for validator in validators_for("smt/model/v1")]


def test_a_built_in_validator_that_does_not_load_is_not_passed_over(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    built_in = {"trivial-claim": "assay.verifiers.validators:Gone"}
    monkeypatch.setitem(registry._BUILT_IN, "assay.validators", built_in)
    with pytest.raises(RuntimeError, match="trivial-claim"):
        validators_for("smt/model/v1")


def test_an_unknown_kind_is_answered_with_the_known_ones() -> None:
    with pytest.raises(NoVerifierError, match="smt/model/v1"):
        verifier_for("smt/modle/v1")
