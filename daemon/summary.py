"""What a run came to: success before and after, verdicts, certificates, and what to try next."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from assay.curriculum.registry import family
from assay.learner import wilson_interval

from .config import RunConfig
from .gate import Panel
from .journal import Journal
from .status import status_of

MIN_GROUPS = 20
"""Groups of a cell below which its quarters are mostly noise."""


def summarise(journal: Journal, config: RunConfig) -> dict[str, Any]:
    """The object that ``assay run --json`` prints at the end: the status, with success before and after."""
    panel = Panel.of({name: family(name) for name in config.skills}, config.gate_problems)
    held_out: dict[str, dict[str, Any]] = {}
    for when, key in (("before", "baseline"), ("after", "promoted_outcomes")):
        for cell, (successes, samples) in panel.by_cell(journal.get(key) or {}).items():
            if samples:
                interval = wilson_interval(successes, samples)
                held_out.setdefault(cell, {})[when] = {
                    "success": round(successes / samples, 4),
                    "low": round(interval.low, 4),
                    "high": round(interval.high, 4),
                    "n": samples,
                }
    alarms = [detail["reason"] for _, _, detail in journal.events("alarm")]
    return {
        **status_of(journal, running=False),
        "held_out": held_out,
        "training": _training(journal),
        "alarms": alarms,
    }


def _training(journal: Journal) -> dict[str, dict[str, Any]]:
    """Cell -> success over the first and the last quarter of its groups, for cells with enough of them to say so."""
    shares: dict[str, list[float]] = defaultdict(list)
    for _, cell, share in journal.group_successes():
        shares[cell].append(share)
    return {
        cell: {
            "groups": len(found),
            "first_quarter": round(mean(found[: len(found) // 4]), 4),
            "last_quarter": round(mean(found[-(len(found) // 4) :]), 4),
        }
        for cell, found in sorted(shares.items())
        if len(found) >= MIN_GROUPS
    }


def show(summary: dict[str, Any], directory: Path, plot: Path | None) -> RenderableType:
    """The end of a run for people."""
    held_out = Table("held-out problems", "after warm-up", "promoted policy", box=None, header_style="bold")
    for cell, found in sorted(summary["held_out"].items(), key=lambda item: item[0] == "all"):
        held_out.add_row(cell, *(_with_interval(found.get(when)) for when in ("before", "after")))
    training = Table("problems trained on", "groups", "first quarter", "last quarter", box=None, header_style="bold")
    for cell, row in summary["training"].items():
        training.add_row(cell, str(row["groups"]), f"{row['first_quarter']:.0%}", f"{row['last_quarter']:.0%}")
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in summary["verdicts"].items())
    where = shlex.quote(str(directory))
    assay = "assay" if shutil.which("assay") else shlex.quote(str(Path(sys.executable).with_name("assay")))
    lines = [
        "",
        f"{summary['certificates']} certificates, {summary['step']} gradient steps; verdicts: {verdicts or 'none'}",
        *(f"ALARM, two checkers disagree: {reason}" for reason in summary["alarms"]),
        *([f"curves: {plot}"] if plot else []),
        "",
        "next:",
        f"  {assay} audit --all --level rerun --dir {where}    every verdict, reproduced in fresh boxes",
        f"  {assay} explain latest --dir {where}               what one certificate shows, and what it does not",
        f"  {assay} run --resume --dir {where}                 go on learning",
    ]
    return Group(training, "", held_out, *lines)


def _with_interval(found: dict[str, float] | None) -> str:
    return (
        "-" if found is None else f"{found['success']:.0%}  [{found['low']:.0%}, {found['high']:.0%}] of {found['n']}"
    )
