"""``assay run``: the loop in the foreground (or detached), with a live view on a terminal and plain lines elsewhere."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import CliError, dir_option, json_option, print_json, printable

if TYPE_CHECKING:  # imported when the command runs: `assay --help` stays fast
    from assay.curriculum import Problem
    from assay.daemon.config import RunConfig
    from assay.daemon.journal import Journal
    from assay.daemon.run import Request


@click.command("run")
@dir_option
@click.option("--minutes", type=click.FloatRange(min=0, min_open=True), help="End after this time in the loop.")
@click.option("--max-steps", type=click.IntRange(min=1), help="End after this many more gradient steps.")
@click.option("--seed", type=click.IntRange(min=0), help="Seed of a new run (an existing one keeps its own).")
@click.option("--resume", is_flag=True, help="Go on with the run in the directory; starts anew if there is none.")
@click.option("--problems", type=click.Path(dir_okay=False, path_type=Path), help="Claims of your own, one a line.")
@click.option("--detach", is_flag=True, help="Run in the background; see `assay status`.")
@click.option("--dry-run", is_flag=True, help="Show what would run, and one problem of each skill; change nothing.")
@json_option
def command(
    directory: Path,
    minutes: float | None,
    max_steps: int | None,
    seed: int | None,
    resume: bool,
    problems: Path | None,
    detach: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Run the loop: propose, attempt, verify, certify, learn.

    Without --minutes or --max-steps it runs until Ctrl-C, which ends it cleanly. Kill it any way you like: nothing is
    lost, and `assay run --resume` goes on.
    """
    from assay.artifacts import ArtifactError
    from assay.curriculum.registry import NoFamilyError
    from assay.daemon import config as settings
    from assay.daemon.journal import JournalError
    from assay.daemon.lock import AlreadyRunning
    from assay.daemon.run import Request, RunExists, prepare

    try:
        config = settings.load(directory)
        if seed is not None and not (directory / settings.FILE).exists():
            config = config.model_copy(update={"seed": seed})
        user_problems = _read_problems(problems) if problems else None
        if dry_run:
            _dry_run(config, user_problems, as_json)
            return
        _check_machine(config, user_problems)
        request = Request(directory, config, minutes, max_steps, resume, user_problems)
        with prepare(request) as journal:
            if not detach:
                settings.save(directory, config)
                _foreground(request, journal, as_json)
        if detach:
            _detach(directory, as_json)
    except (settings.ConfigError, NoFamilyError, JournalError, AlreadyRunning, RunExists, ArtifactError) as error:
        raise CliError(str(error)) from error
    except sqlite3.OperationalError as error:
        mend = f"mend that, then go on with `assay run --resume --dir {directory}`"
        raise CliError(f"the journal in {directory} cannot be written ({error}): {mend}") from error


def _check_machine(config: RunConfig, problems: tuple[Problem, ...] | None) -> None:
    """Say before the warm-up, and before anything is on disk, what every attempt would fail for."""
    from assay.curriculum.registry import family
    from assay.daemon.doctor import obstacles

    kinds = {family(name).kind for name in config.skills} if problems is None else {p.claim.kind for p in problems}
    if found := obstacles(kinds):
        lines = "".join(f"\n  {finding.check}: {finding.detail}: {finding.mend}" for finding in found)
        raise CliError(f"this machine lacks what a run needs (`assay doctor` shows all):{lines}")


def _foreground(request: Request, journal: Journal, as_json: bool) -> None:
    from rich.console import Console

    from assay.daemon.narrator import Narrator
    from assay.daemon.plots import plot_curves
    from assay.daemon.run import run
    from assay.daemon.summary import show, summarise

    console = Console(stderr=as_json, markup=False, emoji=False)  # paths and claims are text
    with Narrator(console, request.directory) as narrator:
        run(request, journal, narrator.say)
        narrator.say("drawing the curves")
        plot = plot_curves(journal, request.directory)
    summary = summarise(journal, request.config)
    if as_json:
        print_json(summary)
    else:
        console.print(show(summary, request.directory, plot))


def _read_problems(path: Path) -> tuple[Problem, ...]:
    """The good lines; each bad one is shown on stderr with its mend, and the rest goes on."""
    from assay.curriculum.user_problems import read_problems
    from assay.verifiers.registry import verifier_for

    try:
        problems, errors = read_problems(path, lambda claim: verifier_for(claim.kind).check_claim(claim))
    except OSError as error:
        raise CliError(f"{path} cannot be read ({error.strerror}): give a JSON Lines file") from error
    for line_error in errors:
        click.secho(printable(str(line_error)), fg="yellow", err=True)
    if not problems:
        raise CliError(f"{path} holds no usable claim: mend the lines above")
    return tuple(problems)


def _dry_run(config: RunConfig, problems: tuple[Problem, ...] | None, as_json: bool) -> None:
    from assay.curriculum.registry import family

    shown = list(problems[:5]) if problems else [family(name).generate(1, config.seed) for name in config.skills]
    if as_json:
        print_json({"config": config.model_dump(), "problems": [problem.to_json() for problem in shown]})
        return
    for name, value in config.model_dump().items():
        click.echo(f"{name:<18} {value}")
    for problem in shown:
        click.echo(f"\n{problem.cell}\n  prompt  {problem.prompt}\n  answer  {problem.reference}")


def _detach(directory: Path, as_json: bool) -> None:
    """Start the same command again in a session of its own, without --detach, its words in the run's log. The run is
    there already (``prepare`` made it, so that what stands against it was said here): the process goes on with it."""
    log = directory / "logs" / "daemon.log"
    argv = [sys.executable, "-m", "assay.daemon", *(word for word in sys.argv[1:] if word != "--detach"), "--resume"]
    with log.open("ab") as output:
        process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True)
    if as_json:
        print_json({"process": process.pid, "log": str(log)})
        return
    click.echo(
        f"process {process.pid}, log {log}; see `assay status --dir {directory}`, end it with kill {process.pid}"
    )
