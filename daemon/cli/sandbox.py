"""``assay sandbox``: look after boxes."""

from __future__ import annotations

from dataclasses import asdict

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

    removed = asdict(gc())
    if as_json:
        print_json(removed)
        return
    click.echo("removed " + ", ".join(f"{len(found)} {what}" for what, found in removed.items()))
