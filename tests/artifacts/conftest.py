"""Certifications to certify, and a small store of every kind of thing that a store holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assay.artifacts import Certification, Origin, Store
from assay.verifiers import Claim, Validation, Verdict

Make = Callable[..., Certification]


def make_certification(number: int, **changes: Any) -> Certification:
    """The ``number``-th distinct certification; ``changes`` replace fields."""
    fields: dict[str, Any] = {
        "claim": Claim.from_json({"kind": "smt/model/v1", "smtlib": f"(declare-const x Int)(assert (> x {number}))"}),
        "answer": {"x": number + 1},
        "verdict": Verdict(
            "proved",
            "smt",
            "the model was checked by both solvers",
            "solvers-agree",
            evidence={"model": b'{"x": %d}' % (number + 1)},
            tools={"z3": "4.0", "cvc5": "1.0"},
            seed=number,
            used={"rlimit": 100},
            seconds=0.25,
        ),
        "verifier_version": "1",
        "validations": (Validation("not-vacuous", vetoed=False, reason="the negation is satisfiable"),),
        "image": "sha256:" + "0" * 64,
        "limits": {"budget": {"seconds": 10.0}, "cpus": 0.5, "pids": 64},
        "origin": Origin("smt", "A.linear", 1, number),
        "run": "run-1",
        "attempt": f"attempt-{number}",
        "policy": "a" * 64,
    }
    return Certification(**{**fields, **changes})


@pytest.fixture(scope="session")
def make() -> Make:
    return make_certification


@pytest.fixture
def folder(tmp_path: Path, make: Make) -> Path:
    """A store of three certificates, the third resting on the first, written in two batches and closed."""
    with Store.open(tmp_path / "run" / "store", create=True) as store:
        first, _ = store.certify_many([make(0), make(1)])
        store.certify(make(2, parents=(first,)))
    return tmp_path / "run" / "store"


@pytest.fixture
def key(folder: Path) -> Path:
    """The key file of ``folder``."""
    return folder.parent / "keys" / "daemon.pem"
