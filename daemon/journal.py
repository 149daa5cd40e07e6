"""The journal: one SQLite file (WAL, one writer) that owns the truth of a run.

A group of attempts moves through states, each step one transaction::

    proposed -> solved -> verified -> settled
                                  \\-> dropped      (no reward exists: unknown, timeout or error among its verdicts)

A settled group that carries a learning signal also gets a row in ``feed``, the outbox to the learner. The learner's
checkpoints hold the feed position that their weights have consumed; a group counts as consumed only through a
checkpoint, so kill -9 at any moment neither loses nor repeats one. Whatever was under way is redone from the last
state, and every redo is idempotent: certificates are content-addressed, and ``feed.group_id`` is unique.

Not here: weights (checkpoints), certificates (the store), secrets.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from assay.verifiers import Status

FILE = "journal.sqlite"
SCHEMA_VERSION = 1

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE groups (
    id INTEGER PRIMARY KEY,
    cell TEXT NOT NULL,
    problem TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'solved', 'verified', 'settled', 'dropped')),
    policy TEXT,
    proposed_at REAL NOT NULL,
    settled_at REAL
) STRICT;
CREATE INDEX groups_by_state ON groups (state);
CREATE TABLE attempts (
    group_id INTEGER NOT NULL REFERENCES groups (id),
    idx INTEGER NOT NULL,
    completion TEXT NOT NULL,
    answer TEXT NOT NULL,
    tokens TEXT NOT NULL,
    status TEXT,
    verdict TEXT,
    certificate TEXT,
    PRIMARY KEY (group_id, idx)
) STRICT, WITHOUT ROWID;
CREATE TABLE feed (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL UNIQUE REFERENCES groups (id)
) STRICT;
CREATE TABLE steps (
    step INTEGER PRIMARY KEY,
    feed_seq INTEGER NOT NULL,
    at REAL NOT NULL,
    metrics TEXT NOT NULL
) STRICT;
CREATE TABLE events (id INTEGER PRIMARY KEY, at REAL NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
"""


@dataclass(frozen=True)
class Attempt:
    """One row of ``attempts``. ``tokens`` holds what the learner needs to learn from it (prompt ids, completion ids,
    sampling log-probabilities); ``verdict`` the judged outcome with its evidence until the group is settled."""

    idx: int
    completion: str
    answer: Any
    tokens: dict[str, Any]
    status: Status | None = None
    verdict: dict[str, Any] | None = None
    certificate: str | None = None


@dataclass(frozen=True)
class Group:
    """One row of ``groups`` with its attempts. ``problem`` and ``policy`` are JSON objects."""

    id: int
    cell: str
    problem: dict[str, Any]
    state: str
    policy: dict[str, Any] | None
    proposed_at: float
    attempts: tuple[Attempt, ...] = ()


class JournalError(RuntimeError):
    """The journal is not one that this version can use. The text names the mend."""


