"""Two kernels on mutated declarations: ``python differential.py SEED COUNT`` prints one JSON line.

Takes declarations of the core library apart and changes them, at random and by changes that keep typing plausible
(swapped arguments, another constant of the same arity, eta and beta expansion, another universe), then asks Lean's
kernel and ours. Run in a process of its own: it loads Lean's library.

Levels that are equal in value but not in form (``imax (max 1 u) (max 1 u)`` and ``max 1 u``) are not made: ours decides
all of them, which ``test_lean_judge_levels`` holds against evaluation, while Lean's kernel refuses some.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from dataclasses import replace

os.environ["LEAN_NAT_MAX_SIZE"] = "1000000"

from assay.verifiers.lean.judge.core import load_core
from assay.verifiers.lean.judge.declaration import Declaration, Definition, Theorem
from assay.verifiers.lean.judge.kernel import KernelBudget, Refusal
from assay.verifiers.lean.judge.kernel.inference import TypeChecker
from assay.verifiers.lean.judge.level import ONE, ZERO, Succ, succ
from assay.verifiers.lean.judge.names import show
from assay.verifiers.lean.judge.native import NativeBudget, NativeKernel, NativeRefusal
from assay.verifiers.lean.judge.term import (
    App,
    Binder,
    Const,
    Lam,
    Let,
    Lit,
    Pi,
    Proj,
    Sort,
    Term,
    Var,
    app,
    children,
    const,
    lam,
    let,
    lit,
    pi,
    proj,
    sort,
    var,
)
from assay.verifiers.lean.runtime import embedded

HEARTBEATS, STEPS = 3_000_000, 1_000_000


def replaced(root: Term, old: Term, new: Term) -> Term:
    """``root`` with every occurrence of ``old`` replaced, indices left as they are."""
    memo: dict[Term, Term] = {old: new}

    def go(term: Term) -> Term:
        known = memo.get(term)
        if known is not None:
            return known
        result = term
        if isinstance(term, App):
            result = app(go(term.fn), go(term.arg))
        elif isinstance(term, Binder):
            make: Callable[[Term, Term], Term] = lam if isinstance(term, Lam) else pi
            result = make(go(term.type), go(term.body))
        elif isinstance(term, Let):
            result = let(go(term.type), go(term.value), go(term.body))
        elif isinstance(term, Proj):
            result = proj(term.structure, term.index, go(term.value))
        memo[term] = result
        return result

    return go(root)


def parts_of(root: Term) -> list[Term]:
    """The distinct subterms, in an order that a seed can rely on."""
    seen: dict[Term, None] = {}
    stack = [root]
    while stack:
        term = stack.pop()
        if term not in seen:
            seen[term] = None
            stack.extend(children(term))
    return list(seen)


class Mutator:
    def __init__(self, constants: dict[str, list[Declaration]], random_: random.Random) -> None:
        self.by_arity, self.random = constants, random_

    def mutate(self, root: Term) -> Term:
        parts = parts_of(root)
        old = self.random.choice(parts)
        return replaced(root, old, self._other(old, parts))

    def _other(self, old: Term, parts: list[Term]) -> Term:
        choice = self.random.random()
        if choice < 0.25:
            return self.random.choice(parts)
        if choice < 0.35 and not old.loose:
            return app(lam(sort(ONE) if isinstance(old, Sort) else self.random.choice(parts), var(0)), old)
        if isinstance(old, Lit) and isinstance(old.value, int):
            return lit(max(0, old.value + self.random.choice([-1, 1])))
        if isinstance(old, Sort):
            lower = old.level.of if isinstance(old.level, Succ) else ZERO
            return sort(self.random.choice([ZERO, succ(old.level), lower]))
        if isinstance(old, Const):
            if old.levels and choice < 0.5:
                return const(old.name, tuple(self.random.choice([ZERO, succ(each), each]) for each in old.levels))
            return const(self.random.choice(self.by_arity[str(len(old.levels))]).name, old.levels)
        if isinstance(old, Var):
            return var(max(0, old.index + self.random.choice([-1, 1])))
        if isinstance(old, App):
            swapped = app(app(old.fn.fn, old.arg), old.fn.arg) if isinstance(old.fn, App) else app(old.arg, old.fn)
            return self.random.choice([old.fn, old.arg, swapped, app(old.fn, app(old.fn, old.arg))])
        if isinstance(old, Lam):
            return pi(old.type, old.body) if choice < 0.7 else old.body
        if isinstance(old, Pi) and isinstance(old.body, Pi) and choice < 0.7:
            return pi(old.body.type, pi(old.type, old.body.body))
        if isinstance(old, Proj):
            return proj(old.structure, max(0, old.index + self.random.choice([-1, 1])), old.value)
        return self.random.choice(parts)


def lean_accepts(kernel: NativeKernel, declaration: Definition | Theorem) -> bool | None:
    """Leaves the kernel's environment as it was. None: no opinion."""
    before = kernel._environment
    try:
        kernel.add(declaration, {}, HEARTBEATS)
    except NativeRefusal:
        return False
    except NativeBudget:
        return None
    finally:
        kernel._environment = before
    return True


def main(seed: int, count: int) -> None:
    sys.setrecursionlimit(20_000)
    lean = embedded()
    core = load_core(lean.so_path, lean.core_dir)
    safe = list(core.environment.values())
    pool = [each for each in safe if isinstance(each, Definition | Theorem)]
    by_arity: dict[str, list[Declaration]] = {}
    for each in safe:
        by_arity.setdefault(str(len(each.level_params)), []).append(each)
    random_ = random.Random(seed)
    mutator = Mutator(by_arity, random_)
    tried = accepted = 0
    only_python: list[str] = []
    only_lean: list[str] = []
    while tried < count:
        original = random_.choice(pool)
        value, type_ = original.value, original.type
        if random_.random() < 0.75:
            value = mutator.mutate(value)
        else:
            type_ = mutator.mutate(type_)
        if value.loose or type_.loose or (value is original.value and type_ is original.type):
            continue
        tried += 1
        mutant = replace(original, name=("mutant", tried), value=value, type=type_)
        lean_says = lean_accepts(core.native, mutant)
        try:
            TypeChecker(core.environment, mutant.level_params, STEPS).check(mutant)
            ours: bool | None = True
        except Refusal:
            ours = False
        except (KernelBudget, RecursionError):
            ours = None
        accepted += lean_says is True
        if ours and lean_says is False:
            only_python.append(f"{show(original.name)} (mutant {tried})")
        if lean_says and ours is False:
            only_lean.append(f"{show(original.name)} (mutant {tried})")
    print(json.dumps({"tried": tried, "accepted": accepted, "only_python": only_python, "only_lean": only_lean}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
