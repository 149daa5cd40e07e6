"""Writes ``Init/Parsers.lean`` and ``Init/Unexpanders.lean``: official Lean's syntax, named for our core library.

Every parser, macro and pretty-printer rule of Lean's library is compiled into ``libleanshared.so``. A line such as
``@[extern "l_Lean_Parser_Tactic_simp"] opaque Lean.Parser.Tactic.simp : Lean.ParserDescr := ...`` followed by an
attribute makes one of them available. No mathematics comes from here; nothing generated can prove anything.

Run it in a process of its own, because it loads the library:
``python -m assay.verifiers.lean.syntax.generate LIBRARY FOLDER``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .categories import CATEGORIES, category, is_part
from .objects import LiveObjects, NotAnObject
from .symbols import demangle, exported, mangle

_NODE, _TRAILING_NODE, _NODE_WITH_ANTIQUOT = 3, 4, 9
_PLAIN_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_']*")
_NOT_A_CONSTANT = ("closed", "___lam", "initFn", "regBuiltin", "docString", "declRange")
_KEYWORDS = (
    "show", "open", "match", "have", "let", "by", "from", "where", "with", "do", "end", "example", "fun", "if", "then",
    "else", "in", "at", "macro", "syntax", "private", "protected", "instance", "class", "structure", "inductive", "def",
    "theorem", "axiom", "namespace", "section", "universe", "variable", "import", "export", "mutual", "quot", "try",
    "set_option", "calc", "unless", "return", "forall", "exists", "Type", "Prop", "Sort", "infix",
)  # fmt: skip

_MACRO_FILES = (
    "Notation", "Tactics", "Core", "TacticsExtra", "NotationExtra", "BinderPredicates", "ByCases", "Classical",
    "PropLemmas", "Simproc", "Conv", "Meta", "WFTactics", "Ext", "GetElem", "Data_List_Notation", "Data_List_Basic",
    "Data_Bool",
)  # fmt: skip
"""The library files whose macros we take, in import order: of several macros for one syntax the last is tried first."""

UNEXPANDED = (
    "Eq", "HEq", "Ne", "And", "Or", "Not", "Iff", "Exists", "Prod", "Sum", "PSum", "Sigma", "PSigma", "Subtype",
    "HAdd.hAdd", "HSub.hSub", "HMul.hMul", "HDiv.hDiv", "HMod.hMod", "HPow.hPow", "HAppend.hAppend", "Neg.neg", "LE.le",
    "LT.lt", "GE.ge", "GT.gt", "BEq.beq", "bne", "and", "or", "not", "Membership.mem", "List.cons", "List.nil",
    "Function.comp", "Dvd.dvd", "ite", "dite", "cond", "Unit.unit", "Prod.mk", "HAnd.hAnd", "HOr.hOr", "HXor.hXor",
    "HShiftLeft.hShiftLeft", "HShiftRight.hShiftRight", "GetElem.getElem", "EmptyCollection.emptyCollection",
)  # fmt: skip
"""The constants of the core that messages should print with their notation."""


@dataclass(frozen=True)
class Descriptor:
    """A parser descriptor of the runtime: its name, whether it is a trailing parser, its category (None: a part)."""

    name: tuple[str, ...]
    trailing: bool
    category: str | None

    @property
    def lean_type(self) -> str:
        return "TrailingParserDescr" if self.trailing else "ParserDescr"


def quoted(name: tuple[str, ...]) -> str:
    """``name`` as Lean source text."""
    plain = (part if _PLAIN_IDENTIFIER.fullmatch(part) and part not in _KEYWORDS else f"«{part}»" for part in name)
    return ".".join(plain)


def descriptors(symbols: dict[str, bool], objects: LiveObjects) -> Iterator[Descriptor]:
    """The descriptors that our core uses, in symbol order."""
    for symbol, is_code in symbols.items():
        if is_code or not symbol.startswith("l_") or symbol.endswith("_value"):
            continue
        if any(mark in symbol for mark in _NOT_A_CONSTANT):
            continue
        name = demangle(symbol)
        if mangle(name) != symbol:
            continue
        try:
            found = _descriptor(name, objects.at(symbol), objects)
        except NotAnObject:
            continue
        if found is not None:
            yield found


def _descriptor(name: tuple[str, ...], address: int, objects: LiveObjects) -> Descriptor | None:
    tag, fields = objects.shape(address)
    dotted = ".".join(name)
    if tag in (_NODE, _TRAILING_NODE) and fields in (2, 3, 4):
        kind = category(dotted)
        if kind and objects.name(objects.field(address, 0)) == name:
            return Descriptor(name, tag == _TRAILING_NODE, kind)
        return None
    if tag == _NODE_WITH_ANTIQUOT and fields == 3:
        objects.text(objects.field(address, 0))
        objects.name(objects.field(address, 1))
        return Descriptor(name, False, None) if is_part(dotted) else None
    if tag in (1, 2, 10, 11) and fields in (1, 2, 3):
        named = name[:3] == ("Lean", "Parser", "Tactic") or name[-1] in (
            "explicitBinders",
            "unbracketedExplicitBinders",
        )
        return Descriptor(name, False, None) if named and is_part(dotted) else None
    return None


_MACRO = re.compile(r"_aux_Init_(.*?)___macroRules_(.*)_(\d+)")
_UNEXPANDER = re.compile(r"_aux_Init_(.*?)___unexpand_(.*)_(\d+)")


def _auxiliary(symbols: dict[str, bool], pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], tuple[str, ...]]]:
    for symbol in symbols:
        if "___aux__Init" not in symbol or symbol.endswith("___boxed"):
            continue
        if any(mark in symbol for mark in ("lam__", "spec__", "closed", "redArg")):
            continue
        name = demangle(symbol)
        match = pattern.fullmatch(name[-1])
        if match and mangle(name) == symbol:
            yield match, name


def parsers_file(symbols: dict[str, bool], objects: LiveObjects) -> str:
    """The text of ``Init/Parsers.lean``."""
    found = list(descriptors(symbols, objects))
    lines = ["prelude", "import Init.Bedrock", "set_option linter.all false"]
    lines += [f"declare_syntax_cat {name}{behaviour}" for name, behaviour in CATEGORIES]
    lines += [
        f'@[extern "{mangle(d.name)}"] opaque {quoted(d.name)} : Lean.{d.lean_type} := .const .anonymous' for d in found
    ]
    lines += [f"attribute [{d.category}_parser 1000] {quoted(d.name)}" for d in found if d.category]
    known = {"_".join(d.name): d.name for d in found}
    macros = []
    for match, name in _auxiliary(symbols, _MACRO):
        file, kind, number = match.groups()
        if file in _MACRO_FILES and (target := known.get(kind) or _built_in_kind(kind, symbols)):
            macros.append((_MACRO_FILES.index(file), kind, int(number), target, name))
    for *_, target, name in sorted(macros):
        lines.append(
            f'@[extern "{mangle(name)}", macro {quoted(target)}] opaque {quoted(name)} : Lean.Macro := fun s _ _ => s'
        )
    return "\n".join(["/- Generated: every line names an object that libleanshared.so already holds. -/", *lines, ""])


def _built_in_kind(kind: str, symbols: dict[str, bool]) -> tuple[str, ...] | None:
    """Macros for syntax that is built into the parser itself (``Lean.Parser.Term.binop`` ...)."""
    name = tuple(kind.split("_"))
    if not kind.startswith("Lean_Parser_Term_"):
        return None
    return name if symbols.get(mangle(name)) is False else None


def unexpanders_file(symbols: dict[str, bool]) -> str:
    """The text of ``Init/Unexpanders.lean``: how messages print the constants of the core."""
    lines = ["prelude", "import Init.Library", "set_option linter.all false"]
    for match, name in _auxiliary(symbols, _UNEXPANDER):
        constant = match[2].replace("_", ".")
        if constant in UNEXPANDED:
            lines.append(
                f'@[extern "{mangle(name)}", app_unexpander {constant}] opaque {quoted(name)} : '
                "Lean.PrettyPrinter.Unexpander := fun s _ _ => s"
            )
    return "\n".join(["/- Generated: every line names an object that libleanshared.so already holds. -/", *lines, ""])


def main(library: str, folder: str) -> None:
    symbols = exported(Path(library))
    objects = LiveObjects(Path(library))
    target = Path(folder) / "Init"
    target.mkdir(parents=True, exist_ok=True)
    (target / "Parsers.lean").write_text(parsers_file(symbols, objects), encoding="utf-8")
    (target / "Unexpanders.lean").write_text(unexpanders_file(symbols), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
