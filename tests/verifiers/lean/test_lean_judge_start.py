"""How the judge comes to its core: checked once by both kernels, then imported by Lean and decoded on demand."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from assay.verifiers.lean.judge import command
from assay.verifiers.lean.judge.core import AUDIT_STAMP, stamp_holds
from assay.verifiers.lean.runtime import LeanRuntime

# In a process of its own: it loads Lean's library.
COMPARE = """
import sys
from assay.verifiers.lean.judge.core import load_core
from assay.verifiers.lean.runtime import embedded
sys.setrecursionlimit(20_000)
lean = embedded()
core = load_core(lean.so_path, lean.core_dir)
different = [name for name, each in core.constants.items() if core.native.find(name) != each]
print(len(core.constants), len(core.environment), different)
"""

# A definition that refers to a given constant of the core by its type.
REFER = """
import sys
from assay.verifiers.lean.judge.core import load_core
from assay.verifiers.lean.judge.declaration import Definition
from assay.verifiers.lean.judge.level import ONE, param
from assay.verifiers.lean.judge.native import NativeRefusal
from assay.verifiers.lean.judge.term import const
from assay.verifiers.lean.runtime import embedded
sys.setrecursionlimit(20_000)
lean = embedded()
core = load_core(lean.so_path, lean.core_dir)
accepted = {True: 0, False: 0}
for name, each in core.constants.items():
    value = const(name, tuple(param(each) for each in each.level_params))
    alias = Definition(("alias", *name), each.level_params, each.type, "safe", value, 1)
    if each.safety == "safe" and sum(accepted.values()) > 50:
        continue
    try:
        core.native.add(alias, {}, 0)
    except NativeRefusal as refusal:
        assert "unsafe" in str(refusal) or "partial" in str(refusal), refusal
    else:
        accepted[each.safety == "safe"] += 1
unsafe = sum(each.safety != "safe" for each in core.constants.values())
print(accepted[True], accepted[False], unsafe)
"""


def run(script: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True
    ).stdout.strip()


def start(library: Path, core: Path) -> subprocess.CompletedProcess[str]:
    """Start the judge and ask nothing."""
    return subprocess.run(
        command(library, core), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False
    )


def test_lean_imports_exactly_the_constants_that_we_decode() -> None:
    count, safe, different = run(COMPARE).split(maxsplit=2)
    assert (int(count) > 3000, int(safe) > 3000, different) == (True, True, "[]")


def test_leans_kernel_accepts_nothing_that_refers_to_an_unsafe_constant_of_the_core() -> None:
    safe_accepted, unsafe_accepted, unsafe = map(int, run(REFER).split())
    assert safe_accepted > 50, "the positive control"
    assert unsafe_accepted == 0
    assert unsafe > 0, "the core must hold some"


def test_a_core_without_a_valid_stamp_is_checked_first(lean: LeanRuntime, tmp_path: Path) -> None:
    core = tmp_path / "core"
    shutil.copytree(lean.core_dir, core)
    stamp = core / AUDIT_STAMP
    stamp.write_text("not the digest of this core\n")
    assert '"ready": true' in start(lean.so_path, core).stdout
    stamped = stamp.read_text()
    assert stamped == (lean.core_dir / AUDIT_STAMP).read_text()
    assert '"ready": true' in start(lean.so_path, core).stdout
    # Damage to one module takes the stamp's word away, and the new check fails.
    module = next((core / "Init").rglob("*.olean"))
    module.write_bytes(module.read_bytes()[:-64])
    damaged = start(lean.so_path, core)
    assert (damaged.returncode != 0, damaged.stdout) == (True, "")
    assert stamp.read_text() == stamped


def test_a_stamp_that_anybody_could_have_written_says_nothing(tmp_path: Path) -> None:
    stamp = tmp_path / AUDIT_STAMP
    assert not stamp_holds(stamp, "digest\n")
    stamp.write_text("digest\n")
    stamp.chmod(0o644)
    assert stamp_holds(stamp, "digest\n")
    assert not stamp_holds(stamp, "another\n")
    stamp.chmod(0o666)
    assert not stamp_holds(stamp, "digest\n")


def test_the_judge_ends_quietly_when_nobody_waits_for_it(lean: LeanRuntime) -> None:
    process = subprocess.Popen(
        command(lean.so_path, lean.core_dir), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    process.stdin.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0
    process.stderr.close()
