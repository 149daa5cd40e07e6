"""What every command shares: --json, --dir, errors with a mend, and one way to print JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

EXIT_ERROR = 4

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")

dir_option = click.option(
    "--dir",
    "directory",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("assay-run"),
    show_default=True,
    help="The run directory.",
)


class CliError(click.ClickException):
    """Something the user can mend: shown as one line, without a traceback."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"assay: {self.message}", file=file, err=True)


def fail(error: click.ClickException) -> NoReturn:
    """End with the error on stderr and, where the user asked for JSON, as ``{"error": ...}`` on stdout."""
    error.show()
    if "--json" in sys.argv[1:]:
        print_json({"error": error.format_message()})
    sys.exit(EXIT_ERROR)


def print_rich(renderable: RenderableType) -> None:
    """Print for people. Text is text, never markup: it comes from claims, paths and packages."""
    from rich.console import Console

    Console(markup=False, emoji=False).print(renderable)


def printable(text: str) -> str:
    """One line whose control characters are spelled out: claims and answers must not repaint the terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, indent=2, sort_keys=False))
