"""What text a submission may consist of, and how it becomes the file that is compiled.

The first of two walls: it keeps the elaborator from running a submitter's programs and refuses early what the judge
would refuse late. Soundness does not rest on it (``judge`` decides), which is why it may be simple: it looks at words,
not at grammar. Whatever is not known to be harmless is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..claim import Answer
from .judge.names import dotted, show
from .judge.reserved import is_reserved
from .judge.statement import HOLE
from .text import TextError, Token, tokenize
from .words import ALLOWED, DECLARATIONS, DERIVABLE, HOLES, MEANING, MODIFIERS, NEVER, REACHING_ATTRIBUTES, USELESS

MAX_BYTES = 1 << 16
PARTS = ("lemmas", "proof")

_FORBIDDEN = HOLES | MEANING | USELESS | NEVER | DECLARATIONS | MODIFIERS
_OPTIONS = frozenset(["maxRecDepth"])
_MAX_REC_DEPTH = 10_000
_ATTRIBUTES = frozenset(["simp"])
_COMMENTS_AND_STRINGS = re.compile(r'/-.*?(?:-/|\Z)|--[^\n]*|"(?:\\.|[^"\\])*+(?:"|\\?\Z)', re.DOTALL)
_WORDS = re.compile(r"[A-Za-z_][\w.']*")
_QUOTED_NAMES = re.compile("«([^«»]*)»")


@dataclass(frozen=True)
class Submission:
    """An answer in its two parts. ``lemmas`` are declarations placed before the theorem."""

    proof: str
    lemmas: str = ""


class Refused(Exception):
    """The answer is not admitted. ``status`` says whether it merely fails or tries to get round the rules."""

    def __init__(self, status: Literal["refuted", "cheat"], reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


def parse_answer(answer: Answer) -> Submission:
    """The text after ``:=``, or an object with "proof" and, optionally, "lemmas"."""
    if isinstance(answer, str):
        answer = {"proof": answer}
    if not isinstance(answer, dict) or "proof" not in answer or not set(answer) <= set(PARTS):
        raise Refused("refuted", 'the answer is neither text nor an object {"lemmas": ..., "proof": ...}')
    proof, lemmas = answer["proof"], answer.get("lemmas", "")
    if not isinstance(proof, str) or not isinstance(lemmas, str):
        raise Refused("refuted", "the answer's parts are not text")
    if len(proof.encode()) + len(lemmas.encode()) > MAX_BYTES:
        raise Refused("refuted", f"the answer is longer than {MAX_BYTES} bytes")
    if not proof.strip():
        raise Refused("refuted", "the proof is empty")
    return Submission(proof.strip(), lemmas.strip("\n"))


def admit(submission: Submission) -> None:
    """Raise Refused unless both parts consist of admitted words only."""
    for part in PARTS:
        text = getattr(submission, part)
        try:
            tokens = tokenize(text)
        except TextError as error:
            raise Refused(_status_of_unreadable(text), f"{part}, {error}") from None
        _Scan(part, tokens).run()


class _Scan:
    """One pass over the tokens of one part."""

    def __init__(self, part: str, tokens: list[Token]) -> None:
        self.part, self.tokens, self.at = part, tokens, 0

    def run(self) -> None:
        if self.part == "lemmas" and self.tokens:
            self._refuse_other_start(self.tokens[0])
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind == "word":
                self._word(token)
            elif token.text == "@" and self._is(1, "["):
                self._attributes()
            elif token.text == "+" and self._is(1, "native"):
                raise self._refused("cheat", token, "native evaluation is not a proof")
            self.at += 1

    def _is(self, offset: int, *texts: str) -> bool:
        place = self.at + offset
        return place < len(self.tokens) and self.tokens[place].text in texts

    def _refused(self, status: Literal["refuted", "cheat"], token: Token, why: str) -> Refused:
        return Refused(status, f"{self.part}, line {token.line}, column {token.column}: {why}")

    def _refuse_other_start(self, token: Token) -> None:
        if token.text not in _FORBIDDEN | {"@"}:  # forbidden words are refused for what they are
            allowed = ", ".join(sorted(DECLARATIONS))
            raise self._refused("refuted", token, f"lemmas begin with one of {allowed}, not with {token.text!r}")

    def _word(self, token: Token) -> None:
        text = self._with_percent(token)
        if text == "set_option":
            self._option(token)
        elif text == "deriving" and self.part == "lemmas":
            self._deriving(token)
        elif text in DECLARATIONS and self.part == "lemmas":
            self._declaration()
        elif text not in (ALLOWED | DECLARATIONS | MODIFIERS if self.part == "lemmas" else ALLOWED):
            if text in _FORBIDDEN:
                raise self._refused(_status(text), token, f"{text!r} is not allowed here")
            for component in text.split("."):
                if component in NEVER | HOLES:
                    raise self._refused(_status(component), token, f"the name {component!r} is not allowed")

    def _declaration(self) -> None:
        """The declared name may not be one that kernels give a meaning (that it is new, Lean and the judge see to)."""
        if self.at + 1 < len(self.tokens):
            declared = self.tokens[self.at + 1]
            if is_reserved(dotted(declared.text.removeprefix("_root_."))):
                raise self._refused("cheat", declared, f"{declared.text!r} is a name that the kernel gives a meaning")

    def _with_percent(self, token: Token) -> str:
        """Some of Lean's keywords end in a percent sign; names do not."""
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        if following is not None and following.glued and following.text == "%":
            keyword = token.text + "%"
            if keyword in _FORBIDDEN:
                return keyword
        return token.text

    def _attributes(self) -> None:
        """``@[simp]`` and ``@[local simp]``, nothing else. Leaves ``at`` on the closing bracket."""
        opening = self.tokens[self.at]
        self.at += 2
        while not self._is(0, "]"):
            token = self.tokens[self.at]
            if token.text in REACHING_ATTRIBUTES | NEVER:
                raise self._refused("cheat", token, f"the attribute {token.text!r} is not allowed")
            if token.text not in _ATTRIBUTES | {"local", ","}:
                raise self._refused("refuted", token, f"the attribute {token.text!r} is not allowed, only simp is")
            self.at += 1
        if self.part != "lemmas":
            raise self._refused("refuted", opening, "an attribute inside a proof")

    def _option(self, token: Token) -> None:
        """``set_option maxRecDepth N in``, nothing else."""
        option = self.tokens[self.at + 1].text if self.at + 1 < len(self.tokens) else ""
        if option.split(".")[0] in ("debug", "compiler", "trust", "bootstrap", "interpreter"):
            raise self._refused("cheat", token, f"the option {option!r} switches checks off")
        value = self.tokens[self.at + 2].text if self.at + 2 < len(self.tokens) else ""
        if option not in _OPTIONS or not value.isdigit() or int(value) > _MAX_REC_DEPTH or not self._is(3, "in"):
            raise self._refused(
                "refuted", token, f"the only option is `set_option maxRecDepth N in` with N up to {_MAX_REC_DEPTH}"
            )
        self.at += 3

    def _deriving(self, token: Token) -> None:
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        if following is None or following.text not in DERIVABLE:
            raise self._refused("refuted", token, f"only {', '.join(sorted(DERIVABLE))} may be derived")


