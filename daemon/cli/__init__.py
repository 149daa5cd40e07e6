"""The ``assay`` command: one file per noun, each loaded only when it is called, so that start-up stays fast."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from .common import CliError, fail

COMMANDS = {
    "audit": ("audit", "Check certified artifacts, from bytes to re-running their proofs."),
    "curriculum": ("curriculum", "The skills, their levels and where this run stands in them."),
    "doctor": ("doctor", "What this machine offers, what is missing, and how to mend it."),
    "explain": ("explain", "One certificate in words: what was shown, by what, and what was not."),
    "init": ("init", "Make a run directory with a commented config.toml."),
    "plugins": ("plugins", "Verifiers, validators, families, policies and executors that are installed."),
    "run": ("run", "Run the loop: propose, attempt, verify, certify, learn."),
    "sandbox": ("sandbox", "Look after boxes: remove what dead runs left behind."),
    "status": ("status", "Where a run stands."),
    "verify": ("verify", "Judge one answer to one claim."),
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f".{COMMANDS[name][0]}", __name__).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # Straight from the table: --help must not import every command.
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in sorted(COMMANDS.items())])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="assay", prog_name="assay")
def cli() -> None:
    """A self-improving agent system that learns only from what has been verified.

    Every command takes --json for machines and -h for help.
    """


def main() -> None:
    """Entry point. Errors that a user can mend end in one line on stderr and exit status 4."""
    try:
        cli()
    except CliError as error:
        fail(error)
    except KeyboardInterrupt:
        sys.exit(130)
