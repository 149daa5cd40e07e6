"""How long a Lean verdict takes, warm and cold, and what its parts take.

    python benchmarks/lean.py [--json] [--repeat 20]

Baseline, measured in the same run: the bare ``lean`` process on the same file, on the host, with no box and no judge.
A verdict does the same in a box, and has the result judged by two kernels: a ``ratio`` below 1 is what that costs. The
theorem is the first Lean example. Times are medians; nine of ten are below ``p90``.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from report import Row, report

from assay.sandbox import Sandbox, warm
from assay.verifiers import Budget, Claim
from assay.verifiers.lean import LeanVerifier
from assay.verifiers.lean.judge.core import module_paths
from assay.verifiers.lean.judge.declaration import Declaration
from assay.verifiers.lean.judge.kernel import check_declarations
from assay.verifiers.lean.judge.names import Name
from assay.verifiers.lean.judge.olean import read_module
from assay.verifiers.lean.judge_process import JudgeProcess
from assay.verifiers.lean.runtime import LeanRuntime, embedded
from assay.verifiers.lean.submission import Submission, source_file

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "0-proved-theorem.json"


def seconds(act: Callable[[], object], repeat: int) -> list[float]:
    """How long ``act`` takes, once for each repetition."""
    found = []
    for _ in range(repeat):
        start = time.perf_counter()
        act()
        found.append(time.perf_counter() - start)
    return found


def row(name: str, found: list[float], unit: str = "s", base: float | None = None) -> Row:
    value = statistics.median(found)
    p90 = statistics.quantiles(found, n=10)[-1] if len(found) > 1 else value
    return {
        "name": name, "value": round(value, 4), "unit": unit, "p90": round(p90, 4), "n": len(found),
        "baseline": "" if base is None else "bare lean", "baseline_value": None if base is None else round(base, 4),
        "ratio": None if base is None else round(base / value, 3),
    }  # fmt: skip


def bare(lean: LeanRuntime, text: str, repeat: int) -> list[float]:
    """The ``lean`` process alone."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "Sub.lean").write_text(text, encoding="utf-8")
        argv = lean.host_argv("--json", "--threads=1", "-R", ".", "-o", "Sub.olean", "Sub.lean")
        return seconds(lambda: subprocess.run(argv, cwd=folder, capture_output=True, check=True), repeat)


def verdicts(claim: Claim, answer: str, repeat: int) -> tuple[list[float], list[float]]:
    """In one box, and in a new box for each; the claim's reference is known and the judge has started."""
    verifier = LeanVerifier()

    def accept(box: Sandbox) -> None:
        verdict = verifier.verify(claim, answer, Budget(seconds=60.0), box)
        if not verdict.accepted:
            raise RuntimeError(f"the benchmark's own theorem is not accepted: {verdict}")

    def in_a_new_box() -> None:
        with Sandbox.create(verifier.box) as box:
            accept(box)

    try:
        with Sandbox.create(verifier.box) as box:
            accept(box)
            same = seconds(lambda: accept(box), repeat)
        fresh = []
        for _ in range(repeat):
            warm(verifier.box, 1, seconds=30.0)
            fresh += seconds(in_a_new_box, 1)
    finally:
        verifier.close()
    return same, fresh


def cold(repeat: int) -> list[float]:
    """``assay verify`` from its start to its end: imports, boxes, reference, judge, verdict, validators."""
    command = [sys.executable, "-m", "assay.daemon", "verify", str(EXAMPLE)]
    return seconds(lambda: subprocess.run(command, capture_output=True, check=True), repeat)


def judge_starts(lean: LeanRuntime, repeat: int) -> list[float]:
    """From nothing to the first answer, which is that there is no reference in no bytes."""

    def start() -> None:
        process = JudgeProcess(lean)
        process.check_reference(b"", "t", 60.0)
        process.close()

    return seconds(start, repeat)


def python_kernel(lean: LeanRuntime) -> tuple[list[float], int]:
    """Milliseconds per declaration of the whole core in our own kernel, once, and the number of declarations."""
    constants: dict[Name, Declaration] = {}
    for path in module_paths(lean.core_dir):
        constants.update(read_module(path.read_bytes()).constants)
    sys.setrecursionlimit(150_000)
    gc.disable()  # as in the judge
    (whole,) = seconds(lambda: check_declarations({}, constants, constants, 20_000_000), 1)
    gc.enable()
    return [1000 * whole / len(constants)], len(constants)


def measure(repeat: int) -> list[Row]:
    example = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    claim, answer = Claim.from_json(example["claim"]), example["answer"]
    lean = embedded()
    text = source_file(claim.body["preamble"], claim.body["statement"], Submission(answer, "")).text
    base = statistics.median(bare(lean, text, repeat))
    same, fresh = verdicts(claim, answer, repeat)
    per_declaration, declarations = python_kernel(lean)
    return [
        row("verdict, warm, same box", same, base=base),
        row("verdict, warm, new box", fresh, base=base),
        row("cold: assay verify", cold(max(3, repeat // 2)), base=base),
        row("judge start", judge_starts(lean, max(3, repeat // 2)), base=base),
        row(f"python kernel per declaration, {declarations} of the core", per_declaration, "ms"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--repeat", type=int, default=20)
    options = parser.parse_args()
    rows = measure(options.repeat)
    report(rows, as_json=options.json)


if __name__ == "__main__":
    main()
