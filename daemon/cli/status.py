"""``assay status``: where a run stands."""

from __future__ import annotations

from pathlib import Path

import click

from .common import CliError, dir_option, json_option, print_json, print_rich


@click.command("status")
@dir_option
@json_option
def command(directory: Path, as_json: bool) -> None:
    """Where a run stands; works while it runs, after it ended, and on a copied run directory."""
    from assay.daemon.journal import Journal, JournalError
    from assay.daemon.status import run_status

    try:
        if as_json:
            print_json(run_status(directory))
            return
        from assay.daemon.view import render

        status = run_status(directory)
        journal = Journal(directory, read_only=True)
        print_rich(render(status, journal.steps()))
        journal.close()
    except JournalError as error:
        raise CliError(str(error)) from error