def _status_of_unreadable(text: str) -> Literal["refuted", "cheat"]:
    """A trick that comes with a quotation or a spoofed name is no less a trick for that it cannot be read whole."""
    bare = _COMMENTS_AND_STRINGS.sub(" ", text)
    words = {part for word in _WORDS.findall(bare) for part in (word, *word.split("."))}
    prints_as_another = any("\n" in name or "." in name for name in _QUOTED_NAMES.findall(bare))
    return "cheat" if words & (MEANING | NEVER) or prints_as_another else "refuted"


def _status(word: str) -> Literal["refuted", "cheat"]:
    return "cheat" if word in MEANING | NEVER else "refuted"


@dataclass(frozen=True)
class SourceFile:
    """The text that is compiled. ``starts``: the line (from 1) where each part begins and the part's name, in order."""

    text: str
    starts: tuple[tuple[int, str], ...]

    def place(self, line: int, column: int) -> str:
        """Where a position of the file (line from 1, column from 0, as Lean counts) lies in what was handed in."""
        start, part = max((each for each in self.starts if each[0] <= line), default=(1, "file"))
        return f"{part}, line {line - start + 1}, column {column + 1}"


def source_file(preamble: str, statement: str, submission: Submission) -> SourceFile:
    """Preamble, lemmas, and the statement with the proof after ``:=``."""
    # `:=` on a line of its own, where no comment can swallow it; the proof from column 0, so that its own indentation
    # stays what it is.
    parts = {
        "preamble": preamble,
        "lemmas": submission.lemmas,
        "statement": f"{statement}\n  :=",
        "proof": submission.proof,
    }
    line, text, starts = 1, "", []
    for part, chunk in parts.items():
        if chunk:
            starts.append((line, part))
            text += chunk + "\n"
            line += chunk.count("\n") + 1
    return SourceFile(text, tuple(starts))


def reference_file(preamble: str, statement: str) -> SourceFile:
    """The asker's text alone, with an axiom where the proof goes. (An axiom of our own, not ``sorry``: it must stand
    in no core library that submissions see.)"""
    hole = show(HOLE)
    file = source_file(preamble, statement, Submission(proof=f"{hole} _"))
    axiom = f"axiom {hole}.{{u}} (α : Sort u) : α\n"
    return SourceFile(axiom + file.text, tuple((line + 1, part) for line, part in file.starts))
