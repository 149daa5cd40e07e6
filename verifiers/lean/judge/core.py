"""The trusted core library: checked once per build of it, loaded by every judge process."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .core_constants import CoreConstants, Safe
from .declaration import Declaration, Declarations, Theorem
from .kernel import check_declarations
from .memory import MalformedOlean
from .names import Name, show
from .native import NativeKernel
from .olean import read_module
from .replay import replay

NO_LIMIT = 0
CORE_STEPS = 20_000_000
AUDIT_STAMP = "judge-audit.sha256"


@dataclass(frozen=True)
class Core:
    """``constants`` is all that the files declare, ``environment`` the safe ones among them: what a proof may use."""

    digest: str
    constants: Declarations
    environment: Declarations
    native: NativeKernel


def module_paths(directory: Path) -> list[Path]:
    """The compiled modules of the core, in a fixed order."""
    return sorted(directory.rglob("*.olean"))


def core_digest(directory: Path) -> str:
    """SHA-256 over the relative names and contents of the compiled modules."""
    total = hashlib.sha256()
    for path in module_paths(directory):
        name = path.relative_to(directory).as_posix()
        total.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def same_theorem(kept: Declaration, other: Declaration) -> bool:
    """Whether ``other`` may stand for ``kept``: itself, or another proof of the same proposition."""
    if isinstance(kept, Theorem) and isinstance(other, Theorem):
        return (kept.type, kept.level_params) == (other.type, other.level_params)
    return kept is other


def load_core(library: Path, directory: Path) -> Core:
    """The core as both kernels know it, audited before if it never was.

    The compiled core is ours: built outside all boxes, which see it read-only, in a folder that its digest names. So it
    is checked once, declaration by declaration, through both kernels. Their word is kept in a stamp beside the modules,
    bound to the modules' digest and to this package's own source; while neither changes, Lean reads its own files, and
    we decode what is asked for."""
    digest = core_digest(directory)
    native = NativeKernel(library)
    stamp, expected = directory / AUDIT_STAMP, f"{digest} {_own_source_digest()}\n"
    if not stamp_holds(stamp, expected):
        _audit(native, directory)
        _write_if_allowed(stamp, expected)
    native.import_core(directory)
    constants = CoreConstants(module_paths(directory))
    return Core(digest, constants, Safe(constants), native)


def stamp_holds(stamp: Path, expected: str) -> bool:
    """Whether the stamp says what is expected, and is of our own making: ours or the superuser's, and not open to all.
    Its digests bind everything else in the folder."""
    try:
        info, text = stamp.stat(), stamp.read_text()
    except FileNotFoundError:
        return False
    return text == expected and info.st_uid in (0, os.getuid()) and not info.st_mode & stat.S_IWOTH


def _audit(native: NativeKernel, directory: Path) -> None:
    """Decode every module, replay it through Lean's kernel, and check it with our own: a few seconds."""
    constants: dict[Name, Declaration] = {}
    for path in module_paths(directory):
        for name, declaration in read_module(path.read_bytes()).constants.items():
            # Lean makes some lemmas on demand (`ite.congr_simp`), so two modules may hold the same one.
            if not same_theorem(constants.setdefault(name, declaration), declaration):
                raise MalformedOlean(f"two modules of the core declare {show(name)} differently")
    if not constants:
        raise FileNotFoundError(f"no compiled core library in {directory}")
    replay(native, constants, NO_LIMIT)
    check_declarations({}, constants, constants, CORE_STEPS)


def _own_source_digest() -> str:
    total = hashlib.sha256()
    for path in _own_sources():
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def _own_sources() -> Iterator[Path]:
    yield from sorted(Path(__file__).parent.rglob("*.py"))


def _write_if_allowed(path: Path, text: str) -> None:
    """A read-only core directory only costs time."""
    temporary = path.with_suffix(".new")
    try:
        temporary.write_text(text)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
