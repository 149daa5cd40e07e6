"""The ``assay`` command: one file per noun, each loaded only when it is called, so that start-up stays fast."""

from __future__ import annotations

import sys
import traceback
from importlib import import_module

import click

from .common import EXIT_ERROR, CliError, fail

COMMANDS = {
    "audit": ("audit", "Check certified artifacts, from bytes to re-running their proofs."),
    "curriculum": ("curriculum", "The skills, their levels and where this run stands in them."),
    "doctor": ("doctor", "What this machine offers, what is missing, and how to mend it."),
    "explain": ("explain", "One certificate in words: what was shown, by what, and what was not."),
    "init": ("init", "Make a run directory with a commented config.toml."),
    "plugins": ("plugins", "Verifiers, validators and families that are installed."),
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
    """Entry point. Whatever is not a command's own result ends in exit status 4 (Ctrl-C: 130): the lower ones are
    verdicts and findings, which a crash or a mistyped option must not look like. With --json the error is on stdout."""
    try:
        sys.exit(cli.main(standalone_mode=False))
    except click.ClickException as error:
        fail(error)
    except click.Abort:
        sys.exit(130)
    except OSError as error:
        fail(CliError(f"{error}: check the path, its permissions and the space left, then try again"))
    except Exception:  # noqa: BLE001 - Python's own exit status for it, 1, would mean "refuted" or "corrupt"
        traceback.print_exc()
        sys.exit(EXIT_ERROR)
