"""The skill graph: which skill builds on which, and which are unlocked.

A *family* of skills is a letter (A integers, B Python, C Lean, ...); a skill is a node such as "B.expr". Choice made
here: the first skill of every family is an **entry** and open from the start, so that a run works on all its families
at once; an edge from another family into an entry only says what helps. Every other skill unlocks when each of its
parents has a Wilson lower bound of at least 0.6, and stays unlocked. Skills that no installed family offers are left
out, and so is what they would ask for: a missing parent locks nothing.

Within a skill, levels are opened by the sampler, not here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import networkx as nx

UNLOCK_AT = 0.6

PREREQUISITES: tuple[tuple[str, str], ...] = (
    ("A.linear", "A.bool"), ("A.bool", "A.nonlinear"),
    ("A.linear", "B.expr"), ("B.expr", "B.branch"), ("B.branch", "B.string"), ("B.string", "B.list"),
    ("B.list", "B.loop"),
    ("A.bool", "C.prop"), ("C.prop", "C.nat"), ("C.nat", "C.list"), ("B.loop", "C.list"),
    ("B.expr", "D.op1"), ("D.op1", "D.compose"), ("D.compose", "D.conditional"),
    ("A.linear", "E.wordle3"), ("E.wordle3", "E.wordle5"), ("D.op1", "E.grid_known"), ("E.grid_known", "E.grid_hidden"),
    ("A.bool", "F.lookup"), ("F.lookup", "F.filter"), ("F.filter", "F.multihop"), ("F.multihop", "F.unanswerable"),
    ("A.bool", "G.short"), ("G.short", "G.long"), ("E.grid_known", "G.long"),
)  # fmt: skip
"""(parent, child) for every skill that is planned. A family of a new skill needs a line here only if it has parents."""


def wilson_lower(successes: float, attempts: float, z: float = 1.96) -> float:
    """Lower end of the Wilson score interval for a proportion; 0 where nothing was attempted."""
    if attempts <= 0:
        return 0.0
    share = successes / attempts
    centre = share + z * z / (2 * attempts)
    spread = z * math.sqrt(share * (1 - share) / attempts + z * z / (4 * attempts * attempts))
    return max(0.0, (centre - spread) / (1 + z * z / attempts))


class SkillGraph:
    """Prerequisites among the skills that exist."""

    def __init__(self, skills: Iterable[str], prerequisites: Iterable[tuple[str, str]] = PREREQUISITES) -> None:
        self._graph: nx.DiGraph[str] = nx.DiGraph()
        self._graph.add_nodes_from(skills)
        self._graph.add_edges_from(
            (parent, child) for parent, child in prerequisites if {parent, child} <= set(self._graph)
        )
        if not nx.is_directed_acyclic_graph(self._graph):
            raise ValueError(f"the prerequisites run in a circle: {nx.find_cycle(self._graph)}")

    @property
    def skills(self) -> tuple[str, ...]:
        """Parents before children, else alphabetical."""
        return tuple(nx.lexicographical_topological_sort(self._graph))

    def parents(self, skill: str) -> tuple[str, ...]:
        return tuple(sorted(self._graph.predecessors(skill)))

    def is_entry(self, skill: str) -> bool:
        """Whether no skill of its own family comes before it."""
        return all(_letter(parent) != _letter(skill) for parent in self.parents(skill))

    def unlocked(self, lower_bounds: Mapping[str, float]) -> frozenset[str]:
        """Entries, and the skills whose parents all reach ``UNLOCK_AT``. A skill without a bound counts as 0."""
        return frozenset(
            skill
            for skill in self._graph
            if self.is_entry(skill) or all(lower_bounds.get(p, 0.0) >= UNLOCK_AT for p in self.parents(skill))
        )


def _letter(skill: str) -> str:
    return skill.partition(".")[0]
