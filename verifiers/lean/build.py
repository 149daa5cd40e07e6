"""Compiles our core library with the Lean of the wheel, once per version of both.

``python -m assay.verifiers.lean.build`` does it at set-up; :func:`ensure` does it at first use. The result is a folder
named by a digest of all inputs, renamed into place when it is complete, so that two processes may build at once and a
killed build leaves nothing behind that is mistaken for a library.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from graphlib import TopologicalSorter
from pathlib import Path

from ..errors import PrerequisiteError
from . import judge
from .wheel import Wheel, locate

_HERE = Path(__file__).resolve().parent
_IMPORT = re.compile(r"^import (\S+)$", re.MULTILINE)
_MODULE_SECONDS = 300.0
_WORKERS = 2

Log = Callable[[str], None]


def core_sources() -> tuple[Path, ...]:
    """The text of the core library, in path order."""
    return tuple(sorted((_HERE / "core").rglob("*.lean")))


def digest(wheel: Wheel) -> str:
    """64 hex digits that name the compiled core: the core's text, the syntax generator, the driver, the library."""
    state = hashlib.sha256(wheel.digest.encode())
    for path in (*core_sources(), *sorted((_HERE / "syntax").glob("*.py")), _HERE / "driver.py"):
        text = path.read_bytes()
        state.update(f"\0{path.relative_to(_HERE)}\0{len(text)}\0".encode() + text)
    return state.hexdigest()


def cache_folder() -> Path:
    """Where compiled cores are kept: ``$XDG_CACHE_HOME/assay/lean``. Root's lie in /var/cache by default, because
    bubblewrap mounts them as the boxes' user, who cannot reach root's home."""
    chosen = os.environ.get("XDG_CACHE_HOME")
    default = Path("/var/cache") if os.geteuid() == 0 else Path.home() / ".cache"
    return Path(chosen or default) / "assay" / "lean"


def ensure(wheel: Wheel, log: Log = lambda line: None) -> Path:
    """The folder that holds the compiled core (what LEAN_PATH wants), built now if need be."""
    target = cache_folder() / digest(wheel)
    if target.is_dir():
        return target
    wheel.check()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".building-") as scratch:
        sources, compiled = Path(scratch) / "sources", Path(scratch) / "compiled"
        shutil.copytree(_HERE / "core", sources)
        _generate_syntax(wheel, sources)
        _compile_all(wheel, sources, compiled, log)
        compiled.chmod(0o755)
        try:
            compiled.rename(target)
        except OSError:
            if not target.is_dir():  # anything but: another process was faster
                raise
    return target


def _generate_syntax(wheel: Wheel, sources: Path) -> None:
    command = [sys.executable, "-m", "assay.verifiers.lean.syntax.generate", str(wheel.library), str(sources)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_MODULE_SECONDS, check=False)
    if done.returncode:
        raise PrerequisiteError(f"the syntax of {wheel.library} cannot be read: {done.stderr[-2000:]}")


def _compile_all(wheel: Wheel, sources: Path, compiled: Path, log: Log) -> None:
    """Compile every module after the modules that it imports, two at a time."""
    imports = {
        ".".join(path.relative_to(sources).with_suffix("").parts): set(
            _IMPORT.findall(path.read_text(encoding="utf-8"))
        )
        for path in sources.rglob("*.lean")
    }
    order = TopologicalSorter(imports)
    order.prepare()
    with ThreadPoolExecutor(_WORKERS) as pool:
        running: dict[Future[float], str] = {}
        while order.is_active():
            for module in order.get_ready():
                running[pool.submit(_compile, wheel, module, sources, compiled)] = module
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                module = running.pop(future)
                log(f"{module}  {future.result():.1f} s")
                order.done(module)


def _compile(wheel: Wheel, module: str, sources: Path, compiled: Path) -> float:
    """Compile one module; the seconds it took. Raises PrerequisiteError with Lean's messages."""
    file = Path(*module.split("."))
    target = (compiled / file).with_suffix(".olean")
    target.parent.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-I", "-S", str(_HERE / "driver.py"), str(wheel.library), str(compiled),
        "--threads=1", "-R", ".", "-o", str(target), str(file.with_suffix(".lean")),
    ]  # fmt: skip
    start = time.monotonic()
    done = subprocess.run(
        command, cwd=sources, capture_output=True, text=True, errors="replace", timeout=_MODULE_SECONDS, check=False
    )
    if done.returncode or not target.is_file():
        raise PrerequisiteError(f"module {module} of the core does not compile: {(done.stdout + done.stderr)[:4000]}")
    return time.monotonic() - start


def main() -> None:
    start = time.monotonic()
    wheel = locate()
    target = ensure(wheel, lambda line: print(line, flush=True))  # noqa: T201
    # The judge checks a new core before it answers its first question; asked nothing, it ends after that.
    command = judge.command(wheel.library, target)
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    print(f"core library: {target} ({time.monotonic() - start:.1f} s)")  # noqa: T201


if __name__ == "__main__":
    main()
