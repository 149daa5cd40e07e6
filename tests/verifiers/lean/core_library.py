"""The compiled core library as terms, for tests of the Python kernel: read once per process, no native code."""

from __future__ import annotations

from functools import cache

from assay.verifiers.lean.judge.core import module_paths
from assay.verifiers.lean.judge.declaration import Declaration
from assay.verifiers.lean.judge.names import Name
from assay.verifiers.lean.judge.olean import read_module
from assay.verifiers.lean.runtime import embedded


@cache
def core_constants() -> dict[Name, Declaration]:
    found: dict[Name, Declaration] = {}
    for path in module_paths(embedded().core_dir):
        found.update(read_module(path.read_bytes()).constants)
    return found


def safe_core() -> dict[Name, Declaration]:
    return {name: each for name, each in core_constants().items() if each.safety == "safe"}
