"""The families by name: the built-in ones, and those that installed packages offer.

A package offers a family through the entry-point group ``assay.families``: the entry's name is the skill ("D.op1"), its
object a class or function that returns a ``Family`` when called without arguments. Entries are loaded when asked for
by name. One that fails to load, or is no family, is reported by ``plugins`` and left out; it never stops a run.
``ASSAY_NO_PLUGINS=1`` turns third-party families off. A built-in name cannot be taken over.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from importlib.metadata import EntryPoint, entry_points, version

from assay.verifiers import Answer
from assay.verifiers.registry import PluginInfo

from .answers import answer_of
from .families.expr import ExprFamily
from .families.linear import LinearFamily
from .families.prop import PropFamily
from .problem import Family, Problem

GROUP = "assay.families"
BUILT_IN: dict[str, Callable[[], Family]] = {
    LinearFamily.name: LinearFamily,
    ExprFamily.name: ExprFamily,
    PropFamily.name: PropFamily,
}


class NoFamilyError(LookupError):
    """No family of this name is built in or installed."""


def families() -> dict[str, Family]:
    """Every family that loads, the built-in ones first."""
    loaded = {name: family(name) for name in BUILT_IN}
    for name in _third_party():
        found, _ = _load(name)
        if found is not None:
            loaded[name] = found
    return loaded


@cache
def family(name: str) -> Family:
    """Raises NoFamilyError, naming the ones that exist or the fault of the package that offers it."""
    if name in BUILT_IN:
        return BUILT_IN[name]()
    if name not in _third_party():
        raise NoFamilyError(f"no family {name!r}: use one of {', '.join([*BUILT_IN, *_third_party()])}")
    found, fault = _load(name)
    if found is None:
        raise NoFamilyError(f"family {name!r} is disabled ({fault}): mend or uninstall the package that offers it")
    return found


def plugins() -> list[PluginInfo]:
    """All families with their state. Loads the third-party ones, unless they are turned off."""
    rows = [PluginInfo(GROUP, name, version("assay"), "ok") for name in BUILT_IN]
    for name, entry in _installed().items():
        status = "disabled" if _disabled() else _load(name)[1] or "ok"
        rows.append(PluginInfo(GROUP, name, entry.dist.version if entry.dist else "?", status))
    return rows


def answer(problem: Problem, completion: str) -> Answer:
    """The answer that a policy's text stands for: by the problem's family, or by the claim's kind where the problem is
    a user's own. Never raises for built-in families."""
    if problem.family in BUILT_IN or problem.family in _third_party():
        return family(problem.family).answer(problem, completion)
    return answer_of(problem.claim, completion)


def _disabled() -> bool:
    return os.environ.get("ASSAY_NO_PLUGINS") == "1"


@cache
def _installed() -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=GROUP) if entry.name not in BUILT_IN}


def _third_party() -> dict[str, EntryPoint]:
    return {} if _disabled() else _installed()


@cache
def _load(name: str) -> tuple[Family | None, str]:
    """The family and "", or None and the fault in one line."""
    try:
        made = _third_party()[name].load()()
        fault = _fault(made, name)
    except Exception as error:  # noqa: BLE001 - whatever a third-party package raises, it is reported, not ours to die of
        return None, f"broken: {type(error).__name__}: {error}"
    return (None, f"broken: {fault}") if fault else (made, "")


def _fault(made: object, name: str) -> str:
    missing = [
        part
        for part in ("name", "kind", "levels", "cost", "generate", "completion", "answer")
        if not hasattr(made, part)
    ]
    if missing:
        return f"is no family, it lacks {', '.join(missing)}"
    given = getattr(made, "name", None)
    return "" if given == name else f"calls itself {given!r}, its entry point {name!r}"
