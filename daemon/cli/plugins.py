"""``assay plugins``: what is installed in each extension group, and whether it works."""

from __future__ import annotations

import click

from .common import json_option, print_json, print_rich


@click.group("plugins")
def command() -> None:
    """Verifiers, validators and families that are installed."""


@command.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the built-in and third-party plug-ins; broken ones with their error."""
    from assay.curriculum import registry as families
    from assay.verifiers import registry as verifiers

    rows = [
        {"group": info.group, "name": info.name, "version": info.version, "status": info.status}
        for info in [*verifiers.plugins(), *families.plugins()]
    ]
    if as_json:
        print_json(rows)
        return
    from rich.table import Table

    table = Table("group", "name", "version", "status", box=None)
    for row in rows:
        table.add_row(*row.values())
    print_rich(table)
