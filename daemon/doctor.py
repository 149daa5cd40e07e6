"""What this machine offers: each finding says whether it is fine and, where it is not, how to mend it."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

Level = Literal["ok", "warning", "missing"]

CORE = {
    "z3-solver": "SMT claims",
    "cvc5": "SMT unsat claims (second opinion)",
    "hypothesis": "Python claims",
    "docker": "boxes in containers",
    "networkx": "skill graph and lineage",
}
LEARNING = dict.fromkeys(("torch", "transformers", "trl"), "learning (not needed to verify or audit)")


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


def obstacles(kinds: Collection[str]) -> list[Finding]:
    """What a run on claims of these kinds cannot do without: boxes, the learner, and Lean where a claim needs it."""
    needed = {"boxes", *LEARNING} | ({"Lean"} if any(kind.startswith("lean/") for kind in kinds) else set())
    return [
        finding
        for finding in examine()
        if finding.check in needed
        and (finding.level == "missing" or (finding.check in LEARNING and finding.level != "ok"))
    ]


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
    for name, purpose in (CORE | LEARNING).items():
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, "missing" if name in CORE else "warning", f"not installed: {purpose}", "make setup")
        else:
            yield Finding(name, "ok", version)
