"""How fast certificates are made, checked and opened, and what they cost on disk, at 10^3 and 10^4 of them.

    python benchmarks/artifacts.py [--json] [--sizes 1000,10000]

Baselines, measured in the same run: appending 2 KB to one file with an fsync each time (the least that keeps a record),
a bare Ed25519 signature or verification in a loop (the least that signs or checks one). Everything here does more than
its baseline (several files, a log, an atomic batch), so ratios below 1 are what that costs. Rates are medians over
batches or repetitions; ``p90`` is the rate that nine of ten of them reach.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from report import Row, report

from assay.artifacts import Certification, Origin, Store, audit
from assay.artifacts.keys import SigningKey
from assay.verifiers import Claim, Validation, Verdict

BATCH, GROUP = 64, 8


def certification(number: int) -> Certification:
    """A certification of ordinary size: an answer and two pieces of evidence, eight attempts to a claim."""
    claim = {"kind": "smt/model/v1", "smtlib": f"(declare-const x Int)\n(assert (> (* x x) {number // GROUP}))"}
    evidence = {"model": json.dumps({"x": number}).encode(), "log": b"%d: " % number + b"unit propagation\n" * 30}
    return Certification(
        claim=Claim.from_json(claim),
        answer={"x": number},
        verdict=Verdict(
            "proved",
            "smt",
            "checked by both",
            "solvers-agree",
            evidence,
            {"z3": "4", "cvc5": "1"},
            number,
            {"rlimit": 9},
        ),
        verifier_version="1",
        validations=(Validation("trivial-claim", vetoed=False),),
        image="sha256:" + "0" * 64,
        limits={"seconds": 10.0},
        origin=Origin("smt", "A.linear", 1, number),
        run="benchmark",
        attempt=str(number),
        policy="a" * 64,
    )


def rates(act: Callable[[], object], items: int, repeat: int) -> list[float]:
    """Items per second, once for each repetition."""
    found = []
    for _ in range(repeat):
        start = time.perf_counter()
        act()
        found.append(items / (time.perf_counter() - start))
    return found


def row(name: str, found: list[float], unit: str = "per s", baseline: str = "", base: float | None = None) -> Row:
    value = statistics.median(found)
    p90 = statistics.quantiles(found, n=10)[0] if len(found) > 1 else value
    ratio = None if base is None else round(value / base, 4)
    return {
        "name": name, "value": round(value, 2), "unit": unit, "p90": round(p90, 2), "n": len(found),
        "baseline": baseline, "baseline_value": None if base is None else round(base, 2), "ratio": ratio,
    }  # fmt: skip


def append_and_sync(folder: Path) -> float:
    """Records of 2 KB per second that one file takes with an fsync each."""
    descriptor = os.open(folder / "records", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    data = os.urandom(2048)

    def append() -> None:
        for _ in range(20):
            os.write(descriptor, data)
            os.fsync(descriptor)

    found = statistics.median(rates(append, 20, 20))
    os.close(descriptor)
    return found


def sign_and_verify() -> tuple[float, float]:
    """Bare signatures and verifications of 2 KB per second."""
    key, message = SigningKey.generate(), os.urandom(2048)
    signature = key.sign(message)
    signing = rates(lambda: [key.sign(message) for _ in range(200)], 200, 10)
    verifying = rates(lambda: [key.public.verifies(signature, message) for _ in range(200)], 200, 10)
    return statistics.median(signing), statistics.median(verifying)


def measure(folder: Path, sizes: list[int]) -> list[Row]:
    appends, (signs, verifies) = append_and_sync(folder), sign_and_verify()
    rows = []
    path, made = folder / "run" / "store", 0
    for size in sizes:
        batches = []
        with Store.open(path, create=True) as store:
            while made < size:
                batch = [certification(n) for n in range(made, min(made + BATCH, size))]
                batches += rates(lambda batch=batch: store.certify_many(batch), len(batch), 1)
                made += len(batch)
            groups = [[certification(-(size * 1000 + g * GROUP + n)) for n in range(GROUP)] for g in range(20)]
            small = [rates(lambda group=group: store.certify_many(group), GROUP, 1)[0] for group in groups]
            count = store.count()
        certify = f"certify+log, batches of {BATCH}, up to {size}"
        rows.append(row(certify, batches, "per s", "append 2 KB + fsync", appends))
        rows.append(row(certify, batches, "per s", "bare Ed25519 sign", signs))
        rows.append(row(f"certify+log, groups of {GROUP}, at {size}", small, "per s", "append 2 KB + fsync", appends))
        repeat = max(3, 10_000 // size)
        for level in ("integrity", "log"):
            found = rates(lambda level=level: sound(path, level), count, repeat)
            rows.append(row(f"audit {level}, at {size}", found, "per s", "bare Ed25519 verify", verifies))
        opened = rates(lambda: Store.open(path, read_only=True), 1, repeat)
        rows.append(row(f"open read-only, log verified, at {size}", opened))
        used = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        rows.append(row(f"bytes per certificate, at {size}", [used / count], "bytes"))
    rows.append(standalone(folder))
    return rows


def sound(path: Path, level: Any) -> None:
    report = audit(path, level=level)
    if report.findings:
        raise RuntimeError(f"the benchmark's own store has findings: {report.findings[:3]}")


def standalone(folder: Path) -> Row:
    """The store's own verify.py (python3 and the openssl command), on 200 certificates."""
    path = folder / "small" / "store"
    with Store.open(path, create=True) as store:
        store.certify_many([certification(n) for n in range(200)])
    command = [sys.executable, str(path / "verify.py")]
    found = rates(lambda: subprocess.run(command, check=True, capture_output=True), 200, 3)
    return row("verify.py with openssl, at 200", found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sizes", default="1000,10000", help="numbers of certificates, ascending")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder), [int(size) for size in options.sizes.split(",")])
    report(rows, as_json=options.json)


if __name__ == "__main__":
    main()
