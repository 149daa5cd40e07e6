"""The documents say what is: their examples are run, and every command is mentioned."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assay.daemon.cli import COMMANDS
from assay.sandbox import Sandbox
from assay.verifiers import Budget, Claim, ClaimError
from assay.verifiers.judge import judge

ROOT = Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(path: Path, language: str) -> list[str]:
    return [text for found, text in FENCE.findall(path.read_text()) if found == language]


CLAIMS = [json.loads(text) for text in blocks(ROOT / "docs" / "claims.md", "json")]


@pytest.mark.parametrize("task", CLAIMS, ids=lambda task: task["claim"]["kind"])
def test_each_claim_of_the_guide_is_accepted_with_its_answer(task: dict[str, Any]) -> None:
    from assay.verifiers.registry import verifier_for

    claim = Claim.from_json(task["claim"])
    with Sandbox.create(verifier_for(claim.kind).box) as box:
        judgement = judge(claim, task["answer"], Budget(), box)
    assert judgement.accepted, judgement.final


def test_the_guide_shows_every_kind_of_the_core() -> None:
    kinds = {task["claim"]["kind"] for task in CLAIMS}
    assert kinds == {"smt/model/v1", "smt/unsat/v1", "python/function/v1", "lean/theorem/v1"}


def test_the_verifier_of_the_plugin_guide_works() -> None:
    namespace: dict[str, Any] = {}
    exec(blocks(ROOT / "docs" / "plugins.md", "python")[0], namespace)
    verifier = namespace["ParityVerifier"]()
    even = Claim.from_json({"kind": "parity/v1", "even": True})
    with Sandbox.create(verifier.box) as box:
        verdicts = [judge(even, answer, Budget(), box, verifier=verifier).final.status for answer in (4, 3, "4", True)]
    assert verdicts == ["proved", "refuted", "refuted", "refuted"]
    with pytest.raises(ClaimError, match="even"):
        verifier.check_claim(Claim.from_json({"kind": "parity/v1"}))


def test_the_readme_mentions_every_command() -> None:
    readme = (ROOT / "README.md").read_text()
    assert [name for name in COMMANDS if f"assay {name}" not in readme] == []


def test_links_between_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text()):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
