"""What this machine offers: each finding says whether it is fine and, where it is not, how to mend it."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

Level = Literal["ok", "warning", "missing"]

PACKAGES = {
    "z3-solver": ("SMT claims", "make setup"),
    "cvc5": ("SMT unsat claims (second opinion)", "make setup"),
    "hypothesis": ("Python claims", "make setup"),
    "docker": ("boxes in containers", "make setup"),
    "networkx": ("skill graph and lineage", "make setup"),
    "torch": ("learning (not needed to verify or audit)", "pip install torch==2.13.0, then pip install 'assay[learn]'"),
    "trl": ("learning (not needed to verify or audit)", "pip install 'assay[learn]'"),
    "transformers": ("learning (not needed to verify or audit)", "pip install 'assay[learn]'"),
}
OPTIONAL = {
    "vllm": ("faster generation on a GPU", "pip install 'assay[vllm]'"),
    "lean-dojo": ("theorems from traced Lean repositories", "pip install 'assay[lean-dojo]' (needs git and elan)"),
    "ray": ("executors on several machines", "pip install 'assay[ray]'"),
}


@dataclass(frozen=True)
class Finding:
    """``level`` missing means that something of assay's core does not work here."""

    check: str
    level: Level
    detail: str
    mend: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def examine() -> list[Finding]:
    """Look at everything; starts nothing, changes nothing, trains nothing."""
    return [*_machine(), *_sandbox(), *_lean(), *_packages()]


def _machine() -> Iterator[Finding]:
    cores = os.cpu_count() or 1
    yield Finding("cores", "ok" if cores >= 2 else "warning", str(cores), "" if cores >= 2 else "2 are advised")
    free = shutil.disk_usage(Path.cwd()).free / 2**30
    yield Finding(
        "disk", "ok" if free > 4 else "warning", f"{free:.0f} GiB free", "" if free > 4 else "free some space"
    )


def _sandbox() -> Iterator[Finding]:
    from assay.sandbox import backend_report

    report = backend_report()
    missing = report["missing"]
    image = report["image"]
    usable = report["backend"] is not None and (report["backend"] != "docker" or image is not None)
    level: Level = "missing" if not usable else "warning" if missing else "ok"
    found = f"{report['backend']}, snapshots by {report['store']}" if usable else "none usable"
    yield Finding("boxes", level, found, "; ".join(report["mend"]))
    for lack in missing:
        yield Finding("isolation", "warning", lack, "start a Docker daemon (make setup does, as root)")


def _lean() -> Iterator[Finding]:
    from assay.verifiers import PrerequisiteError
    from assay.verifiers.lean import runtime

    try:
        lean = runtime.find()
    except PrerequisiteError as error:
        yield Finding("Lean", "missing", "not usable", str(error))
    else:
        yield Finding("Lean", "ok", f"{lean.version} ({lean.kind})")


def _packages() -> Iterator[Finding]:
    for name, (purpose, mend) in (PACKAGES | OPTIONAL).items():
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            level: Level = "warning" if name in OPTIONAL or "not needed" in purpose else "missing"
            yield Finding(name, level, f"not installed: {purpose}", mend)
        else:
            yield Finding(name, "ok", version)
