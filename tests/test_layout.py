"""The repository keeps the shape that the design gives it: imports run one way, and packaging names every package."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "sandbox": set(),
    "verifiers": {"sandbox"},
    "curriculum": {"verifiers", "sandbox"},
    "artifacts": {"verifiers"},
    "learner": {"curriculum", "verifiers", "sandbox", "artifacts"},
    "daemon": {"curriculum", "verifiers", "sandbox", "artifacts", "learner"},
}
HEAVY = ("torch", "trl", "transformers", "z3", "cvc5", "hypothesis", "matplotlib")


def imported_packages(path: Path) -> Iterator[str]:
    """Names of assay's packages that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module] if node.module != "assay" else [f"assay.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        yield from (name.split(".")[1] for name in names if name.startswith("assay."))


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_run_one_way(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        foreign = set(imported_packages(path)) - MAY_IMPORT[package] - {package}
        assert not foreign, f"{path.relative_to(ROOT)} imports {foreign}"


def test_packaging_names_every_package() -> None:
    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
    there = {
        ".".join(["assay", *path.parent.relative_to(ROOT).parts])
        for package in MAY_IMPORT
        for path in (ROOT / package).rglob("__init__.py")
    }
    assert listed == there


def test_every_package_says_that_it_is_typed() -> None:
    for package in MAY_IMPORT:
        assert (ROOT / package / "py.typed").exists()


def test_no_command_but_run_imports_what_trains_or_proves() -> None:
    """Importing every command module must not pull in what makes start-up slow."""
    program = (
        "import sys, json; from importlib import import_module; from assay.daemon.cli import COMMANDS\n"
        "for name, _ in COMMANDS.values(): import_module(f'assay.daemon.cli.{name}')\n"
        f"print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    )
    output = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert json.loads(output) == []


def test_the_package_of_the_learner_is_imported_without_torch() -> None:
    program = "import sys, assay.learner; print('torch' in sys.modules)"
    output = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert output.strip() == "False"
