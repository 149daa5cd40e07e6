"""``assay audit``: check certified artifacts, from their bytes to re-running their verdicts."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from .common import CliError, dir_option, json_option, print_json, printable

if TYPE_CHECKING:
    from assay.artifacts import AuditReport


@click.command("audit")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="Every certificate and every file of the store.")
@dir_option
@click.option("--store", type=click.Path(path_type=Path), help="A store by itself, for example a copy.")
@click.option("--level", type=click.Choice(["integrity", "log", "rerun"]), default="log", show_default=True)
@click.option(
    "--trust", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A root.json that you got elsewhere."
)
@click.option(
    "--remember",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File for the last checkpoint seen, to notice a rollback [default: audited-checkpoint in --dir].",
)
@json_option
def command(
    ids: tuple[str, ...],
    everything: bool,
    directory: Path,
    store: Path | None,
    level: Literal["integrity", "log", "rerun"],
    trust: Path | None,
    remember: Path | None,
    as_json: bool,
) -> None:
    """Audit certificates by ID, or --all. Works on a copy, offline, beside a running daemon.

    Levels, each with those before it: integrity (bytes, signatures), log (inclusion, consistency with --remember),
    rerun (every verdict reproduced in fresh boxes). Exit status is the sum of: 1 corrupt, 2 untrusted, 4 uncheckable,
    8 rerun disagrees.
    """
    if bool(ids) == everything:
        raise CliError("say which certificates: give their IDs, or --all")
    from assay.artifacts import StoreError

    folder = store or directory / "store"
    if remember is None and store is None and os.access(directory, os.W_OK):
        remember = directory / "audited-checkpoint"
    try:
        report = _audit(folder, level, ids or None, remember, trust)
    except StoreError as error:
        raise CliError(str(error)) from error
    if as_json:
        print_json(report.to_json())
    else:
        _show(report, level)
    sys.exit(report.exit_code)


def _audit(
    folder: Path,
    level: Literal["integrity", "log", "rerun"],
    ids: tuple[str, ...] | None,
    remember: Path | None,
    trust: Path | None,
) -> AuditReport:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from assay.artifacts import audit, recheck_in
    from assay.sandbox import Sandbox

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def progress(phase: str, done: int, total: int) -> None:
            if phase not in tasks:
                tasks[phase] = bars.add_task(phase, total=total)
            bars.update(tasks[phase], completed=done, total=total)

        return audit(
            folder,
            level=level,
            ids=ids,
            remember=remember,
            trust=trust,
            recheck=recheck_in(Sandbox.create) if level == "rerun" else None,
            progress=progress,
        )


def _show(report: AuditReport, level: str) -> None:
    for finding in report.findings:
        kind = click.style(f"{finding.kind:<12}", fg="red", bold=True)
        click.echo(f"{kind} {printable(finding.id)}  {printable(finding.problem)}")
    colour = "red" if report.findings else "green"
    outcome = f"{len(report.findings)} findings" if report.findings else "all sound"
    click.secho(f"{report.checked} certificates audited at level {level}: {outcome}", fg=colour)
