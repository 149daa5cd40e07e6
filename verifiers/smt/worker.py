"""The process that runs one solver: z3 or cvc5, chosen by the first argument.

It reads one JSON request a line and writes one JSON reply a line. It is run as a plain file, in isolation mode, so it
imports nothing of assay: a crash or a runaway of a solver ends this process only, and whoever asked counts that as an
error. It never says more than what the solver said; turning that into a verdict is the trusted side's work.

Requests: ``{"op": "check", "smtlib", "declared": {name: sort}, "rlimit", "cpu"}`` -> ``{"answer": "sat" | "unsat" |
"unknown", "why", "model": {name: text} | null, "rlimit"}``; z3 alone also answers ``{"op": "evaluate", "smtlib",
"assignment": {name: [sort, text]}, "cpu"}`` -> ``{"values": ["true" | "false" | "other", ...]}``. A value is ``true``,
``false``, ``n`` or ``p/q``; a model that has others (an irrational root) is null. ``{"error": text}`` where the solver
refused.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from typing import Any

MEMORY_BYTES = 3 << 30
Request = dict[str, Any]
Reply = dict[str, Any]


class Z3:
    """z3 through its Python API. Every check gets a context of its own, so that no search depends on an earlier one;
    contexts are slow to make, so the next one is made while nobody waits. Evaluation searches for nothing: it shares
    one context."""

    def __init__(self) -> None:
        import z3

        self.z3 = z3
        self.version = str(z3.get_version_string())
        self.evaluation = z3.Context()
        self.fresh: Any = None

    def prepare(self) -> None:
        if self.fresh is None:
            self.fresh = self.z3.Context()

    def evaluate(self, request: Request) -> Reply:
        z3, context = self.z3, self.evaluation
        assertions = z3.parse_smt2_string(request["smtlib"], ctx=context)
        pairs = [self.pair(context, name, *value) for name, value in request["assignment"].items()]
        values = []
        for assertion in assertions:
            value = z3.simplify(z3.substitute(assertion, *pairs) if pairs else assertion)
            values.append("true" if z3.is_true(value) else "false" if z3.is_false(value) else "other")
        return {"values": values}

    def check(self, request: Request) -> Reply:
        z3, context = self.z3, self.fresh
        self.fresh = None
        solver = z3.Solver(ctx=context)
        solver.set("rlimit", request["rlimit"])
        solver.add(z3.parse_smt2_string(request["smtlib"], ctx=context))
        answer = str(solver.check())
        statistics = solver.statistics()
        used = [statistics.get_key_value(key) for key in statistics.keys() if key == "rlimit count"]  # noqa: SIM118
        model = self.model(context, solver.model(), request["declared"]) if answer == "sat" else None
        why = solver.reason_unknown() if answer == "unknown" else ""
        return {"answer": answer, "why": why, "model": model, "rlimit": int(used[0]) if used else 0}

    def model(self, context: Any, model: Any, declared: dict[str, str]) -> dict[str, str] | None:
        texts: dict[str, str] = {}
        for name, sort in declared.items():
            value = model.eval(self.constant(context, name, sort), model_completion=True)
            if self.z3.is_true(value) or self.z3.is_false(value):
                texts[name] = "true" if self.z3.is_true(value) else "false"
            elif self.z3.is_int_value(value) or self.z3.is_rational_value(value):
                texts[name] = value.as_string()
            else:
                return None
        return texts

    def constant(self, context: Any, name: str, sort: str) -> Any:
        sorts = {"Int": self.z3.IntSort, "Real": self.z3.RealSort, "Bool": self.z3.BoolSort}
        return self.z3.Const(name, sorts[sort](context))

    def pair(self, context: Any, name: str, sort: str, text: str) -> tuple[Any, Any]:
        make = {"Int": self.z3.IntVal, "Real": self.z3.RealVal}
        value = self.z3.BoolVal(text == "true", context) if sort == "Bool" else make[sort](text, context)
        return self.constant(context, name, sort), value


class Cvc5:
    """cvc5 through its own parser. A term manager and a solver for each request."""

    def __init__(self) -> None:
        import cvc5

        self.cvc5 = cvc5
        self.version = str(cvc5.__version__)

    def prepare(self) -> None:
        """Nothing: its objects are cheap."""

    def check(self, request: Request) -> Reply:
        cvc5 = self.cvc5
        solver = cvc5.Solver(cvc5.TermManager())
        for name, value in (("produce-models", "true"), ("rlimit", str(request["rlimit"])), ("verbosity", "-1")):
            solver.setOption(name, value)
        parser = cvc5.InputParser(solver)
        parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, request["smtlib"], "claim")
        symbols = parser.getSymbolManager()
        while not (command := parser.nextCommand()).isNull():
            complaint = str(command.invoke(solver, symbols))
            if complaint:
                return {"error": complaint}
        result = solver.checkSat()
        answer = "sat" if result.isSat() else "unsat" if result.isUnsat() else "unknown"
        model = None
        if answer == "sat":
            model = self.model(solver, symbols.getDeclaredTerms(), request["declared"])
        why = result.getUnknownExplanation().name if answer == "unknown" else ""
        used = int(solver.getStatistics()["resource::resourceUnitsUsed"]["value"])
        return {"answer": answer, "why": why, "model": model, "rlimit": used}

    def model(self, solver: Any, terms: list[Any], declared: dict[str, str]) -> dict[str, str] | None:
        texts: dict[str, str] = {}
        for term in terms:
            value = solver.getValue(term)
            if value.isBooleanValue():
                texts[term.getSymbol()] = "true" if value.getBooleanValue() else "false"
            elif value.isIntegerValue():
                texts[term.getSymbol()] = str(value.getIntegerValue())
            elif value.isRealValue():
                texts[term.getSymbol()] = str(value.getRealValue())
            else:
                return None
        return texts if set(texts) == set(declared) else None


def serve(solver: Z3 | Cvc5, requests: Any, replies: Any) -> None:
    """Answer until the requests end."""
    solver.prepare()
    for line in requests:
        request = json.loads(line)
        # No solver is left running if whoever asked is gone: the kernel ends this process by its processor time.
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + request["cpu"]) + 2, hard))
        try:
            reply = getattr(solver, {"check": "check", "evaluate": "evaluate"}[request["op"]])(request)
        except Exception as problem:  # noqa: BLE001 - whatever a solver's binding raises is reported, never an answer
            reply = {"error": f"{type(problem).__name__}: {problem}"}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()
        solver.prepare()


def main() -> None:
    # Replies go to a private copy of stdout; what a solver's library prints by itself goes to stderr.
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        solver: Z3 | Cvc5 = Z3() if sys.argv[1] == "z3" else Cvc5()
    except ImportError as problem:
        replies.write(json.dumps({"missing": str(problem)}) + "\n")
        return
    replies.write(json.dumps({"version": solver.version}) + "\n")
    replies.flush()
    serve(solver, sys.stdin, replies)


if __name__ == "__main__":
    main()
