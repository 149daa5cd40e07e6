"""One trial of an answer: the inputs once in order, once more in another order and process, then shrinking.

The second run is what a pure function cannot notice. It shows state that survives a call, dependence on the order of
calls, and chance (Python orders sets of text differently in every process).
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assay.sandbox import Sandbox

from .claim import FunctionClaim
from .language import Program
from .oracle import Finding, compare_runs, judge_reply, judge_run
from .session import Run, run_calls
from .shrink import shrink
from .spec import SpecError, holds
from .values import Value

Args = tuple[Value, ...]


@dataclass(frozen=True)
class Trial:
    """``deadline`` is on the monotonic clock, for everything together."""

    claim: FunctionClaim
    program: Program
    workspace: Sandbox
    deadline: float

    def run(self, calls: Sequence[Args], order: random.Random) -> Finding | None:
        """What speaks against acceptance after both runs, or None. Raises sandbox errors."""
        first = self._call(calls)
        finding = judge_run(self.claim, calls, first, self._out_of_time)
        if finding is None:
            places = list(range(len(calls)))
            order.shuffle(places)
            shuffled = [calls[place] for place in places]
            second = self._call(shuffled)
            finding = judge_run(self.claim, shuffled, second, self._out_of_time)
            if finding is None:
                first_shuffled = Run(tuple(first.replies[place] for place in places), first.end)
                return compare_runs(self.claim, shuffled, first_shuffled, second)
            finding = replace(finding, reason=f"{finding.reason} (when called again, in another order)")
        elif finding.status == "refuted" and finding.args is not None:
            finding = self._shrunk(finding, finding.args)
        return finding

    def _call(self, calls: Sequence[Args]) -> Run:
        seconds = max(self.deadline - time.monotonic(), 0.05)
        return run_calls(self.workspace, self.program.source, self.claim.name, calls, seconds)

    def _out_of_time(self) -> bool:
        return time.monotonic() > self.deadline

    def _shrunk(self, finding: Finding, args: Args) -> Finding:
        refuted: dict[int, Finding] = {}

        def failing(batch: Sequence[Args]) -> list[Args]:
            legal = [candidate for candidate in batch if self._admits(candidate)]
            if not legal or self._out_of_time():
                return []
            found = []
            for candidate, reply in zip(legal, self._call(legal).replies, strict=False):
                judged = judge_reply(self.claim, candidate, reply)
                if judged is not None and judged.status == "refuted":
                    refuted[id(candidate)] = judged
                    found.append(candidate)
            return found

        smallest = shrink(args, failing)
        return refuted.get(id(smallest), finding)

    def _admits(self, args: Args) -> bool:
        try:
            return holds(self.claim.requires, self.claim.bind(args))
        except SpecError:
            return False
