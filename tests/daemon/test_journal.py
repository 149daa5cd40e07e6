"""The journal: states move one way, a transaction is all or nothing, the outbox feeds a group once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from assay.daemon.journal import Attempt, Journal, JournalError

OUTCOME = {"final": "passed", "evidence_bytes": {"inputs": "AA=="}}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


def solved_group(journal: Journal) -> int:
    group = journal.propose("A.linear/1", {"prompt": "x"})
    journal.solved(group, {"checkpoint": "c", "update": 0}, [Attempt(0, "x=1", {"x": 1}, {"prompt": [1]})])
    return group


def test_a_group_goes_through_its_states_and_keeps_what_it_was_given(journal: Journal) -> None:
    group = solved_group(journal)
    journal.verified(group, [("passed", OUTCOME)])
    journal.settle(group, {0: "cert"}, state="settled", feed=True)
    found = journal.group(group)
    assert (found.state, found.cell, found.policy) == ("settled", "A.linear/1", {"checkpoint": "c", "update": 0})
    assert found.attempts[0].answer == {"x": 1}
    assert found.attempts[0].certificate == "cert"
    assert journal.fed_after(0, 10) == [(1, group)]


def test_evidence_leaves_the_journal_once_the_store_has_it(journal: Journal) -> None:
    group = solved_group(journal)
    journal.verified(group, [("passed", OUTCOME)])
    before = journal.group(group).attempts[0].verdict
    assert before is not None
    assert "evidence_bytes" in before
    journal.settle(group, {}, state="dropped", feed=False)
    after = journal.group(group).attempts[0].verdict
    assert after == {"final": "passed"}


def test_a_state_cannot_be_skipped_or_repeated(journal: Journal) -> None:
    group = journal.propose("A.linear/1", {})
    with pytest.raises(JournalError, match="not in state verified"):
        journal.settle(group, {}, state="settled", feed=True)
    group = solved_group(journal)
    journal.verified(group, [("refuted", OUTCOME)])
    with pytest.raises(JournalError, match="not in state solved"):
        journal.verified(group, [("passed", OUTCOME)])


def test_the_outbox_takes_a_group_once(journal: Journal) -> None:
    group = solved_group(journal)
    journal.verified(group, [("passed", OUTCOME)])
    journal.settle(group, {}, state="settled", feed=True)
    with pytest.raises(sqlite3.IntegrityError):
        journal._db.execute("INSERT INTO feed (group_id) VALUES (?)", (group,))


def test_a_transaction_that_fails_leaves_nothing(journal: Journal) -> None:
    def fail_halfway() -> None:
        with journal.transaction():
            journal.propose("A.linear/1", {})
            journal.put("curriculum", {"picks": 1})
            raise RuntimeError("killed here")

    with pytest.raises(RuntimeError, match="killed here"):
        fail_halfway()
    assert journal.unfinished() == []
    assert journal.get("curriculum") is None


def test_what_a_kill_left_behind_is_found_in_order(journal: Journal) -> None:
    first, second, third = solved_group(journal), journal.propose("B.expr/1", {}), solved_group(journal)
    journal.verified(third, [("refuted", OUTCOME)])
    done = solved_group(journal)
    journal.verified(done, [("refuted", OUTCOME)])
    journal.settle(done, {}, state="settled", feed=False)
    assert journal.unfinished() == [first, second, third]


def test_steps_without_surviving_weights_are_forgotten_and_redone(journal: Journal) -> None:
    for step in (1, 2, 3):
        journal.step(step, step * 8, {"loss": float(step)})
    journal.forget_steps_after(1)
    journal.step(2, 16, {"loss": 9.0})
    assert [(step, metrics["loss"]) for step, _, metrics in journal.steps()] == [(1, 1.0), (2, 9.0)]


def test_a_reader_of_a_directory_without_a_run_is_told_how_to_start_one(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="assay run"):
        Journal(tmp_path, read_only=True)


def test_a_journal_of_another_version_is_refused(tmp_path: Path) -> None:
    Journal(tmp_path)._db.execute("PRAGMA user_version = 99")
    with pytest.raises(JournalError, match="version 99"):
        Journal(tmp_path)


def test_a_file_that_is_no_journal_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").write_text("garbage that is long enough to be looked at")
    for read_only in (True, False):
        with pytest.raises(JournalError, match="cannot be opened"):
            Journal(tmp_path, read_only=read_only)


def test_a_directory_may_have_any_name(tmp_path: Path) -> None:
    directory = tmp_path / "run #1? 100%41"
    directory.mkdir()
    Journal(directory).put("run_id", "r")
    assert Journal(directory, read_only=True).get("run_id") == "r"
    assert [path.name for path in tmp_path.iterdir()] == [directory.name]
