"""``assay verify FILE``: judge one answer to one claim in a fresh box, without a run directory."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from .common import json_option, print_json, printable

EXIT_CODES = {"proved": 0, "passed": 0, "refuted": 1, "cheat": 2, "unknown": 3, "timeout": 3, "error": 4}
MAX_FILE_BYTES = 16 << 20
COLOURS = {0: "green", 1: "red", 2: "magenta", 3: "yellow", 4: "red"}


@click.command("verify")
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--with", "verifier", metavar="NAME", help="The verifier to ask, instead of the kind's own.")
@click.option("--seconds", type=click.FloatRange(min=0.1), default=10.0, show_default=True, help="Wall-clock budget.")
@json_option
def command(files: tuple[Path, ...], verifier: str | None, seconds: float, as_json: bool) -> None:
    """Judge FILES, each {"claim": {...}, "answer": ...}.

    Exit status: 0 proved or passed, 1 refuted, 2 cheat, 3 unknown or timeout, 4 error. With several files, each is
    judged, the highest status is the exit status, and --json prints a list.
    """
    results = []
    for path in files:
        results.append(_verify(path, verifier, seconds))
        if not as_json:
            _show(path, results[-1])
    if as_json:
        listed = [{"file": str(path), **result} for path, result in zip(files, results, strict=True)]
        print_json(results[0] if len(files) == 1 else listed)
    sys.exit(max(EXIT_CODES[result["status"]] for result in results))


def _verify(path: Path, name: str | None, seconds: float) -> dict[str, Any]:
    from assay.sandbox import Sandbox, SandboxError
    from assay.verifiers import (
        Budget,
        Claim,
        ClaimError,
        NoVerifierError,
        PrerequisiteError,
        canonical_json,
        distinct_keys,
    )
    from assay.verifiers.judge import judge
    from assay.verifiers.registry import verifier_for, verifier_named

    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
        if len(data) > MAX_FILE_BYTES:
            return _error(f"{path} is longer than {MAX_FILE_BYTES} bytes: give one claim and one answer")
        task = json.loads(data.decode(), object_pairs_hook=distinct_keys)
    except OSError as error:
        return _error(f"{path} cannot be read ({error.strerror}): give the path of a JSON file")
    except (ValueError, RecursionError) as error:
        return _error(f'{path} is not JSON ({error}): write {{"claim": {{...}}, "answer": ...}}')
    if not isinstance(task, dict) or set(task) != {"claim", "answer"}:
        return _error(f'{path}: give exactly two fields, {{"claim": {{...}}, "answer": ...}}')
    try:
        claim = Claim.from_json(task["claim"])
        canonical_json(task["answer"])
        chosen = verifier_named(name) if name else verifier_for(claim.kind)
        chosen.check_claim(claim)
        with Sandbox.create(chosen.box) as box:
            judgement = judge(claim, task["answer"], Budget(seconds=seconds), box, verifier=chosen)
    except (ClaimError, NoVerifierError, PrerequisiteError, SandboxError) as error:
        return _error(str(error))
    shown = judgement.final.to_json()
    return {key: shown[key] for key in ("status", "strength", "verifier", "reason", "evidence", "seconds")}


def _error(reason: str) -> dict[str, Any]:
    return {"status": "error", "strength": None, "verifier": None, "reason": reason, "evidence": {}, "seconds": 0.0}


def _show(path: Path, result: dict[str, Any]) -> None:
    code = EXIT_CODES[result["status"]]
    label = result["status"] + (f" ({result['strength']})" if result["strength"] else "")
    click.echo(f"{click.style(f'{label:<26}', fg=COLOURS[code], bold=True)} {path}  {result['seconds'] * 1000:.0f} ms")
    click.echo(f"  {printable(result['reason'])}")
