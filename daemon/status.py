"""Where a run stands, read from its journal alone: works while the daemon runs, after it ended, and on a copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .journal import Journal
from .lock import is_running

PHASES = ("generate", "verify", "train", "other")


def run_status(directory: Path) -> dict[str, Any]:
    """The object that ``assay status --json`` prints. Raises JournalError where there is no run."""
    journal = Journal(directory, read_only=True)
    try:
        return status_of(journal, running=is_running(directory))
    finally:
        journal.close()


def status_of(journal: Journal, *, running: bool) -> dict[str, Any]:
    """``state`` is warm-up, running or finished as the daemon last wrote it; interrupted if it died meanwhile."""
    state = journal.get("state", "new")
    if not running and state != "finished":
        state = "interrupted"
    spent = journal.get("time_spent", dict.fromkeys(PHASES, 0.0))
    total = sum(spent.values()) or 1.0
    steps = journal.steps()
    promotions = [detail for _, _, detail in journal.events("promotion")]
    return {
        "state": state,
        "step": steps[-1][0] if steps else 0,
        "certificates": journal.certificate_count(),
        "verdicts": journal.verdict_counts(),
        "skills": journal.get("skills", {}),
        "time_share": {phase: round(spent.get(phase, 0.0) / total, 4) for phase in PHASES},
        "policy": {
            "checkpoint": journal.get("checkpoint"),
            "promoted": promotions[-1]["checkpoint"] if promotions else None,
        },
    }
