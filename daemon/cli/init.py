"""``assay init``: make a run directory whose settings can be read and changed before the first run."""

from __future__ import annotations

from pathlib import Path

import click

from .common import dir_option, json_option, print_json


@click.command("init")
@dir_option
@json_option
def command(directory: Path, as_json: bool) -> None:
    """Make a run directory with a commented config.toml. An existing one is left as it is."""
    from assay.daemon import config

    directory.mkdir(parents=True, exist_ok=True)
    config.save(directory, config.load(directory))
    if as_json:
        print_json({"dir": str(directory), "config": str(directory / config.FILE)})
        return
    click.echo(f"{directory / config.FILE} is ready: change it if you like, then `assay run --dir {directory}`")
