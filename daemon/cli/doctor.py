"""``assay doctor``: what this machine offers and what is missing."""

from __future__ import annotations

import sys

import click

from .common import json_option, print_json, print_rich

STYLE = {"ok": "green", "warning": "yellow", "missing": "red"}


@click.command("doctor")
@json_option
def command(as_json: bool) -> None:
    """What this machine offers, what is missing, and how to mend it. Exit status 1 if the core lacks something."""
    from assay.daemon.doctor import examine

    findings = examine()
    if as_json:
        print_json([finding.to_json() for finding in findings])
    else:
        from rich.table import Table
        from rich.text import Text

        table = Table("check", "", "found", "mend", box=None)
        for finding in findings:
            style = STYLE[finding.level]
            table.add_row(finding.check, Text(finding.level, style=style), Text(finding.detail), Text(finding.mend))
        print_rich(table)
    sys.exit(any(finding.level == "missing" for finding in findings))
