"""The skill graph opens what it should, and is restricted to what exists."""

from __future__ import annotations

import pytest

from assay.curriculum.skills import PREREQUISITES, SkillGraph, wilson_lower

ALL = {skill for edge in PREREQUISITES for skill in edge}


def test_every_family_begins_open() -> None:
    graph = SkillGraph(["A.linear", "B.expr", "C.prop"])
    assert graph.unlocked({}) == {"A.linear", "B.expr", "C.prop"}


def test_a_deeper_skill_waits_for_all_its_parents() -> None:
    graph = SkillGraph(ALL)
    assert graph.parents("C.list") == ("B.loop", "C.nat")
    assert "C.list" not in graph.unlocked({"C.nat": 0.9})
    assert "C.list" not in graph.unlocked({"C.nat": 0.9, "B.loop": 0.59})
    assert "C.list" in graph.unlocked({"C.nat": 0.9, "B.loop": 0.6})


def test_a_missing_parent_locks_nothing() -> None:
    assert "C.list" in SkillGraph(["C.list"]).unlocked({})


def test_skills_come_parents_first() -> None:
    order = SkillGraph(ALL).skills
    assert all(order.index(parent) < order.index(child) for parent, child in PREREQUISITES)


def test_a_new_skill_slots_in_without_an_edge() -> None:
    assert "Z.new" in SkillGraph(["A.linear", "Z.new"]).unlocked({})


def test_prerequisites_in_a_circle_are_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        SkillGraph(["a", "b"], [("a", "b"), ("b", "a")])


def test_the_wilson_bound_is_the_textbook_one() -> None:
    assert wilson_lower(0, 0) == 0
    assert wilson_lower(0, 10) == 0
    assert wilson_lower(8, 10) == pytest.approx(0.4902, abs=1e-4)
    assert wilson_lower(80, 100) == pytest.approx(0.7112, abs=1e-4)
