"""A sample of the differential test of the two kernels (``differential.py`` runs any number, from any seed)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent / "differential.py"


def test_the_python_kernel_accepts_no_mutant_that_leans_kernel_refuses() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "2026", "4000"], capture_output=True, text=True, timeout=240, check=True
    )
    found = json.loads(done.stdout)
    assert found["only_python"] == []
    assert found["only_lean"] == []
    assert found["accepted"] > 50, "the sample must hold both kinds"
