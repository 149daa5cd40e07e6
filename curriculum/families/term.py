"""Proof terms as Lean 4 text, short: ``fun x => ⟨x.2, x.1⟩`` is written ``fun x => ⟨x.2,x.1⟩``.

Only core features are used: ``fun``, anonymous constructors, ``.1`` and ``.2`` (of ∧ and ↔), ``.inl`` and ``.inr``,
``h.elim`` of a disjunction and of False.
"""

from __future__ import annotations

from collections.abc import Mapping

from .formula import Formula
from .prover import Proof

_BOUND = "xyzuvw"


def lean_term(proof: Proof, names: Mapping[Formula, str]) -> str:
    """``names`` says what the hypotheses are called; bound variables are called x, y, z, u, v, w, then x6, x7, ..."""
    return _write(proof, dict(names), 0)


def _write(proof: Proof, names: dict[Formula, str], depth: int) -> str:
    parts = proof.parts
    match proof.rule:
        case "use":
            return names[proof.formulas[0]]
        case "fst" | "snd":
            return f"{_tight(parts[0], names, depth)}.{1 if proof.rule == 'fst' else 2}"
        case "apply":
            function = _write(parts[0], names, depth)  # a spine: application associates to the left
            return f"{function} {_tight(parts[1], names, depth)}"
        case "pair":
            return f"⟨{_write(parts[0], names, depth)},{_write(parts[1], names, depth)}⟩"
        case "inl" | "inr":
            return f".{proof.rule} {_tight(parts[0], names, depth)}"
        case "absurd":
            return f"{_tight(parts[0], names, depth)}.elim"
        case "cases":
            branches = (
                f"({_function(formula, body, names, depth)})"
                for formula, body in zip(proof.formulas, parts[1:], strict=True)
            )
            return f"{_tight(parts[0], names, depth)}.elim {' '.join(branches)}"
        case "fun":
            return _function(proof.formulas[0], parts[0], names, depth)
    raise ValueError(f"no such proof rule: {proof.rule}")


def _function(assumed: Formula, body: Proof, names: dict[Formula, str], depth: int) -> str:
    if not _uses(body, assumed):
        return _join("_", _write(body, names, depth))
    name = _BOUND[depth] if depth < len(_BOUND) else f"x{depth}"
    return _join(name, _write(body, names | {assumed: name}, depth + 1))


def _join(name: str, body: str) -> str:
    return f"fun {name} {body.removeprefix('fun ')}" if body.startswith("fun ") else f"fun {name} => {body}"


def _tight(proof: Proof, names: dict[Formula, str], depth: int) -> str:
    """With brackets, unless it needs none as an argument or before a dot."""
    text = _write(proof, names, depth)
    return text if proof.rule in ("use", "fst", "snd", "pair") else f"({text})"


def _uses(proof: Proof, formula: Formula) -> bool:
    if proof.rule == "use":
        return proof.formulas[0] == formula
    if proof.rule == "fun" and proof.formulas[0] == formula:
        return False
    if proof.rule == "cases":
        return _uses(proof.parts[0], formula) or any(
            bound != formula and _uses(part, formula)
            for bound, part in zip(proof.formulas, proof.parts[1:], strict=True)
        )
    return any(_uses(part, formula) for part in proof.parts)
