"""Veto: the answer is a table of the examples that the claim shows.

An accepted function that compares its arguments with the examples' and returns the examples' results was fitted to
them. Such an answer gets this far only where the specification says little away from the examples. The test is of the
syntax: an example counts as memorised if its arguments occur where the code decides (conditions, comparisons, keys of
dictionaries, rows and positions of literal lists) and its result occurs among the code's literals. What any code may
mention does not count: -2 to 2, texts of one letter, and what the specification itself mentions. A result that does not
count, such as True, says little, so then a plain list of numbers (small primes, say) is no table. An answer that was
tried on all inputs there are is a legitimate table.

What this does not see: tables hidden behind arithmetic that the folding of literals does not undo.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from assay.sandbox import Sandbox

from ..claim import Answer, Claim
from ..protocol import Validation
from ..verdict import Verdict

Literal = int | str


class LookupTable:
    """See the module's docstring."""

    name = "lookup-table"
    version = "1"
    kinds = frozenset({"python/function/v1"})

    def validate_claim(self, claim: Claim, workspace: Sandbox) -> Validation:
        return Validation(self.name, vetoed=False)

    def validate_answer(self, claim: Claim, answer: Answer, verdict: Verdict, workspace: Sandbox) -> Validation:
        if verdict.strength == "bounded":
            return Validation(self.name, vetoed=False, reason="tried on every input")
        memorised, telling = count_memorised(claim, answer)
        if memorised * 2 > telling:
            reason = f"{memorised} of {telling} examples are in the answer's tables"
            return Validation(self.name, vetoed=True, reason=reason)
        return Validation(self.name, vetoed=False)


def count_memorised(claim: Claim, answer: Answer) -> tuple[int, int]:
    """How many of the examples that could tell are memorised, and how many there are. Raises ClaimError, and ValueError
    for an answer outside the language (no such answer is ever accepted)."""
    from ..python.claim import parse_claim
    from ..python.language import Refusal, read_answer

    parsed = parse_claim(claim)
    program = read_answer(answer, parsed.name, len(parsed.parameters))
    if isinstance(program, Refusal):
        raise ValueError(f"an accepted answer that is not in the language: {program.reason}")
    expected = _literals(parsed.requires.tree) | _literals(parsed.ensures.tree)
    everything = _literals(program.tree)
    decisive = _decisive(program.tree)
    listed = decisive | _in_displays(program.tree)
    memorised = telling = 0
    for example in parsed.examples:
        arguments = set(_telling(example.args)) - expected
        results = set(_telling(example.result)) - expected
        telling += bool(arguments)
        memorised += bool(arguments) and arguments <= (listed if results else decisive) and results <= everything
    return memorised, telling


def _telling(value: object) -> Iterator[Literal]:
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _telling(item)
    elif isinstance(value, str):
        if len(value) > 1:
            yield value
    elif isinstance(value, int) and abs(value) > 2:
        yield value


def _literals(tree: ast.AST) -> set[Literal]:
    from ..python.literals import mine

    found = mine(tree)
    return {*found.integers, *found.texts}


def _decisive(tree: ast.AST) -> set[Literal]:
    """The literals in places where code tells one input from another."""
    found: set[Literal] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Compare(ops=operators):
                here = _literals(node)
                found |= here
                if any(isinstance(operator, (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) for operator in operators):
                    found |= {n + step for n in here if isinstance(n, int) for step in (-1, 1)}
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
                found |= _literals(test)
            case ast.Dict(keys=keys):
                found |= {literal for key in keys if key is not None for literal in _literals(key)}
            case ast.Subscript(value=ast.List(elts=items) | ast.Tuple(elts=items)):
                found |= set(range(len(items)))
            case ast.List(elts=rows) | ast.Tuple(elts=rows) | ast.Set(elts=rows):
                found |= {
                    literal for row in rows if isinstance(row, ast.List | ast.Tuple) for literal in _literals(row)
                }
    return found


def _in_displays(tree: ast.AST) -> set[Literal]:
    displays = (node for node in ast.walk(tree) if isinstance(node, ast.List | ast.Tuple | ast.Set))
    return {literal for display in displays for literal in _literals(display)}
