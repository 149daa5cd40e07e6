"""One certificate in words: what was claimed, what was shown and by whom, what that rests on, and what it leaves open.

The text is for a person who decides whether to rely on an answer, so it leads with what was shown, not with the claim.
Claims and answers may hold text that a policy wrote: control characters are spelled out, so that it cannot repaint the
terminal.
"""

from __future__ import annotations

import json
import shlex
import textwrap
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from assay.verifiers import Claim

from .statement import Certificate
from .store import Store, envelope_path
from .trusted_base import NOT_GUARANTEED

_LONGEST = 4000
_DEPTH = 8
_PRINT_PAYLOAD = (
    "python3 -c \"import base64,json,sys;print(base64.b64decode(json.load(sys.stdin)['payload']).decode())\""
)


@dataclass(frozen=True)
class Explanation:
    """``parents`` is the lineage as indented lines; ``commands`` check the certificate by hand."""

    id: str
    shown: str
    claim: str
    answer: str
    checked_by: tuple[str, ...]
    trusted_base: tuple[str, ...]
    origin: tuple[str, ...]
    parents: tuple[str, ...]
    not_guaranteed: tuple[str, ...]
    commands: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """What ``assay explain --json`` prints."""
        return asdict(self)

    def text(self) -> str:
        """For a terminal; plain text."""
        parts = [
            f"Certificate {self.id}",
            f"\nWhat was shown\n  {self.shown}",
            f"\nThe claim\n{textwrap.indent(self.claim, '  ')}",
            f"\nThe answer\n{textwrap.indent(self.answer, '  | ', lambda line: True)}",
            _section("Checked by", self.checked_by),
            _section("What this rests on", self.trusted_base),
            _section("Where it comes from", self.origin),
            _section("Builds on", self.parents or ("no other certificate",)),
            _section("What this does not guarantee", self.not_guaranteed),
            "\nTo check it by hand\n" + "\n".join(f"  $ {command}" for command in self.commands),
        ]
        return "\n".join(parts) + "\n"


def explain(store: Store, certificate_id: str) -> Explanation:
    """Raises KeyError if there is no such certificate, CorruptError or UntrustedError if it cannot be vouched for."""
    certificate = store.get(certificate_id)
    predicate, where = certificate.predicate, store.folder
    answer = store.answer(certificate)
    verdict, problem = predicate["verdict"], predicate["problem"]
    checked = [f"verifier {certificate.verifier} {certificate.verifier_version}: {verdict['reason']}"]
    checked += [f"{name} {pin}" for name, pin in sorted(verdict["tools"].items())]
    checked += [f"used {name} {count}" for name, count in sorted(verdict["used"].items())]
    checked += [f"validator {v['validator']} did not veto{_because(v['reason'])}" for v in predicate["validations"]]
    origin = [
        f"problem {problem['skill']}/{problem['level']} of family {problem['family']}, seed {problem['seed']}",
        f"attempt {certificate.attempt} of run {certificate.run}",
        f"policy checkpoint {certificate.policy}" if certificate.policy else "no model answered: the answer was given",
        f"sandbox image {predicate['image']}",
    ]
    return Explanation(
        id=certificate_id,
        shown=f"{certificate.status} ({certificate.strength}). {predicate['shown']}",
        claim=_plain(claim_in_words(certificate.claim)),
        answer=_plain(answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)),
        checked_by=tuple(map(_plain, checked)),
        trusted_base=tuple(map(_plain, predicate["trusted_base"])),
        origin=tuple(map(_plain, origin)),
        parents=tuple(_ancestry(store, certificate, 0)),
        not_guaranteed=NOT_GUARANTEED,
        commands=(
            f"python3 {shlex.quote(str(where / 'verify.py'))}",
            f"assay audit {certificate_id} --store {shlex.quote(str(where))} --level rerun",
            f"{_PRINT_PAYLOAD} < {shlex.quote(str(where / envelope_path(certificate_id)))}",
        ),
    )


def claim_in_words(claim: Claim) -> str:
    """The claim as a sentence for the kinds of the core, as JSON for all others."""
    body = claim.body
    match claim.kind:
        case "lean/theorem/v1":
            return _lean(body)
        case "smt/model/v1":
            return f"Under the answer's values, every assertion of this SMT-LIB script holds:\n{body.get('smtlib')}"
        case "smt/unsat/v1":
            return f"No values whatever satisfy every assertion of this SMT-LIB script:\n{body.get('smtlib')}"
        case "python/function/v1":
            return _python(body)
    return f"A claim of kind {claim.kind}:\n{json.dumps(dict(body), indent=2, ensure_ascii=False, sort_keys=True)}"


def _lean(body: Mapping[str, Any]) -> str:
    axioms = ", ".join(map(str, body.get("allowed_axioms") or [])) or "none"
    words = f"This Lean theorem has a proof:\n{body.get('statement')}\nAxioms that the proof may use: {axioms}."
    preamble = body.get("preamble")
    return words + (f"\nIt is stated after these trusted definitions:\n{preamble}" if preamble else "")


def _python(body: Mapping[str, Any]) -> str:
    lines = [f"The answer defines {body.get('signature')}"]
    if body.get("requires"):
        lines.append(f"such that for all arguments with {body['requires']}")
    if body.get("ensures"):
        lines.append(f"the result satisfies {body['ensures']}")
    lines += [f"example: {json.dumps(e, ensure_ascii=False)}" for e in body.get("examples") or []]
    return "\n".join(lines)


def _ancestry(store: Store, certificate: Certificate, depth: int) -> list[str]:
    lines: list[str] = []
    for parent in certificate.parents:
        found = store.get(parent)
        lines.append(f"{'  ' * depth}{parent} {found.status} ({found.strength}), {found.claim.kind}")
        lines += _ancestry(store, found, depth + 1) if depth < _DEPTH else [f"{'  ' * (depth + 1)}..."]
    return lines


def _section(title: str, lines: tuple[str, ...]) -> str:
    return f"\n{title}\n" + "\n".join(f"  - {line}" for line in lines)


def _because(reason: str) -> str:
    return f": {reason}" if reason else ""


def _plain(text: str) -> str:
    """Printable text and line breaks; everything else by its code, and no more than fits a screen or two."""
    cut = text if len(text) <= _LONGEST else text[:_LONGEST] + f"\n... ({len(text) - _LONGEST} characters more)"
    return "".join(c if c == "\n" or c.isprintable() else c.encode("unicode_escape").decode() for c in cut)
