"""Two kernels on mutated inductive blocks: ``python differential_blocks.py SEED COUNT`` prints one JSON line.

Takes inductive types of the core library, renames them, changes the type of a constructor or of the type itself, and
asks Lean's kernel and ours. Where Lean accepts, ours must derive the very same constructors and recursors; where Lean
refuses, ours must refuse too. Run in a process of its own: it loads Lean's library.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

os.environ["LEAN_NAT_MAX_SIZE"] = "1000000"

from differential import parts_of, replaced

from assay.verifiers.lean.judge.core import Core, load_core
from assay.verifiers.lean.judge.declaration import Constructor, Declaration, Inductive
from assay.verifiers.lean.judge.kernel import KernelBudget, Refusal, Unsupported, check_declarations
from assay.verifiers.lean.judge.level import ONE, ZERO, succ
from assay.verifiers.lean.judge.names import Name
from assay.verifiers.lean.judge.native import NativeBudget, NativeRefusal
from assay.verifiers.lean.judge.term import (
    App,
    Binder,
    Const,
    Lam,
    Sort,
    Term,
    Var,
    app,
    const,
    lam,
    pi,
    sort,
    var,
)
from assay.verifiers.lean.runtime import embedded

HEARTBEATS, STEPS = 1_000_000, 1_000_000
Block = dict[Name, Declaration]


def renamed(term: Term, names: Mapping[Name, Name]) -> Term:
    if isinstance(term, Const):
        return const(names.get(term.name, term.name), term.levels)
    if isinstance(term, App):
        return app(renamed(term.fn, names), renamed(term.arg, names))
    if isinstance(term, Binder):
        make = lam if isinstance(term, Lam) else pi
        return make(renamed(term.type, names), renamed(term.body, names))
    return term


def copy_of(core: Core, lead: Inductive, number: int) -> Block:
    """The block's types and constructors under fresh names."""
    members: list[Inductive] = [each for name in lead.types if isinstance(each := core.constants[name], Inductive)]
    old = [name for each in members for name in (each.name, *each.constructors)]
    names = {name: ("mutant", number, *name) for name in old}
    block: Block = {}
    for each in members:
        types, constructors = (tuple(names[name] for name in group) for group in (each.types, each.constructors))
        new = replace(each, name=names[each.name], type=renamed(each.type, names))
        block[new.name] = replace(new, types=types, constructors=constructors)
        for name in each.constructors:
            made = core.constants[name]
            assert isinstance(made, Constructor)
            block[names[name]] = replace(
                made, name=names[name], type=renamed(made.type, names), inductive=names[each.name]
            )
    return block


def mutate(block: Block, random_: random.Random) -> bool:
    """Change one type in place; whether it is still closed and differs."""
    name = random_.choice(list(block))
    root = block[name].type
    parts = parts_of(root)
    old, choice = random_.choice(parts), random_.random()
    if choice < 0.35:
        new = random_.choice(parts)
    elif isinstance(old, Sort):
        new = sort(random_.choice([ZERO, ONE, succ(old.level)]))
    elif isinstance(old, Var):
        new = var(max(0, old.index + random_.choice([-1, 1])))
    elif choice < 0.8:
        new = pi(old, random_.choice(parts)) if choice < 0.6 else pi(random_.choice(parts), old)
    else:
        new = random_.choice(parts)
    changed = replaced(root, old, new)
    block[name] = replace(block[name], type=changed)
    return changed is not root and not changed.loose


def derived_by_lean(core: Core, block: Block, lead: Inductive) -> Block | None:
    """Everything that Lean's kernel makes of the block, or None if it refuses. Leaves its environment as it was."""
    before = core.native._environment
    try:
        core.native.add(lead, block, HEARTBEATS)
        names = [*block, *((*name, "rec") for name in lead.types)]
        found = {name: core.native.find(name) for name in names}
    except NativeRefusal:
        return None
    finally:
        core.native._environment = before
    return {name: each for name, each in found.items() if each is not None}


def ours_accepts(core: Core, block: Block, lead: Name) -> tuple[bool, str]:
    try:
        check_declarations(core.environment, block, [lead], STEPS)
    except Refusal as refusal:
        return False, str(refusal)
    return True, ""


def main(seed: int, count: int) -> None:
    sys.setrecursionlimit(20_000)
    lean = embedded()
    core = load_core(lean.so_path, lean.core_dir)
    leads = [
        each
        for each in core.environment.values()
        if isinstance(each, Inductive) and each.types[0] == each.name and not each.nested
    ]
    random_, counts, bad = random.Random(seed), Counter[str](), list[str]()
    while sum(counts.values()) < count:
        block = copy_of(core, random_.choice(leads), sum(counts.values()))
        if not mutate(block, random_):
            continue
        lead = next(iter(block.values()))
        assert isinstance(lead, Inductive)
        try:
            derived = derived_by_lean(core, block, lead)
            if derived is not None:
                accepted, why = ours_accepts(core, derived, lead.name)
                counts["both accept" if accepted else "only Lean accepts"] += 1
            else:
                # Lean made no recursors, so ours can only complain about those once it finds nothing else wrong.
                accepted, why = ours_accepts(core, block, lead.name)
                accepted = accepted or "differs from what its constructors give" in why
                counts["only ours accepts" if accepted else "both refuse"] += 1
        except (NativeBudget, KernelBudget, Unsupported, RecursionError) as reason:
            counts[type(reason).__name__] += 1
            continue
        if accepted != (derived is not None):
            bad.append(f"{lead.name[2:]}: {why}")
    print(json.dumps({"counts": counts, "disagreements": bad[:20]}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
