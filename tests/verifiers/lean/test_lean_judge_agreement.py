"""Samples of the differential tests of the two kernels (the scripts beside this file run any number, from any seed)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def run(script: str, count: int) -> Any:
    command = [sys.executable, str(HERE / script), "2026", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=True)
    return json.loads(done.stdout)


def test_the_kernels_agree_about_mutated_definitions_and_theorems() -> None:
    found = run("differential.py", 3000)
    assert found["only_python"] == []
    assert found["only_lean"] == []
    assert found["accepted"] > 30, "the sample must hold both kinds"


def test_the_kernels_agree_about_mutated_inductive_types_and_derive_the_same_recursors() -> None:
    found = run("differential_blocks.py", 1500)
    assert found["disagreements"] == []
    assert found["counts"]["both accept"] > 100, "the sample must hold both kinds"
