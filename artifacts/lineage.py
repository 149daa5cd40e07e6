"""Where learning came from: problem -> attempt -> certificate -> feed -> checkpoint -> attempt -> ... as one graph.

Certificates carry the first half of the chain, signed. The second half (which certificates were fed to which training
step, and which checkpoint came out) is in the daemon's journal; the daemon hands it over as ``Feed`` records. A verdict
is no node of its own: it is part of its certificate.

Nodes are ``(kind, name)`` pairs. What this module does not do: revoke anything. It answers what rests on what.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import networkx as nx

from .statement import Certificate

Kind = Literal["problem", "attempt", "certificate", "feed", "checkpoint"]
Node = tuple[Kind, str]


@dataclass(frozen=True)
class Feed:
    """One training step: the certificates that it learned from, and the digests of the checkpoints around it."""

    step: int
    certificates: tuple[str, ...]
    before: str | None
    after: str


def lineage(certificates: Iterable[Certificate], feeds: Iterable[Feed] = ()) -> nx.DiGraph[Node]:
    """An edge points from what was there first to what was made from it. Raises ValueError if that makes a circle."""
    graph: nx.DiGraph[Node] = nx.DiGraph()
    for certificate in certificates:
        problem: Node = ("problem", certificate.claim.id)
        attempt: Node = ("attempt", f"{certificate.run}/{certificate.attempt}")
        own: Node = ("certificate", certificate.id)
        graph.add_node(problem, **certificate.predicate["problem"])
        graph.add_node(own, status=certificate.status, strength=certificate.strength, verifier=certificate.verifier)
        graph.add_edges_from([(problem, attempt), (attempt, own)])
        if certificate.policy is not None:
            graph.add_edge(("checkpoint", certificate.policy), attempt)
        graph.add_edges_from((("certificate", parent), own) for parent in certificate.parents)
    for feed in feeds:
        step: Node = ("feed", str(feed.step))
        graph.add_edges_from((("certificate", fed), step) for fed in feed.certificates)
        if feed.before is not None:
            graph.add_edge(("checkpoint", feed.before), step)
        graph.add_edge(step, ("checkpoint", feed.after))
    if not nx.is_directed_acyclic_graph(graph):
        circle = nx.find_cycle(graph)
        raise ValueError(
            f"the records make a circle through {circle[0][0]}: a checkpoint cannot precede its own lesson"
        )
    return graph


def rests_on(graph: nx.DiGraph[Node], node: Node, kind: Kind) -> list[str]:
    """Names of everything of ``kind`` that ``node`` was made from, oldest first."""
    return _in_order(graph, nx.ancestors(graph, node), kind)


def made_from(graph: nx.DiGraph[Node], nodes: Iterable[Node], kind: Kind) -> list[str]:
    """Names of everything of ``kind`` that any of ``nodes`` had a part in, oldest first."""
    return _in_order(graph, set().union(*(nx.descendants(graph, node) for node in nodes)), kind)


def last_clean_checkpoint(graph: nx.DiGraph[Node], bad: Iterable[Node]) -> str | None:
    """The latest checkpoint that is none of ``bad`` and that none of them had a part in, None if there is none."""
    bad = set(bad)
    tainted = bad.union(*(nx.descendants(graph, node) for node in bad))
    clean = _in_order(graph, set(graph) - tainted, "checkpoint")
    return clean[-1] if clean else None


def _in_order(graph: nx.DiGraph[Node], nodes: set[Node], kind: Kind) -> list[str]:
    return [node[1] for node in nx.lexicographical_topological_sort(graph) if node in nodes and node[0] == kind]
