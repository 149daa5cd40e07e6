"""Reader of s-expressions for the small part of SMT-LIB 2.6 that claims may use.

Strict on purpose: what this reader lets through is also read by z3 and cvc5, and the three must never see different
text. So everything where tokenisers are known to differ (control characters, non-ASCII text, strings, escapes, bare
carriage returns, leading zeros, keywords) is refused rather than interpreted. No recursion: depth is counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..errors import ClaimError

MAX_CHARS = 64_000
MAX_DEPTH = 100
MAX_DIGITS = 1_000


@dataclass(frozen=True, slots=True)
class Atom:
    """One token. ``text`` of a quoted symbol is without its bars; ``quoted`` remembers that it had them."""

    kind: Literal["symbol", "numeral", "decimal"]
    text: str
    quoted: bool = False


Node = Atom | tuple["Node", ...]

_TOKEN = re.compile(
    r"""(?P<space>[ \t\n]+ | ;[^\n]*)
      | (?P<open>\() | (?P<close>\))
      | (?P<decimal>(?:0|[1-9][0-9]*)\.[0-9]+)
      | (?P<numeral>0|[1-9][0-9]*)
      | (?P<symbol>[A-Za-z~!@$%^&*_\-+=<>.?/][A-Za-z0-9~!@$%^&*_\-+=<>.?/]*)
      | \|(?P<quoted>[^|\\\n\t]*)\|""",
    re.VERBOSE,
)
_OUTSIDE = re.compile(r"[^\n\t\x20-\x7e]")


def read(text: str, field: str = "claim.smtlib") -> tuple[Node, ...]:
    """All top-level expressions of ``text``. Raises ClaimError naming ``field``, the place and the mend."""
    if len(text) > MAX_CHARS:
        raise ClaimError(field, f"has {len(text)} characters", f"keep it under {MAX_CHARS}")
    if outside := _OUTSIDE.search(text):
        raise ClaimError(
            field, f"holds {outside.group()!r} {_place(text, outside.start())}", "use printable ASCII, \\n"
        )
    stack: list[list[Node]] = [[]]
    position = 0
    after_atom = False
    while position < len(text):
        match = _TOKEN.match(text, position)
        kind = match.lastgroup if match else None
        if match is None or kind is None or (after_atom and kind not in ("space", "open", "close")):
            raise ClaimError(
                field,
                f"has {text[position : position + 12]!r} {_place(text, position)}, which is no token of the subset",
                "use parentheses, symbols, |quoted symbols|, numerals and decimals only",
            )
        position = match.end()
        after_atom = kind not in ("space", "open", "close")
        if kind == "open":
            if len(stack) > MAX_DEPTH:
                raise ClaimError(field, f"is nested deeper than {MAX_DEPTH}", "name parts with define-fun")
            stack.append([])
        elif kind == "close":
            if len(stack) == 1:
                raise ClaimError(field, f"closes a parenthesis too many {_place(text, match.start())}", "balance them")
            done = tuple(stack.pop())
            stack[-1].append(done)
        elif kind != "space":
            stack[-1].append(_atom(kind, match.group(kind), field))
    if len(stack) != 1:
        raise ClaimError(field, f"leaves {len(stack) - 1} parentheses open", "balance them")
    return tuple(stack[0])


def _atom(kind: str, text: str, field: str) -> Atom:
    if kind == "quoted":
        return Atom("symbol", text, quoted=True)
    if kind == "symbol":
        return Atom("symbol", text)
    if len(text) > MAX_DIGITS:
        raise ClaimError(field, f"has a number of {len(text)} digits", f"keep numbers under {MAX_DIGITS} digits")
    return Atom("decimal" if kind == "decimal" else "numeral", text)


def _place(text: str, position: int) -> str:
    line = text.count("\n", 0, position) + 1
    return f"at line {line}, column {position - text.rfind(chr(10), 0, position)}"
