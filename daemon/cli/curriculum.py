"""``assay curriculum``: the skills, their levels, and where a run stands in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .common import dir_option, json_option, print_json, print_rich


@click.group("curriculum")
def command() -> None:
    """The skills, their levels and where this run stands in them."""


@command.command("show")
@dir_option
@json_option
def show(directory: Path, as_json: bool) -> None:
    """Each skill with its prerequisites and, if the directory holds a run, how its levels stand."""
    from assay.curriculum.registry import families
    from assay.curriculum.skills import SkillGraph
    from assay.daemon.journal import FILE
    from assay.daemon.status import run_status

    known = families()
    graph = SkillGraph(known)
    cells = run_status(directory)["skills"] if (directory / FILE).exists() else {}
    rows = [
        {
            "skill": skill,
            "kind": known[skill].kind,
            "needs": [] if graph.is_entry(skill) else list(graph.parents(skill)),
            "levels": {str(level): cells.get(f"{skill}/{level}") for level in known[skill].levels},
            "example": known[skill].generate(known[skill].levels[0], 0).prompt,
        }
        for skill in graph.skills
    ]
    if as_json:
        print_json(rows)
        return
    _table(rows)


def _table(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table

    table = Table("skill", "level", "state", box=None, header_style="bold")
    table.add_column("attempts", justify="right")
    table.add_column("success", justify="right")
    table.add_column("needs / first problem")
    for row in rows:
        needs = f"needs {', '.join(row['needs'])}; " if row["needs"] else ""
        for place, (level, cell) in enumerate(row["levels"].items()):
            standing = cell or {"state": "-", "attempts": 0, "success": None}
            success = "-" if standing["success"] is None else f"{standing['success']:.0%}"
            note = needs + row["example"] if place == 0 else ""
            name = row["skill"] if place == 0 else ""
            table.add_row(name, level, standing["state"], str(standing["attempts"]), success, note)
    print_rich(table)