class Journal:
    """Opens (and creates) the journal of a run directory. One writer; any number of readers (``read_only=True``)."""

    def __init__(self, directory: Path, *, read_only: bool = False) -> None:
        path = directory / FILE
        if read_only and not path.exists():
            raise JournalError(f"{directory} holds no run: start one with `assay run --dir {directory}`")
        try:
            self._open(path, read_only)
        except sqlite3.DatabaseError as error:
            raise JournalError(
                f"{path} cannot be opened ({error}): check its permissions and the space left, or use a new --dir"
            ) from error

    def _open(self, path: Path, read_only: bool) -> None:
        if read_only:
            uri = f"file:{quote(str(path))}?mode=ro"
            if not os.access(path.parent, os.W_OK) and not path.with_name(f"{FILE}-wal").exists():
                uri += "&immutable=1"  # a copy where SQLite cannot make the files that it shares with a writer
            self._db = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        else:
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            # FULL: a committed state survives power loss too; at a few transactions a second its price is not felt.
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA busy_timeout = 5000")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and not read_only:
            with self.transaction():
                for statement in filter(str.strip, SCHEMA.split(";\n")):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        elif version != SCHEMA_VERSION:
            raise JournalError(
                f"{path} has journal version {version}, this assay writes {SCHEMA_VERSION}: use a new --dir"
            )

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; IMMEDIATE, so that a second writer fails at once rather than at commit."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # -- meta: small named JSON values (run id, curriculum state, time shares) --

    def get(self, key: str, default: Any = None) -> Any:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return default if row is None else json.loads(row[0])

    def put(self, key: str, value: Any) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, json.dumps(value)))

    # -- groups --

    def propose(self, cell: str, problem: dict[str, Any]) -> int:
        """Record a problem that is about to be attempted; returns the group's id."""
        cursor = self._db.execute(
            "INSERT INTO groups (cell, problem, state, proposed_at) VALUES (?, ?, 'proposed', ?)",
            (cell, json.dumps(problem), time.time()),
        )
        return int(cursor.lastrowid or 0)

    def solved(self, group_id: int, policy: dict[str, Any], attempts: Sequence[Attempt]) -> None:
        """Record the policy's answers: proposed -> solved."""
        self._db.executemany(
            "INSERT INTO attempts (group_id, idx, completion, answer, tokens) VALUES (?, ?, ?, ?, ?)",
            [(group_id, a.idx, a.completion, json.dumps(a.answer), json.dumps(a.tokens)) for a in attempts],
        )
        self._move(group_id, "proposed", "solved")
        self._db.execute("UPDATE groups SET policy = ? WHERE id = ?", (json.dumps(policy), group_id))

    def verified(self, group_id: int, outcomes: Sequence[tuple[Status, dict[str, Any]]]) -> None:
        """Record one (final status, judged outcome) for each attempt in order: solved -> verified."""
        self._db.executemany(
            "UPDATE attempts SET status = ?, verdict = ? WHERE group_id = ? AND idx = ?",
            [(status, json.dumps(verdict), group_id, idx) for idx, (status, verdict) in enumerate(outcomes)],
        )
        self._move(group_id, "solved", "verified")

    def settle(self, group_id: int, certificates: dict[int, str], *, state: str, feed: bool) -> None:
        """Record the certificates (attempt index -> id) and close the group; ``feed`` puts it in the outbox.
        Evidence leaves the journal here: it now lies in the store, under the certificates."""
        self._db.executemany(
            "UPDATE attempts SET certificate = ? WHERE group_id = ? AND idx = ?",
            [(certificate, group_id, idx) for idx, certificate in certificates.items()],
        )
        self._db.execute(
            "UPDATE attempts SET verdict = json_remove(verdict, '$.evidence_bytes') WHERE group_id = ?", (group_id,)
        )
        self._move(group_id, "verified", state)
        self._db.execute("UPDATE groups SET settled_at = ? WHERE id = ?", (time.time(), group_id))
        if feed:
            self._db.execute("INSERT INTO feed (group_id) VALUES (?)", (group_id,))

    def _move(self, group_id: int, before: str, after: str) -> None:
        moved = self._db.execute("UPDATE groups SET state = ? WHERE id = ? AND state = ?", (after, group_id, before))
        if moved.rowcount != 1:
            raise JournalError(f"group {group_id} is not in state {before}")

    def group(self, group_id: int) -> Group:
        row = self._db.execute(
            "SELECT id, cell, problem, state, policy, proposed_at FROM groups WHERE id = ?", (group_id,)
        ).fetchone()
        if row is None:
            raise JournalError(f"no group {group_id}")
        attempts = self._db.execute(
            "SELECT idx, completion, answer, tokens, status, verdict, certificate FROM attempts WHERE group_id = ? "
            "ORDER BY idx",
            (group_id,),
        ).fetchall()
        return Group(
            id=row[0],
            cell=row[1],
            problem=json.loads(row[2]),
            state=row[3],
            policy=json.loads(row[4]) if row[4] else None,
            proposed_at=row[5],
            attempts=tuple(
                Attempt(i, text, json.loads(ans), json.loads(tok), status, json.loads(v) if v else None, cert)
                for i, text, ans, tok, status, v, cert in attempts
            ),
        )

    def unfinished(self) -> list[int]:
        """Ids of the groups that a kill may have left between states, oldest first."""
        rows = self._db.execute(
            "SELECT id FROM groups WHERE state IN ('proposed', 'solved', 'verified') ORDER BY id"
        ).fetchall()
        return [row[0] for row in rows]

    def fed_after(self, seq: int, limit: int) -> list[tuple[int, int]]:
        """(seq, group id) of the outbox after a position, in order."""
        return self._db.execute(
            "SELECT seq, group_id FROM feed WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit)
        ).fetchall()

    # -- learner --

    def step(self, step: int, feed_seq: int, metrics: dict[str, float]) -> None:
        """Record a gradient step. A step redone after a kill replaces the record of the weights that were lost."""
        self._db.execute(
            "INSERT OR REPLACE INTO steps VALUES (?, ?, ?, ?)", (step, feed_seq, time.time(), json.dumps(metrics))
        )

    def forget_steps_after(self, step: int) -> None:
        """Drop the records of steps whose weights did not survive (no checkpoint holds them)."""
        self._db.execute("DELETE FROM steps WHERE step > ?", (step,))

    def steps(self) -> list[tuple[int, float, dict[str, float]]]:
        """(step, time, metrics), oldest first."""
        rows = self._db.execute("SELECT step, at, metrics FROM steps ORDER BY step").fetchall()
        return [(step, at, json.loads(metrics)) for step, at, metrics in rows]

    def event(self, kind: str, detail: dict[str, Any]) -> None:
        """Something worth keeping: warm-up done, promotion, rollback, alarm, an executor that died."""
        self._db.execute(
            "INSERT INTO events (at, kind, detail) VALUES (?, ?, ?)", (time.time(), kind, json.dumps(detail))
        )

    def events(self, kind: str | None = None) -> list[tuple[float, str, dict[str, Any]]]:
        rows = self._db.execute(
            "SELECT at, kind, detail FROM events WHERE ? IS NULL OR kind = ? ORDER BY id", (kind, kind)
        ).fetchall()
        return [(at, name, json.loads(detail)) for at, name, detail in rows]

    # -- counts for status, view and summary --

    def verdict_counts(self) -> dict[str, int]:
        return dict(
            self._db.execute(
                "SELECT status, count(*) FROM attempts WHERE status IS NOT NULL GROUP BY status"
            ).fetchall()
        )

    def certificate_count(self) -> int:
        return int(self._db.execute("SELECT count(DISTINCT certificate) FROM attempts").fetchone()[0])

    def group_successes(self) -> list[tuple[float, str, float]]:
        """(time, cell, share accepted) of each settled group, oldest first: the learning curve."""
        return self._db.execute(
            "SELECT settled_at, cell, avg(status IN ('proved', 'passed')) FROM groups JOIN attempts ON id = group_id "
            "WHERE state = 'settled' GROUP BY id ORDER BY settled_at"
        ).fetchall()
