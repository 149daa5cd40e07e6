"""``assay explain ID``: one certificate in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .common import CliError, dir_option, json_option, print_json

if TYPE_CHECKING:
    from assay.artifacts import Store


@click.command("explain")
@click.argument("certificate")
@dir_option
@click.option("--store", type=click.Path(path_type=Path), help="A store by itself, for example a copy.")
@json_option
def command(certificate: str, directory: Path, store: Path | None, as_json: bool) -> None:
    """What CERTIFICATE shows, by what means, on what it rests, and what it does not show.

    CERTIFICATE is an id, the beginning of one, or the word "latest".
    """
    from assay.artifacts import ArtifactError, Store, explain

    try:
        with Store.open(store or directory / "store", read_only=True) as opened:
            explanation = explain(opened, _id(opened, certificate))
    except ArtifactError as error:
        raise CliError(str(error)) from error
    if as_json:
        print_json(explanation.to_json())
    else:
        click.echo(explanation.text())


def _id(store: Store, wanted: str) -> str:
    ids = store.ids()
    if not ids:
        raise CliError(f"{store.folder} holds no certificate yet")
    if wanted == "latest":
        return ids[-1]
    found = [certificate for certificate in ids if certificate.startswith(wanted)]
    if len(found) != 1:
        many = "several certificates begin" if found else "no certificate begins"
        raise CliError(f"{many} with {wanted!r}: `assay audit --all` checks them all, `latest` names the newest")
    return found[0]
