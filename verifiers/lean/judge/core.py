"""The trusted core library, loaded and checked once per judge process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
    """``environment`` is what both kernels know; ``constants`` all that the files declare."""

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
    """Read every module, replay it through Lean's kernel, and check it with our own.

    Our own kernel takes most of a second for the whole core. Its word is kept in a stamp beside the modules, bound to
    their digest and to this package's own source; while neither changes it is not asked again."""
    constants: dict[Name, Declaration] = {}
    for path in module_paths(directory):
        for name, declaration in read_module(path.read_bytes()).constants.items():
            # Lean makes some lemmas on demand (`ite.congr_simp`), so two modules may hold the same one.
            if not same_theorem(constants.setdefault(name, declaration), declaration):
                raise MalformedOlean(f"two modules of the core declare {show(name)} differently")
    if not constants:
        raise FileNotFoundError(f"no compiled core library in {directory}")
    native = NativeKernel(library)
    replay(native, constants, NO_LIMIT)
    digest = core_digest(directory)
    stamp, expected = directory / AUDIT_STAMP, f"{digest} {_own_source_digest()}\n"
    if not (stamp.is_file() and stamp.read_text() == expected):
        check_declarations({}, constants, constants, CORE_STEPS)
        _write_if_allowed(stamp, expected)
    environment = {name: each for name, each in constants.items() if each.safety == "safe"}
    return Core(digest, constants, environment, native)


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
