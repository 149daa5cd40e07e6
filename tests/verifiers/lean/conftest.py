"""Lean for tests: the embedded runtime, a compiler for trusted text on the host, one warm judge."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assay.verifiers.lean.judge_process import JudgeProcess, JudgeWord
from assay.verifiers.lean.runtime import LeanRuntime, embedded
from assay.verifiers.lean.submission import Submission, reference_file, source_file

STANDARD = ("Classical.choice", "Quot.sound", "propext")


@dataclass(frozen=True)
class Bare:
    """What the bare ``lean`` says, with none of our defences."""

    code: int
    errors: list[str]
    olean: bytes


@pytest.fixture(scope="session")
def lean() -> LeanRuntime:
    return embedded()


@pytest.fixture(scope="session")
def bare(lean: LeanRuntime, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Bare]:
    """Compile text (ours) on the host."""

    def compile_text(text: str) -> Bare:
        folder: Path = tmp_path_factory.mktemp("lean")
        (folder / "Sub.lean").write_text(text, encoding="utf-8")
        argv = lean.host_argv("--json", "--threads=1", "-R", ".", "-o", "Sub.olean", "Sub.lean")
        done = subprocess.run(argv, cwd=folder, capture_output=True, timeout=120, check=False)
        messages = [json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{")]
        olean = folder / "Sub.olean"
        return Bare(
            done.returncode,
            [message["data"] for message in messages if message["severity"] == "error"],
            olean.read_bytes() if olean.exists() else b"",
        )

    return compile_text


@pytest.fixture(scope="session")
def judge(lean: LeanRuntime) -> Iterator[JudgeProcess]:
    process = JudgeProcess(lean)
    yield process
    process.close()


Judged = Callable[..., tuple[Bare, JudgeWord]]


@pytest.fixture(scope="session")
def judged(bare: Callable[[str], Bare], judge: JudgeProcess) -> Judged:
    """Compile an answer past the admission by words, and ask the judge: (what bare Lean says, what the judge says)."""
    references: dict[tuple[str, str], bytes] = {}

    def run(statement: str, proof: str, *, lemmas: str = "", preamble: str = "", axioms: tuple[str, ...] = STANDARD):  # type: ignore[no-untyped-def]
        key = (preamble, statement)
        if key not in references:
            built = bare(reference_file(preamble, statement).text)
            assert built.code == 0, built.errors
            references[key] = built.olean
        answer = bare(source_file(preamble, statement, Submission(proof, lemmas)).text)
        assert answer.olean, answer.errors
        name = statement.split()[1]
        return answer, judge.judge(answer.olean, references[key], name, axioms, 20.0)

    return run
