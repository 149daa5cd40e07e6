"""kill -9 at every file operation of a commit, not only between its named steps: nothing half done is ever visible."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assay.artifacts import Certification, Store, UntrustedError, audit
from assay.artifacts.commit import STEPS

Make = Callable[..., Certification]
OPERATIONS = ("open", "fsync", "rename", "unlink", "mkdir")


def die_at(operation: int) -> None:
    """From now on this process kills itself just before its file operation number ``operation``."""
    count = 0

    def dying(real: Callable[..., Any]) -> Callable[..., Any]:
        def act(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count == operation:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **options)

        return act

    for name in OPERATIONS:
        setattr(os, name, dying(getattr(os, name)))


def killed_in_child(act: Callable[[], None]) -> bool:
    """Run ``act`` in a forked child. True if it was killed, False if it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            act()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the child failed by itself"
    return False


def killed_at_each_operation(act: Callable[[], None]) -> Iterator[int]:
    """Yield after every kill, until ``act`` has so few operations that it ends."""
    operation = 0
    while True:
        operation += 1

        def once(at: int = operation) -> None:
            die_at(at)
            act()

        if not killed_in_child(once):
            return
        yield operation


def test_a_store_killed_at_any_operation_of_a_commit_is_clean_and_has_all_of_the_batch_or_nothing(
    folder: Path, make: Make
) -> None:
    batches = iter(range(100, 10_000))
    state = {"number": 0}

    def certify() -> None:
        with Store.open(folder) as store:
            store.certify_many([make(state["number"]), make(-state["number"])])

    state["number"] = next(batches)
    kills = outcomes = 0
    for _ in killed_at_each_operation(certify):
        kills += 1
        number = state["number"]
        before = audit(folder)
        assert before.findings == (), "a killed store audits clean before anyone opens it"
        with Store.open(folder) as store:
            both = [make(number).id in store, make(-number).id in store]
            assert both in ([True, True], [False, False])
            outcomes += both[0]
        assert not (folder / "pending.json").exists()
        assert not list(folder.rglob("*.tmp"))
        assert audit(folder).findings == ()
        if both[0]:
            with Store.open(folder) as store:
                assert store.certify_many([make(number), make(-number)]) == [make(number).id, make(-number).id]
        state["number"] = next(batches)
    assert kills > 30, "the kills are meant to cover every operation"
    assert 0 < outcomes < kills, "some kills came before the commit point and some after it"


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_between_named_steps_leaves_a_store_that_audits_clean(folder: Path, make: Make, step: str) -> None:
    def die(reached: str) -> None:
        if reached == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def certify() -> None:
        Store.open(folder, on_step=die).certify_many([make(50), make(51, parents=(make(50).id,))])

    assert killed_in_child(certify)
    assert audit(folder).findings == ()
    with Store.open(folder) as store:
        assert store.count() == (3 if step in ("pending", "files") else 5)
        assert store.certify(make(51, parents=(store.certify(make(50)),)))
        assert store.count() == 5
    assert audit(folder).findings == ()


def test_a_kill_during_recovery_is_recovered_from(folder: Path, make: Make) -> None:
    def certify() -> None:
        Store.open(
            folder, on_step=lambda step: os.kill(os.getpid(), signal.SIGKILL) if step == "files" else None
        ).certify(make(60))

    def open_again() -> None:
        Store.open(folder).close()

    assert killed_in_child(certify)
    assert list(killed_at_each_operation(open_again))
    assert audit(folder).findings == ()
    with Store.open(folder, read_only=True) as store:
        assert store.count() == 3


def test_a_store_killed_while_it_is_made_can_be_made_again(tmp_path: Path, make: Make) -> None:
    folder = tmp_path / "store"

    def found() -> None:
        Store.open(folder, create=True).close()

    kills = list(killed_at_each_operation(found))
    assert len(kills) > 10
    with Store.open(folder, create=True) as store:
        store.certify(make(0))
    assert audit(folder).findings == ()


def test_a_pending_file_that_a_stranger_planted_deletes_nothing(folder: Path) -> None:
    victim = next((folder / "certs").iterdir())
    (folder / "pending.json").write_text(
        f'{{"payload":"e30=","payloadType":"application/vnd.assay.pending+json","signatures":[],"x":"{victim.name}"}}'
    )
    with pytest.raises(UntrustedError, match="trust root"):
        Store.open(folder)
    assert victim.exists()
    assert audit(folder).exit_code == 2


def test_without_the_undo_journal_the_same_kill_would_leave_stray_files(folder: Path, make: Make) -> None:
    """The positive control: the kills above do leave something behind that only pending.json accounts for."""

    def certify() -> None:
        Store.open(
            folder, on_step=lambda step: os.kill(os.getpid(), signal.SIGKILL) if step == "files" else None
        ).certify(make(70))

    assert killed_in_child(certify)
    (folder / "pending.json").unlink()
    report = audit(folder)
    assert report.exit_code == 1
    assert any(finding.id.startswith("certs/") for finding in report.corrupt)
