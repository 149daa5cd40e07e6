"""A tokenizer for Lean text, strict where a looser one and Lean's own could differ.

It exists so that ``submission`` can see every word of an answer as Lean will see it: nothing may hide in a comment or a
string that Lean reads otherwise. Lexical forms whose reading depends on context (character literals, raw and
interpolated strings, ``«quoted names»``, quotations) are refused, not guessed at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["word", "number", "string", "symbol"]

# Letters of other scripts that Lean takes in names, and mathematical symbols of terms. λ Π Σ are symbols to Lean.
GREEK = frozenset("αβγδεζηθικμνξοπρστυφχψωΓΔΘΞΦΨΩ")
SUBSCRIPTS = frozenset("₀₁₂₃₄₅₆₇₈₉ₐₑₒₓₕₖₗₘₙₚₛₜᵢᵣᵤᵥⱼ")
SYMBOLS = frozenset("λ∀∃→←↔↦∧∨¬≠≤≥×∘⟨⟩·•▸∣∈∉⊆∪∩∅⊢⁻¹⦃⦄‹›≈≃≡↑⊂⊃⊕ΣΠ") | frozenset("()[]{},;:.|<>=+-*/^&!?@%~$")

_OPENING = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⦃": "⦄"}
_CLOSING = frozenset(_OPENING.values())


class TextError(ValueError):
    """The text cannot be read with certainty. ``line`` and ``column`` count from 1."""

    def __init__(self, problem: str, line: int, column: int) -> None:
        super().__init__(f"line {line}, column {column}: {problem}")
        self.problem, self.line, self.column = problem, line, column


@dataclass(frozen=True)
class Token:
    """``glued``: no white space or comment stands before it. ``depth`` counts the brackets open around it."""

    kind: Kind
    text: str
    line: int
    column: int
    glued: bool
    depth: int


def is_name_start(char: str) -> bool:
    return (char.isascii() and (char.isalpha() or char == "_")) or char in GREEK


def is_name_rest(char: str) -> bool:
    return is_name_start(char) or (char.isascii() and char.isdigit()) or char in "'!?" or char in SUBSCRIPTS


def tokenize(text: str) -> list[Token]:
    """All tokens; symbols come one character at a time. Raises TextError for text that is not closed (comments,
    strings, brackets) or not certain."""
    return _Tokenizer(text).run()


class _Tokenizer:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.line, self.line_start = 1, 0
        self.tokens: list[Token] = []
        self.open: list[Token] = []
        self.glued = False

    def run(self) -> list[Token]:
        while self.at < len(self.text):
            char = self.text[self.at]
            if char in " \n":
                self._advance(1)
                self.glued = False
            elif self._follows("--") or self._follows("/-"):
                self._comment()
            elif is_name_start(char):
                self._take("word", self._word_length())
            elif char.isascii() and char.isdigit():
                self._take("number", self._run_length(lambda c: c.isascii() and c.isdigit()))
            elif char == '"':
                self._string()
            elif char in SYMBOLS:
                self._symbol(char)
            else:
                raise self._error(f"the character {char!r} is not allowed here")
        if self.open:
            opening = self.open[-1]
            raise TextError(f"this {opening.text!r} is never closed", opening.line, opening.column)
        return self.tokens

    def _error(self, problem: str) -> TextError:
        return TextError(problem, self.line, self.at - self.line_start + 1)

    def _follows(self, prefix: str) -> bool:
        return self.text.startswith(prefix, self.at)

    def _advance(self, count: int) -> None:
        for _ in range(count):
            if self.text[self.at] == "\n":
                self.line, self.line_start = self.line + 1, self.at + 1
            self.at += 1

    def _take(self, kind: Kind, length: int) -> None:
        text = self.text[self.at : self.at + length]
        column = self.at - self.line_start + 1
        self.tokens.append(Token(kind, text, self.line, column, self.glued, len(self.open)))
        self._advance(length)
        self.glued = True

    def _run_length(self, belongs: object) -> int:
        assert callable(belongs)
        end = self.at
        while end < len(self.text) and belongs(self.text[end]):
            end += 1
        return end - self.at

    def _word_length(self) -> int:
        """Dotted names are one word, as for Lean: ``Nat.add_comm``."""
        end = self.at
        while True:
            while end < len(self.text) and is_name_rest(self.text[end]):
                end += 1
            dotted = self.text[end : end + 1] == "." and end + 1 < len(self.text)
            if not dotted or not is_name_start(self.text[end + 1]):
                return end - self.at
            end += 1

    def _symbol(self, char: str) -> None:
        if char in _CLOSING:
            if not self.open or _OPENING[self.open[-1].text] != char:
                raise self._error(f"this {char!r} closes nothing")
            self.open.pop()
        self._take("symbol", 1)
        if char in _OPENING:
            self.open.append(self.tokens[-1])

    def _string(self) -> None:
        if self.glued and self.tokens[-1].kind == "word":
            raise self._error("interpolated and raw strings are not allowed")
        end = self.at + 1
        while end < len(self.text) and self.text[end] != '"':
            end += 2 if self.text[end] == "\\" else 1
        if end >= len(self.text):
            raise self._error("this string is never closed")
        self._take("string", end + 1 - self.at)

    def _comment(self) -> None:
        # "<--" and "//-" begin with a longer token for Lean than for us; "/--/" has changed its meaning over time.
        if (self.glued and self.tokens[-1].kind == "symbol" and self.tokens[-1].text in "<>=/-|") or self._follows(
            "/--/"
        ):
            raise self._error("put a space before this comment")
        if self._follows("--"):
            self._advance(self._run_length(lambda c: c != "\n"))
        else:
            self._block_comment()
        self.glued = False

    def _block_comment(self) -> None:
        opened = self._error("this comment is never closed")
        depth = 0
        while True:
            if self.at >= len(self.text):
                raise opened
            if self._follows("/-"):
                depth += 1
                self._advance(2)
            elif self._follows("-/"):
                depth -= 1
                self._advance(2)
                if depth == 0:
                    return
            else:
                self._advance(1)
