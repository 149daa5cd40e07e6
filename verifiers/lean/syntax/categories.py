"""Which of the runtime's parser descriptors our core library uses, and the syntax category of each.

The runtime holds the descriptors of all of Lean's own library. A descriptor is either a *parser* of some category
(``simp`` is a tactic) or a *part* that parsers refer to by name (``simpLemma``). The category is not stored with the
object, so it is told from the name here. Left out on purpose: the monadic proof mode (``mvcgen``), ``bv_decide``,
``grind``'s interactive mode, commands that define simprocs: no proof over our core can use them.
"""

from __future__ import annotations

import re

_TACTIC = "Lean.Parser.Tactic."

_LEFT_OUT = re.compile(
    r"(m[a-z]+(Pat|Error|Macro)|m(dup|frame|have|intro|leave|left|pure|refine|rename|replace|revert|right|spec|start|stop"
    r"|exists|exfalso|exact|constructor|clear|cases|assumption|vcgen)|vcgen|bv|tryResult|invariant|impossible|suggestions"
    r"|tacticMvcgen|firstPar|attemptAll|dbgTrace|sleep|runTac|sym$|tryTrace|declareSimp|lia|cutsat|grobner|grind_"
    r"|rwaAtLegacyLocation)"
)
_PART = re.compile(
    r"Lean\.(Parser\.Tactic\.(?!m|Grind|vcgen|bv|invariant)|calc|cdotTk|binderIdent|reduceConfig|Parser\.Attr\.ext"
    r"|unifConstraint|bracketedExplicitBinders|explicitBinders|unbracketedExplicitBinders)"
)

_EXACT = {
    "Lean.calc": "term",
    "boolIfThenElse": "term",
    "coeNotation": "term",
    "coeFunNotation": "term",
    "coeSortNotation": "term",
    "rawNatLit": "term",
    "Lean.term∀__,_": "term",
    "Lean.term∃__,_": "term",
    "Lean.calcTactic": "tactic",
    "Lean.cdot": "tactic",
    "Lean.solveTactic": "tactic",
    "Lean.Elab.Tactic.Ext.ext": "tactic",
    "Lean.Elab.Tactic.Ext.applyExtTheorem": "tactic",
    "Lean.Elab.Tactic.Ext.tacticExt1___": "tactic",
    "Lean.reduceCmd": "command",
    "Lean.Parser.Attr.simp": "attr",
    "Lean.Parser.Attr.ext": "attr",
    "Lean.Parser.Attr.grind": "attr",
}

CATEGORIES = (
    ("rcasesPat", ""),
    ("rintroPat", ""),
    ("conv", " (behavior := both)"),
    ("binderPred", ""),
    ("rawStx", " (behavior := both)"),
    ("grind_mod", ""),
    ("grind", " (behavior := both)"),
    ("grind_filter", ""),
)
"""The categories that Lean's library declares (name, behaviour); the rest are built into the parser."""


def is_part(name: str) -> bool:
    """Whether a descriptor without a category of its own is one that our parsers refer to."""
    return _PART.match(name) is not None


def category(name: str) -> str | None:
    """The syntax category of the parser called ``name``; None if our core has no use for it."""
    last = name.rsplit(".", 1)[-1]
    if name in _EXACT:
        return _EXACT[name]
    if name.startswith("Lean.binderPred"):
        return "binderPred"
    if name.startswith(_TACTIC):
        return _tactic_category(name.removeprefix(_TACTIC), last)
    if "." not in name:
        return next((kind for kind in ("term", "tactic", "prec", "prio", "stx") if last.startswith(kind)), None)
    return None


def _tactic_category(rest: str, last: str) -> str | None:
    for pattern in ("rcasesPat", "rintroPat"):
        if rest.startswith(pattern + "."):
            return pattern
    if rest.startswith("Conv."):
        return "tactic" if last == "conv" else "conv"
    if rest.startswith("Grind") or _LEFT_OUT.match(last):
        return None
    if last in ("showTermElab", "by?"):
        return "term"
    return "conv" if last.endswith("Conv") else "tactic"
