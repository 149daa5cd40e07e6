"""``assay sandbox``: look after boxes."""

from __future__ import annotations

import click

from .common import json_option, print_json


@click.group("sandbox")
def command() -> None:
    """Look after boxes."""


@command.command("gc")
@json_option
def gc_(as_json: bool) -> None:
    """Remove containers, mounts and folders whose owner has died. Those of living runs are left alone."""
    from assay.sandbox import gc

    report = gc()
    if as_json:
        print_json(report)
        return
    click.echo(", ".join(f"{count} {what} removed" for what, count in report.items()))
