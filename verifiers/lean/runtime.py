"""Which Lean runs here, and how to run it inside a box.

Two kinds: the wheel with our own core library (the embedded default), and an official toolchain whose ``lean`` is on
PATH. Both are bind-mounted read-only into boxes at fixed places, so that the same command line works in every box.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from assay.sandbox import Mount

from ..errors import PrerequisiteError
from . import build, wheel

_GUEST = "/opt/lean"
_DRIVER = Path(__file__).resolve().parent / "driver.py"

HEARTBEATS = 200_000
"""Lean's own default for ``maxHeartbeats`` (in thousands of small allocations), stated so that no file can raise it by
an environment's default."""
MEMORY_MB = 1024


@dataclass(frozen=True)
class LeanRuntime:
    """A Lean that runs here.

    ``so_path`` is its shared library, ``core_dir`` the folder with ``Init.olean``. ``host_prefix`` and ``box_prefix``
    are the argv that lean's own arguments follow, outside and inside a box. ``mounts`` are what a box needs. ``digest``
    pins everything that can influence a result.
    """

    kind: Literal["wheel", "toolchain"]
    version: str
    so_path: Path
    core_dir: Path
    host_prefix: tuple[str, ...]
    box_prefix: tuple[str, ...]
    mounts: tuple[Mount, ...]
    digest: str

    def compile_argv(
        self, source: str, olean: str, *, heartbeats: int = HEARTBEATS, memory_mb: int = MEMORY_MB
    ) -> list[str]:
        """The command that compiles ``source`` inside a box; paths are the box's, relative to its working directory.

        It prints one JSON object per message on stdout. The module's name is the file's: ``Sub.lean`` is ``Sub``.
        Exit code 0 says only that Lean reported no error; it is no evidence for anything.
        """
        return [*self.box_prefix, *_flags(heartbeats, memory_mb), "-R", ".", "-o", olean, source]

    def host_argv(self, *arguments: str) -> list[str]:
        """The command that runs this Lean outside a box. For trusted text only."""
        return [*self.host_prefix, *arguments]


def _flags(heartbeats: int, memory_mb: int) -> list[str]:
    return ["--json", "--threads=1", "-M", str(memory_mb), f"-DmaxHeartbeats={heartbeats}"]


@cache
def embedded() -> LeanRuntime:
    """The wheel with our own core library, compiled now if need be. Raises PrerequisiteError with the mend."""
    found = wheel.locate()
    core = build.ensure(found)
    library = found.library
    return LeanRuntime(
        kind="wheel",
        version=found.lean_version,
        so_path=library,
        core_dir=core,
        host_prefix=(sys.executable, "-I", "-S", str(_DRIVER), str(library), str(core)),
        box_prefix=("python3", "-I", "-S", f"{_GUEST}/driver.py", f"{_GUEST}/library/{library.name}", f"{_GUEST}/core"),
        mounts=(
            Mount(str(library.parent), f"{_GUEST}/library"),
            Mount(str(core), f"{_GUEST}/core"),
            Mount(str(_DRIVER), f"{_GUEST}/driver.py"),
        ),
        digest=core.name,
    )


@cache
def toolchain() -> LeanRuntime | None:
    """The official toolchain on PATH, if there is one. Raises PrerequisiteError if there is one that does not run."""
    executable = shutil.which("lean")
    if executable is None:
        return None
    version = _ask(executable, "--short-version")
    prefix = Path(_ask(executable, "--print-prefix"))
    library = prefix / "lib" / "lean" / "libleanshared.so"
    core = prefix / "lib" / "lean"
    return LeanRuntime(
        kind="toolchain",
        version=version,
        so_path=library,
        core_dir=core,
        host_prefix=(str(prefix / "bin" / "lean"),),
        box_prefix=(f"{_GUEST}/bin/lean",),
        mounts=(Mount(str(prefix), _GUEST),),
        digest=f"toolchain-{version}-{_ask(executable, '--githash')}",
    )


def _ask(executable: str, question: str) -> str:
    try:
        done = subprocess.run([executable, question], capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise PrerequisiteError(
            f"`{executable} {question}` fails ({error}): repair that toolchain (`elan toolchain install stable`) "
            "or take it off PATH to use the embedded Lean"
        ) from error
    return done.stdout.strip()


def find() -> LeanRuntime:
    """The Lean to use: the toolchain on PATH, else the embedded one."""
    return toolchain() or embedded()


def mounts() -> tuple[Mount, ...]:
    """What a box needs to run :func:`find`'s Lean."""
    return find().mounts


def compile_argv(source: str, olean: str) -> list[str]:
    """The command that compiles ``source`` with :func:`find`'s Lean inside a box."""
    return find().compile_argv(source, olean)
