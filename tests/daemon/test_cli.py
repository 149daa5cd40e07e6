"""The command line as a user meets it: exit codes, JSON shapes, errors that name the mend, and a fast start."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from rich.console import Group
from rich.table import Table

from assay.daemon.cli import COMMANDS, cli, main
from assay.daemon.cli.common import print_rich
from assay.daemon.config import RunConfig
from assay.daemon.run import Request, prepare

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.json"))


def assay(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "assay.daemon", *arguments], capture_output=True, text=True)


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        return [(path, command)]
    context = click.Context(command)
    found = []
    for name in command.list_commands(context):
        child = command.get_command(context, name)
        assert child is not None
        found += leaves(child, (*path, name))
    return found


def test_every_command_takes_json_and_has_help() -> None:
    for path, command in leaves(cli):
        options = {option for parameter in command.params for option in parameter.opts}
        assert "--json" in options, path
        assert command.help, path


def test_help_lists_every_command() -> None:
    output = CliRunner().invoke(cli, ["--help"]).output
    assert all(name in output for name in COMMANDS)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_each_example_ends_in_the_exit_code_that_its_name_gives(path: Path) -> None:
    done = assay("verify", str(path), "--json")
    assert done.returncode == int(path.name[0]), done.stdout + done.stderr
    result = json.loads(done.stdout)
    assert set(result) == {"status", "strength", "verifier", "reason", "evidence", "seconds"}
    assert result["status"] == path.name.split("-")[1]


def test_the_examples_show_every_exit_code() -> None:
    assert {path.name[0] for path in EXAMPLES} == {"0", "1", "2", "3", "4"}


@pytest.mark.parametrize(
    ("content", "mend"),
    [
        ("{", "is not JSON"),
        ("[]", "two fields"),
        ('{"claim": {"kind": "smt/model/v1"}}', "two fields"),
        ('{"claim": 1, "answer": 1}', "JSON object"),
        ('{"claim": {"kind": "smt/model/v1", "smtlib": "(assert true)", "x": 1.5}, "answer": {}}', "float"),
        ('{"claim": {"kind": "smt/model/v1", "smtlib": "(assert true)"}, "answer": {"x": 300, "x": 3}}', "given twice"),
        ("[" * 100_000, "is not JSON"),
        (
            '{"claim": {"kind": "smt/model/v1", "smtlib": "(declare-const x Int)(assert (> x 3))"}, "answer": NaN}',
            "float",
        ),
    ],
)
def test_bad_input_is_an_error_with_its_mend(tmp_path: Path, content: str, mend: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content)
    done = assay("verify", str(path), "--json")
    assert done.returncode == 4
    assert json.loads(done.stdout)["status"] == "error"
    assert mend in json.loads(done.stdout)["reason"]


def test_a_missing_file_is_an_error_and_the_other_files_are_still_judged() -> None:
    done = assay("verify", "/nonexistent.json", str(EXAMPLES[0]), "--json")
    assert done.returncode == 4
    missing, judged = json.loads(done.stdout)
    assert (missing["file"], missing["status"]) == ("/nonexistent.json", "error")
    assert "cannot be read" in missing["reason"]
    assert judged["status"] == EXAMPLES[0].name.split("-")[1]


def test_a_claim_cannot_repaint_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "claim.json"
    path.write_text(json.dumps({"claim": {"kind": "smt/model/v1", "\x1b[2J\rproved": 1.5}, "answer": {}}))
    shown = assay("verify", str(path)).stdout
    assert "\\x1b[2J\\rproved" in shown
    assert "\x1b" not in shown


def test_a_file_without_end_is_an_error() -> None:
    done = assay("verify", "/dev/zero", "--json")
    assert done.returncode == 4
    assert "longer than" in json.loads(done.stdout)["reason"]


@pytest.mark.parametrize("mistyped", [("verify", "--nonsense"), ("audit", "--levl", "log"), ("verify", "/")])
def test_a_mistyped_command_does_not_end_like_a_verdict_or_a_finding(mistyped: tuple[str, ...]) -> None:
    done = assay(*mistyped, "--json")
    assert done.returncode == 4
    assert json.loads(done.stdout)["error"]
    assert "Usage" in done.stderr


@pytest.mark.parametrize(("raised", "status"), [(RuntimeError("a fault of ours"), 4), (click.Abort(), 130)])
def test_a_crash_and_an_interrupt_do_not_end_like_a_verdict(
    raised: Exception, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(**_: object) -> None:
        raise raised

    monkeypatch.setattr(cli, "main", crash)
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == status


def test_an_error_is_json_on_stdout_where_json_was_asked_for(tmp_path: Path) -> None:
    done = assay("status", "--dir", str(tmp_path), "--json")
    assert done.returncode == 4
    assert "assay run" in json.loads(done.stdout)["error"]


def test_status_of_a_directory_without_a_run_says_how_to_start_one(tmp_path: Path) -> None:
    done = assay("status", "--dir", str(tmp_path))
    assert done.returncode == 4
    assert "assay run" in done.stderr


def test_audit_wants_to_know_what_to_audit(tmp_path: Path) -> None:
    assert "--all" in assay("audit", "--dir", str(tmp_path)).stderr


def test_plugins_are_listed_with_group_name_version_and_status() -> None:
    rows: list[dict[str, Any]] = json.loads(assay("plugins", "list", "--json").stdout)
    assert {"smt", "python", "lean"} <= {row["name"] for row in rows if row["group"] == "assay.verifiers"}
    assert all(set(row) == {"group", "name", "version", "status"} for row in rows)
    assert all(row["status"] == "ok" for row in rows)


def test_a_bad_config_names_file_field_and_mend(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("group_size = 1\n")
    done = assay("run", "--dir", str(tmp_path), "--dry-run")
    assert done.returncode == 4
    assert "config.toml" in done.stderr
    assert "group_size" in done.stderr


def test_an_unknown_skill_names_the_known_ones_before_anything_is_on_disk(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('skills = ["A.liner"]\n')
    done = assay("run", "--dir", str(tmp_path))
    assert done.returncode == 4
    assert "A.linear" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


def test_what_stands_against_a_detached_run_is_said_before_it_detaches(tmp_path: Path) -> None:
    with prepare(Request(tmp_path, RunConfig(), minutes=None, steps=None, resume=False)):
        pass
    done = assay("run", "--dir", str(tmp_path), "--detach")
    assert done.returncode == 4
    assert "--resume" in done.stderr


def test_init_writes_a_config_that_the_run_accepts(tmp_path: Path) -> None:
    assert assay("init", "--dir", str(tmp_path)).returncode == 0
    assert "group_size = 16" in (tmp_path / "config.toml").read_text()
    assert assay("run", "--dir", str(tmp_path), "--dry-run").returncode == 0


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    assert assay("run", "--dir", str(tmp_path / "new"), "--dry-run").returncode == 0
    assert not (tmp_path / "new").exists()


def test_brackets_in_claims_and_faults_are_shown_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    print_rich(Group("xs[i] :smile:", Table("broken: [red] is no colour here")))
    shown = capsys.readouterr().out
    assert "xs[i] :smile:" in shown
    assert "[red]" in shown
