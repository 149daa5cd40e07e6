"""The judge of replies: types, examples and ``ensures``, recomputed in the trusted process.

A reply is only ever a value; everything that makes it right or wrong is worked out here from the claim. What an
evaluation that does not succeed means:

- ``ensures`` has no value on this result (an index out of range, say): the result does not satisfy it: refuted;
- ``ensures`` runs out of steps: nothing is known: unknown;
- a raised exception or a value of another type: refuted; an exit in disguise, or a value beyond the caps: error;
- memory or time ran out: timeout; a reply is missing: error; a reply that nobody sent: cheat.

A refutation on any input outweighs what happened on the others, save for a forged reply.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assay.verifiers.verdict import Status

from .claim import FunctionClaim
from .session import End, Reply, Run
from .spec import SpecExhausted, SpecRaised, holds
from .values import Value, conforms, key, same, show

Args = tuple[Value, ...]
EXITS = ("SystemExit", "KeyboardInterrupt", "GeneratorExit")

_OF_END: dict[End, Status] = {
    "stopped": "unknown",
    "unloadable": "refuted",
    "cpu": "timeout",
    "wall": "timeout",
    "memory": "timeout",
    "flood": "error",
    "died": "error",
    "garbled": "error",
    "forged": "cheat",
}


@dataclass(frozen=True)
class Finding:
    """Something that speaks against acceptance, and the input on which it showed (None: on none in particular)."""

    status: Status
    reason: str
    args: Args | None = None


def judge_run(claim: FunctionClaim, calls: Sequence[Args], run: Run, out_of_time: Callable[[], bool]) -> Finding | None:
    """The gravest finding about one batch, on the smallest input among equals; None if every reply is right."""
    if run.end == "forged":
        return Finding("cheat", run.detail)
    found: list[Finding] = []
    for args, reply in zip(calls, run.replies, strict=False):
        if out_of_time():
            found.append(Finding("timeout", "the time for judging the replies ran out"))
            break
        finding = judge_reply(claim, args, reply)
        if finding is not None:
            found.append(finding)
    if run.end != "complete":
        found.append(_of_end(claim, calls, run))
    elif len(run.replies) != len(calls):
        found.append(Finding("error", f"{len(run.replies)} replies to {len(calls)} calls"))
    return min(found, key=_gravity, default=None)


_ORDER: tuple[Status, ...] = ("cheat", "refuted", "error", "timeout", "unknown")


def _gravity(finding: Finding) -> tuple[int, int]:
    return _ORDER.index(finding.status), len(key(finding.args)) if finding.args is not None else 1 << 30


def _of_end(claim: FunctionClaim, calls: Sequence[Args], run: Run) -> Finding:
    status = _OF_END[run.end]
    if run.end == "unloadable":
        return Finding("error" if run.detail.startswith(EXITS) else status, f"the answer does not load: {run.detail}")
    if run.end in ("cpu", "wall", "memory") and len(run.replies) < len(calls):
        args = calls[len(run.replies)]
        return Finding(status, f"{run.detail} on {call_text(claim, args)}", args)
    return Finding(status, run.detail)


def judge_reply(claim: FunctionClaim, args: Args, reply: Reply) -> Finding | None:
    """What is wrong with one reply, or None."""
    call = call_text(claim, args)
    if reply.kind == "raised":
        status: Status = "error" if reply.text.startswith(EXITS) else "refuted"
        return Finding(status, f"{call} raised {reply.text}", args)
    if reply.kind == "type":
        return Finding("refuted", f"{call} returned a {reply.text}, not {claim.returns}", args)
    if reply.kind == "size":
        return Finding("error", f"{call} returned {reply.text}", args)
    if reply.kind == "memory":
        return Finding("timeout", f"{call} ran out of memory", args)
    if not conforms(reply.value, claim.returns):
        return Finding("refuted", f"{call} returned {show(reply.value)}, which is not {claim.returns}", args)
    for example in claim.examples:
        if same(example.args, args) and not same(example.result, reply.value):
            return Finding("refuted", f"{call} returned {show(reply.value)}, not {show(example.result)}", args)
    try:
        if not holds(claim.ensures, claim.bind(args) | {"result": reply.value}):
            return Finding("refuted", f"{call} returned {show(reply.value)}, against ensures", args)
    except SpecRaised as error:
        return Finding("refuted", f"{call} returned {show(reply.value)}, on which ensures has no value ({error})", args)
    except SpecExhausted as error:
        return Finding("unknown", f"ensures could not be evaluated on {call}: {error}", args)
    if reply.mutated:
        return Finding("refuted", f"{call} changed its arguments", args)
    return None


def compare_runs(claim: FunctionClaim, calls: Sequence[Args], first: Run, second: Run) -> Finding | None:
    """A finding if two complete runs over the same calls differ: an answer that is not a function of its input."""
    for args, one, other in zip(calls, first.replies, second.replies, strict=True):
        if not same(one.value, other.value):
            both = f"{show(one.value, 60)} and {show(other.value, 60)}"
            return Finding("unknown", f"{call_text(claim, args)} returned {both} when called twice", args)
    return None


def call_text(claim: FunctionClaim, args: Args) -> str:
    """The call, for one-line reasons."""
    return f"{claim.name}({', '.join(show(arg, 80) for arg in args)})"
