"""A prover for intuitionistic propositional logic that finds a *shortest* normal proof term.

Search is bidirectional over normal natural deduction: introductions are driven by the goal, eliminations walk from a
hypothesis down to the goal or to something worth splitting. Every normal proof has this shape (normalisation;
Prawitz 1965, and Dyckhoff and Pinto's account of focusing), so up to its size limit the search is complete. Limits
grow one node at a time and results are remembered per (hypotheses, goal), which makes the size found the least one:
the curriculum uses that size as the difficulty of a statement.

What this module does not do: it never says "unprovable", only "no proof up to this size". Soundness does not rest on
it either: Lean judges every proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .formula import FALSE, Formula

Context = tuple[Formula, ...]


class Proof(NamedTuple):
    """A proof term. ``rule`` is one of use, fst, snd, apply, fun, pair, inl, inr, cases, absurd.

    Variables are identified by the formula that they prove: ``use`` names it, ``fun`` and ``cases`` bind it (in a
    context a second proof of the same formula is never needed). ``size`` counts nodes.
    """

    rule: str
    size: int
    parts: tuple[Proof, ...] = ()
    formulas: tuple[Formula, ...] = ()


class _Head(NamedTuple):
    """What a hypothesis gives when eliminated: ``target``, once the ``needs`` are proved. ``steps`` says how."""

    target: Formula
    needs: tuple[Formula, ...]
    steps: tuple[str, ...]
    source: Formula


def shortest_proof(hypotheses: Context, goal: Formula, max_size: int) -> Proof | None:
    """A proof with the fewest nodes, or None if there is none of up to ``max_size`` nodes."""
    return _Search().best(tuple(dict.fromkeys(hypotheses)), goal, max_size)


@lru_cache(maxsize=4096)
def _heads(source: Formula) -> tuple[_Head, ...]:
    found: list[_Head] = []
    pending = [_Head(source, (), (), source)]
    while pending:
        head = pending.pop(0)
        found.append(head)
        op, parts = head.target.op, head.target.parts
        if op == "∧":
            reached: list[tuple[Formula, Context, str]] = [(parts[0], (), "fst"), (parts[1], (), "snd")]
        elif op == "↔":
            forward, backward = Formula("→", parts), Formula("→", parts[::-1])
            reached = [(forward, (), "fst"), (backward, (), "snd")]
        elif op in ("→", "¬"):
            reached = [(parts[1] if op == "→" else FALSE, (parts[0],), "apply")]
        else:
            continue
        pending.extend(_Head(to, head.needs + need, (*head.steps, step), source) for to, need, step in reached)
    return tuple(found)


class _Search:
    """One search's memory: the least proof of a sequent, or the largest size at which none exists."""

    def __init__(self) -> None:
        self._found: dict[tuple[frozenset[Formula], Formula], Proof] = {}
        self._failed: dict[tuple[frozenset[Formula], Formula], int] = {}

    def best(self, context: Context, goal: Formula, limit: int) -> Proof | None:
        key = (frozenset(context), goal)
        known = self._found.get(key)
        if known is not None:
            return known if known.size <= limit else None
        for size in range(self._failed.get(key, 0) + 1, limit + 1):
            proof = min(self._proofs(context, goal, size), key=lambda proof: proof.size, default=None)
            if proof is not None:
                self._found[key] = proof
                return proof
            self._failed[key] = size
        return None

    def _proofs(self, context: Context, goal: Formula, limit: int) -> Iterator[Proof]:
        yield from self._eliminations(context, goal, limit)
        yield from self._introductions(context, goal, limit)

    def _introductions(self, context: Context, goal: Formula, limit: int) -> Iterator[Proof]:
        if goal.op == "∧":
            yield from self._all("pair", [(context, part) for part in goal.parts], limit)
        elif goal.op == "∨":
            for rule, part in zip(("inl", "inr"), goal.parts, strict=True):
                yield from self._all(rule, [(context, part)], limit)
        elif goal.op in ("→", "¬"):
            assumed = goal.parts[0]
            target = goal.parts[1] if goal.op == "→" else FALSE
            yield from self._all("fun", [(_with(context, assumed), target)], limit, (assumed,))
        elif goal.op == "↔":
            forward, backward = Formula("→", goal.parts), Formula("→", goal.parts[::-1])
            yield from self._all("pair", [(context, forward), (context, backward)], limit)

    def _eliminations(self, context: Context, goal: Formula, limit: int) -> Iterator[Proof]:
        for source in context:
            for head in _heads(source):
                if head.target == goal:
                    yield from self._spine(context, head, limit)
                elif head.target == FALSE:
                    for spine in self._spine(context, head, limit - 1):
                        yield Proof("absurd", spine.size + 1, (spine,))
                elif head.target.op == "∨" and not set(head.target.parts) & set(context):
                    # ``split`` counts the node itself; each branch is a `fun`, which is one more.
                    for spine in self._spine(context, head, limit - 5):
                        branches = [(_with(context, part), goal) for part in head.target.parts]
                        room = limit - spine.size - 2
                        for split in self._all("branches", branches, room):
                            yield Proof("cases", spine.size + split.size + 2, (spine, *split.parts), head.target.parts)

    def _spine(self, context: Context, head: _Head, limit: int) -> Iterator[Proof]:
        size = 1 + len(head.steps)
        arguments: list[Proof] = []
        for index, need in enumerate(head.needs):
            still_needed = len(head.needs) - index - 1
            argument = self.best(context, need, limit - size - still_needed)
            if argument is None:
                return
            arguments.append(argument)
            size += argument.size
        if size > limit:
            return
        proof = Proof("use", 1, (), (head.source,))
        for step in head.steps:
            if step == "apply":
                argument = arguments.pop(0)
                proof = Proof("apply", proof.size + 1 + argument.size, (proof, argument))
            else:
                proof = Proof(step, proof.size + 1, (proof,))
        yield proof

    def _all(
        self, rule: str, sequents: list[tuple[Context, Formula]], limit: int, binds: tuple[Formula, ...] = ()
    ) -> Iterator[Proof]:
        """One node over the least proofs of all ``sequents``, if together they fit."""
        size, parts = 1, []
        for index, (context, goal) in enumerate(sequents):
            part = self.best(context, goal, limit - size - (len(sequents) - index - 1))
            if part is None:
                return
            parts.append(part)
            size += part.size
        yield Proof(rule, size, tuple(parts), binds)


def _with(context: Context, formula: Formula) -> Context:
    return context if formula in context else (*context, formula)
