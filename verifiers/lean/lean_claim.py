"""The claim kind ``lean/theorem/v1``: a trusted statement, and what its text must look like.

The asker is trusted, but a statement that smuggles (proves itself, opens a second declaration, ends in a comment that
swallows the proof) would make verdicts about it meaningless, so it is refused with the mend.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..claim import Claim
from ..errors import ClaimError
from .judge.axioms import STANDARD_AXIOMS
from .judge.names import show
from .text import TextError, Token, tokenize
from .words import DECLARATIONS, HOLES, MEANING, MODIFIERS, NEVER, USELESS

KIND = "lean/theorem/v1"
_FIELDS = frozenset(["kind", "statement", "preamble", "allowed_axioms"])
_AXIOMS = frozenset(show(axiom) for axiom in STANDARD_AXIOMS)
_EXAMPLE = '"theorem t (a b : Nat) : a + b = b + a"'


@dataclass(frozen=True)
class LeanClaim:
    """``name`` is the theorem's, dotted. ``preamble`` holds definitions that the statement needs."""

    name: str
    statement: str
    preamble: str
    allowed_axioms: tuple[str, ...]


def parse_claim(claim: Claim) -> LeanClaim:
    """Raises ClaimError with field and mend. Says nothing about whether Lean understands the text."""
    body = claim.body
    for field in body:
        if field not in _FIELDS:
            raise ClaimError(f"claim.{field}", "is unknown", f"use only {', '.join(sorted(_FIELDS))}")
    statement = _text(body.get("statement"), "claim.statement", f"give for example {_EXAMPLE}")
    preamble = _text(body.get("preamble", ""), "claim.preamble", 'give Lean definitions as text, or ""')
    axioms = body.get("allowed_axioms", sorted(_AXIOMS))
    if not isinstance(axioms, list) or not all(isinstance(axiom, str) for axiom in axioms):
        raise ClaimError("claim.allowed_axioms", "is not a list of names", f"use any of {', '.join(sorted(_AXIOMS))}")
    if not set(axioms) <= _AXIOMS:
        extra = ", ".join(sorted(set(axioms) - _AXIOMS))
        raise ClaimError("claim.allowed_axioms", f"allows {extra}", f"use any of {', '.join(sorted(_AXIOMS))}")
    _tokens(preamble, "claim.preamble")
    name = _check_statement(_tokens(statement, "claim.statement"))
    return LeanClaim(name, statement.strip(), preamble.strip("\n"), tuple(sorted(axioms)))


def _text(value: object, field: str, mend: str) -> str:
    if not isinstance(value, str):
        raise ClaimError(field, "is missing or not text", mend)
    return value


def _tokens(text: str, field: str) -> list[Token]:
    try:
        return tokenize(text)
    except TextError as error:
        raise ClaimError(field, str(error), "rewrite that place") from None


def _check_statement(tokens: list[Token]) -> str:
    """The theorem's name."""
    if len(tokens) < 2 or tokens[0].text != "theorem" or tokens[1].kind != "word" or not tokens[1].text.isascii():
        raise ClaimError("claim.statement", "does not begin with `theorem NAME`", f"give for example {_EXAMPLE}")
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if following and token.text == ":" and following.text == "=" and following.glued and not token.depth:
            raise ClaimError(
                "claim.statement", "has a `:=` of its own", "leave the proof out, and put `let` into parentheses"
            )
    for token in tokens[1:]:
        if token.kind == "word" and token.text in DECLARATIONS | MODIFIERS | HOLES | MEANING | NEVER | USELESS:
            raise ClaimError(
                "claim.statement", f"uses {token.text!r}", "state one theorem; definitions belong into the preamble"
            )
    return tokens[1].text
