"""Which verifiers and validators there are: the built-in ones, and those that installed packages offer.

A package offers a verifier through the entry-point group ``assay.verifiers`` and a validator through
``assay.validators``: the entry's name is the plug-in's, its object a class or function that returns one when called
without arguments. Built-in names and kinds cannot be taken over. Third-party entries are looked for only where no
built-in serves, and loaded when first needed; one that fails to load is reported by ``plugins`` and left out.
``ASSAY_NO_PLUGINS=1`` turns third-party ones off.

A third-party verifier may judge, but what it accepts earns no reward until it has been shown to conform:
``reward_weight`` says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points, version
from typing import Any, Literal, cast

from .errors import NoVerifierError
from .protocol import Validator, Verifier

Group = Literal["assay.verifiers", "assay.validators"]
VERIFIERS: Group = "assay.verifiers"
VALIDATORS: Group = "assay.validators"

# Where each built-in lives. Text, so that asking for one does not import the others.
_BUILT_IN: dict[Group, dict[str, str]] = {
    VERIFIERS: {
        "smt": "assay.verifiers.smt:SmtVerifier",
        "python": "assay.verifiers.python:PythonVerifier",
        "lean": "assay.verifiers.lean:LeanVerifier",
    },
    VALIDATORS: {
        "weak-spec": "assay.verifiers.validators:WeakSpec",
        "trivial-claim": "assay.verifiers.validators:TrivialClaim",
        "lookup-table": "assay.verifiers.validators:LookupTable",
    },
}
_KINDS = {
    "smt/model/v1": "smt",
    "smt/unsat/v1": "smt",
    "python/function/v1": "python",
    "lean/theorem/v1": "lean",
}
_MEMBERS: dict[Group, tuple[str, ...]] = {
    VERIFIERS: ("name", "version", "kinds", "box", "check_claim", "verify", "recheck"),
    VALIDATORS: ("name", "version", "kinds", "validate_claim", "validate_answer"),
}


@dataclass(frozen=True)
class PluginInfo:
    """A row of ``assay plugins list``. ``status`` is "ok", "disabled", or "broken: ..." with the fault."""

    group: str
    name: str
    version: str
    status: str


def verifier_for(kind: str) -> Verifier:
    """The verifier of a claim kind. Raises NoVerifierError."""
    if kind in _KINDS:
        return verifier_named(_KINDS[kind])
    for name in _third_party(VERIFIERS):
        found, _ = _load(VERIFIERS, name)
        if found is not None and kind in found.kinds:
            return cast(Verifier, found)
    raise NoVerifierError(f"no verifier for claims of kind {kind!r}: use one of {', '.join(sorted(_KINDS))}, {_MEND}")


def verifier_named(name: str) -> Verifier:
    """Raises NoVerifierError, with the fault of the package if that is why."""
    found, fault = _load(VERIFIERS, name)
    if found is None:
        known = ", ".join([*_BUILT_IN[VERIFIERS], *_third_party(VERIFIERS)])
        raise NoVerifierError(f"no verifier {name!r} ({fault}): use one of {known}, {_MEND}")
    return cast(Verifier, found)


def all_verifiers() -> list[Verifier]:
    """Every verifier that loads, the built-in ones first."""
    return cast(list[Verifier], _all(VERIFIERS))


def validators_for(kind: str) -> list[Validator]:
    """Every validator that knows ``kind``, the built-in ones first. Third-party ones that do not load are left out; a
    built-in one that does not is an installation without its safeguards: RuntimeError."""
    for name in _BUILT_IN[VALIDATORS]:
        found, fault = _load(VALIDATORS, name)
        if found is None:
            raise RuntimeError(f"the built-in validator {name!r} does not load ({fault}): reinstall assay")
    return [validator for validator in cast(list[Validator], _all(VALIDATORS)) if kind in validator.kinds]


def reward_weight(verifier: Verifier) -> float:
    """1.0 for the built-in verifiers. 0.0 for third-party ones: there is no record of conformance to raise it yet.
    By identity, so that a borrowed name earns nothing."""
    return 1.0 if any(_load(VERIFIERS, name)[0] is verifier for name in _BUILT_IN[VERIFIERS]) else 0.0


def plugins() -> list[PluginInfo]:
    """All verifiers and validators with their state. Loads them to find out."""
    rows = []
    for group in (VERIFIERS, VALIDATORS):
        for name in _BUILT_IN[group]:
            _, fault = _load(group, name)
            rows.append(PluginInfo(group, name, version("assay"), f"broken: {fault}" if fault else "ok"))
        for name, entry in _installed(group).items():
            status = "disabled"
            if not _disabled():
                _, fault = _load(group, name)
                status = f"broken: {fault}" if fault else "ok"
            rows.append(PluginInfo(group, name, entry.dist.version if entry.dist else "?", status))
    return rows


_MEND = "or install a package that offers one (see `assay plugins list`)"


def _disabled() -> bool:
    return os.environ.get("ASSAY_NO_PLUGINS") == "1"


@cache
def _installed(group: Group) -> Mapping[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=group) if entry.name not in _BUILT_IN[group]}


def _third_party(group: Group) -> Mapping[str, EntryPoint]:
    return {} if _disabled() else _installed(group)


def _all(group: Group) -> list[Any]:
    loaded = [_load(group, name)[0] for name in [*_BUILT_IN[group], *_third_party(group)]]
    return [plugin for plugin in loaded if plugin is not None]


@cache
def _load(group: Group, name: str) -> tuple[Any, str]:
    """The plug-in and "", or None and the fault in one line."""
    try:
        if name in _BUILT_IN[group]:
            module, _, attribute = _BUILT_IN[group][name].partition(":")
            make: Callable[[], Any] = getattr(import_module(module), attribute)
        elif name in _third_party(group):
            make = _third_party(group)[name].load()
        else:
            return None, "not installed"
        made = make()
        fault = _fault(group, made, name)
    except Exception as error:  # noqa: BLE001 - whatever a package raises is reported, never ours to die of
        return None, " ".join(f"{type(error).__name__}: {error}".split())
    return (None, fault) if fault else (made, "")


def _fault(group: Group, made: object, name: str) -> str:
    missing = [member for member in _MEMBERS[group] if not hasattr(made, member)]
    if missing:
        return f"it lacks {', '.join(missing)}"
    given, kinds = getattr(made, "name", None), getattr(made, "kinds", None)
    if given != name:
        return f"it calls itself {given!r}, its entry point {name!r}"
    return "" if isinstance(kinds, frozenset) else "its kinds are no frozenset"
