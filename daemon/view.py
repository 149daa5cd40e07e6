"""What a run looks like: one table for skills, one for verdicts and learning, drawn from the status object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.bar import Bar
from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from .status import PHASES

STATE_STYLE = {"open": "green", "mastered": "cyan", "locked": "dim"}
VERDICT_STYLE = {"proved": "green", "passed": "green", "refuted": "yellow", "cheat": "magenta", "error": "red"}


def render(
    status: dict[str, Any], steps: list[tuple[int, float, dict[str, float]]], heading: str = ""
) -> RenderableType:
    """One screen. ``steps`` as ``Journal.steps()`` gives them; ``heading`` says what is going on just now."""
    title = Text.assemble(
        ("assay ", "bold"),
        (status["state"], "bold green" if status["state"] == "running" else "bold yellow"),
        f"   step {status['step']}   certificates {status['certificates']}   {heading}",
    )
    return Group(
        title, "", _skills(status), "", Columns([_verdicts(status), _time(status), _learning(steps)], padding=(0, 4))
    )


def _skills(status: dict[str, Any]) -> Table:
    table = Table("skill/level", "state", box=None, header_style="bold", pad_edge=False)
    table.add_column("attempts", justify="right")
    table.add_column("success", justify="right")
    table.add_column("", width=30)
    for cell, row in status["skills"].items():
        share = row["success"]
        table.add_row(
            cell,
            Text(row["state"], style=STATE_STYLE.get(row["state"], "")),
            str(row["attempts"]),
            "-" if share is None else f"{share:.0%}",
            Bar(1.0, 0.0, share or 0.0, color="green"),
        )
    return table


def _verdicts(status: dict[str, Any]) -> Table:
    table = Table("verdict", box=None, header_style="bold", pad_edge=False)
    table.add_column("attempts", justify="right")
    for verdict, count in sorted(status["verdicts"].items(), key=lambda item: -item[1]):
        table.add_row(Text(verdict, style=VERDICT_STYLE.get(verdict, "")), str(count))
    return table


def _time(status: dict[str, Any]) -> Table:
    table = Table("time", box=None, header_style="bold", pad_edge=False)
    table.add_column("share", justify="right")
    for phase in PHASES:
        table.add_row(phase, f"{status['time_share'][phase]:.0%}")
    return table


def _learning(steps: list[tuple[int, float, dict[str, float]]]) -> Table:
    table = Table("learner", box=None, header_style="bold", pad_edge=False)
    table.add_column("last", justify="right")
    if steps:
        for name, value in steps[-1][2].items():
            table.add_row(name, f"{value:.4g}")
    return table


def live(draw: Callable[[], RenderableType], console: Console) -> Live:
    """A context manager that redraws ``draw()`` four times a second and leaves the terminal clean."""
    return Live(get_renderable=draw, console=console, refresh_per_second=4, transient=True)
