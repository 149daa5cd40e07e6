"""Re-running certified verdicts from what the store holds: claim, answer, evidence, each in a fresh box.

A verdict is reproduced only by the same status and the same strength. What could not be decided (a missing verifier, a
dead box, a timeout) is uncheckable: it says nothing about the certificate. Certificates that share claim, answer and
evidence share one run.

What this module does not do: make boxes. The caller passes how to open one, as this package knows nothing of sandboxes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from assay.verifiers import Answer, Claim, Evidence, Verdict

from .blobs import read_blob
from .report import Finding
from .statement import Certificate

Recheck = Callable[[str, Claim, Answer, Evidence], Verdict]
"""(verifier's name, claim, answer, evidence) -> verdict, decided anew."""

Progress = Callable[[str, int, int], None]
"""Told (phase, done, total) as an audit goes on."""


def recheck_in(open_box: Callable[[Any], AbstractContextManager[Any]]) -> Recheck:
    """A ``Recheck`` that asks the registered verifier, in a box of its own: ``recheck_in(Sandbox.create)``."""

    def recheck(name: str, claim: Claim, answer: Answer, evidence: Evidence) -> Verdict:
        from assay.verifiers.registry import verifier_named

        verifier = verifier_named(name)
        with open_box(verifier.box) as box:
            return verifier.recheck(claim, answer, evidence, box)

    return recheck


def rerun(
    folder: Path, certificates: Sequence[Certificate], recheck: Recheck, workers: int, progress: Progress
) -> list[Finding]:
    """Findings of kinds uncheckable and disagree."""
    same: dict[str, list[Certificate]] = defaultdict(list)
    for certificate in certificates:
        same[_key(certificate)].append(certificate)
    found: list[Finding] = []
    with ThreadPoolExecutor(max(1, workers)) as pool:
        runs = {pool.submit(_compare, folder, group[0], recheck): group for group in same.values()}
        for done, run in enumerate(as_completed(runs), 1):
            problem = run.result()
            if problem is not None:
                found.extend(Finding(c.id, problem.problem, problem.kind) for c in runs[run])
            progress("rerun", done, len(runs))
    return found


def _key(certificate: Certificate) -> str:
    predicate = certificate.predicate
    verdict = predicate["verdict"]
    parts = [predicate["claim"]["sha256"], certificate.answer_digest, certificate.evidence_digests]
    return json.dumps([*parts, verdict["status"], verdict["strength"], verdict["verifier"]], sort_keys=True)


def _compare(folder: Path, certificate: Certificate, recheck: Recheck) -> Finding | None:
    try:
        answer = json.loads(read_blob(folder, certificate.answer_digest))
        evidence = {name: read_blob(folder, digest) for name, digest in certificate.evidence_digests.items()}
        verdict = recheck(certificate.verifier, certificate.claim, answer, evidence)
        if verdict.status == "error":  # most likely the machine's fault: once more, in a fresh box
            verdict = recheck(certificate.verifier, certificate.claim, answer, evidence)
    except Exception as error:  # noqa: BLE001 - third-party verifiers raise what they like; it is reported, not accepted
        return Finding(certificate.id, f"the rerun broke off: {type(error).__name__}: {error}", "uncheckable")
    if verdict.status in ("unknown", "timeout", "error"):
        return Finding(certificate.id, f"the rerun ended in {verdict.status}: {verdict.reason}", "uncheckable")
    if (verdict.status, verdict.strength) != (certificate.status, certificate.strength):
        certified = f"certified {certificate.status} ({certificate.strength})"
        again = verdict.status + (f" ({verdict.strength})" if verdict.strength else "")
        return Finding(certificate.id, f"{certified}, the rerun says {again}: {verdict.reason}", "disagree")
    return None
