"""Snapshots, rollback, branches, history and diff, with either store; chains at least three deep."""

from __future__ import annotations

import gc as collector

import pytest

from assay.sandbox import BoxBusy, Diff, Sandbox, SnapshotError
from assay.sandbox.mounts import mounts_below
from assay.sandbox.overlay import FLATTEN_AT
from assay.sandbox.runtime import Runtime

from .conftest import SMALL


def _files(box: Sandbox) -> bytes:
    return box.exec(["sh", "-c", "cat * 2>/dev/null"], timeout=20).stdout


def test_rollback_restores_contents_deletions_and_modes(store_runtime: Runtime) -> None:
    with Sandbox.create(SMALL, runtime=store_runtime) as box:
        box.exec(["sh", "-c", "echo one > a; mkdir d; echo two > d/b; chmod 640 a; ln -s a link"], timeout=10)
        first = box.snapshot()
        box.exec(["sh", "-c", "echo changed > a; rm -r d; rm link; mkdir link; chmod 600 a; echo new > c"], timeout=10)
        box.rollback(first)
        listing = box.exec(["sh", "-c", "cat a d/b link; stat -c %a a; readlink link; ls"], timeout=10).stdout
        assert listing == b"one\ntwo\none\n640\na\na\nd\nlink\n"


def test_chains_of_restored_snapshots_lose_nothing(store_runtime: Runtime) -> None:
    with Sandbox.create(SMALL, runtime=store_runtime) as box:
        snapshots = []
        for number in range(4):
            box.exec(["sh", "-c", f"echo {number} > f{number}; echo {number} > last"], timeout=10)
            snapshots.append(box.snapshot())
        for number in (1, 3, 0, 2):
            box.rollback(snapshots[number])
            expected = b"".join(b"%d\n" % n for n in [*range(number + 1), number])
            assert _files(box) == expected
        box.rollback(snapshots[2])
        box.write("f2", b"rewritten\n")
        again = box.snapshot()
        box.rollback(snapshots[3])
        box.rollback(again)
        assert _files(box) == b"0\n1\nrewritten\n2\n"


def test_branches_do_not_see_each_other_or_their_parent(store_runtime: Runtime) -> None:
    with Sandbox.create(SMALL, runtime=store_runtime) as parent:
        parent.write("shared", b"base")
        children = parent.branch(3)
        for number, child in enumerate(children):
            child.exec(["sh", "-c", f"echo {number} > shared; echo x > own{number}"], timeout=10)
        parent.write("shared", b"parent")
        for number, child in enumerate(children):
            assert child.read("shared") == b"%d\n" % number
            assert child.exec(["ls"], timeout=10).stdout == b"own%d\nshared\n" % number
        assert parent.read("shared") == b"parent"
        for child in children:
            child.close()
        assert parent.exec(["ls"], timeout=10).stdout == b"shared\n"


def test_branches_of_branches_keep_the_history_as_a_tree(store_runtime: Runtime) -> None:
    with Sandbox.create(SMALL, runtime=store_runtime) as box:
        first = box.snapshot()
        (child,) = box.branch(1)
        (grandchild,) = child.branch(1)
        last = grandchild.snapshot()
        history = grandchild.history()
        parents = {version.id: version.parent for version in history}
        depth, at = 0, last.id
        while parents[at] is not None:
            depth, at = depth + 1, parents[at]
        assert (at, depth) == (first.id, 3)
        child.close()
        grandchild.close()


def test_diff_tells_added_changed_and_deleted_paths(store_runtime: Runtime) -> None:
    with Sandbox.create(SMALL, runtime=store_runtime) as box:
        box.exec(["sh", "-c", "mkdir -p d/e keep; echo 1 > d/e/x; echo 1 > a; echo 1 > same; echo 1 > k"], timeout=10)
        before = box.snapshot()
        box.exec(["sh", "-c", "rm -r d; echo 2 > a; echo 1 > same; mkdir d; echo n > d/new; chmod 600 k"], timeout=10)
        after = box.snapshot()
        assert box.diff(before, after) == Diff(("d/new",), ("a", "k"), ("d/e", "d/e/x"))
        assert box.diff(after, before) == Diff(("d/e", "d/e/x"), ("a", "k"), ("d/new",))
        assert not box.diff(after, after)


def test_a_deep_history_is_flattened_and_stays_whole(store_runtime: Runtime) -> None:
    with Sandbox.create(SMALL, runtime=store_runtime) as box:
        snapshots = []
        for number in range(FLATTEN_AT + 6):
            box.write(f"f{number}", b"%d" % number)
            if number:
                box.write("last", b"%d" % number)
            snapshots.append(box.snapshot())
        assert sorted(box.exec(["ls"], timeout=20).stdout.split()) == sorted(
            [b"last", *(b"f%d" % number for number in range(FLATTEN_AT + 6))]
        )
        assert box.diff(snapshots[3], snapshots[-1]).deleted == ()
        assert len(box.diff(snapshots[3], snapshots[-1]).added) == FLATTEN_AT + 2
        box.rollback(snapshots[3])
        assert box.read("last") == b"3"


def test_snapshots_outlive_their_box_and_their_storage_goes_with_the_last_of_them(store_runtime: Runtime) -> None:
    if store_runtime.store.name != "overlay":
        root = store_runtime.directory / "cas" / "blobs"
        count = lambda: len(list(root.iterdir()))  # noqa: E731
    else:
        # Slots belong to the pool, whose thread makes them whenever it likes.
        count = lambda: sum("/slots/" not in path for path in mounts_below(str(store_runtime.directory)))  # noqa: E731
    collector.collect()
    store_runtime.sweeper.flush()
    before = count()
    box = Sandbox.create(SMALL, runtime=store_runtime)
    box.write("a", b"precious and unlike any other")
    snapshot = box.snapshot()
    box.close()
    del box
    with Sandbox.create(SMALL, base=snapshot) as again:
        assert again.read("a") == b"precious and unlike any other"
        assert count() > before
    del again, snapshot
    collector.collect()
    store_runtime.sweeper.flush()
    assert count() == before


def test_a_snapshot_of_another_tree_cannot_be_rolled_back_to(store_runtime: Runtime) -> None:
    with (
        Sandbox.create(SMALL, runtime=store_runtime) as one,
        Sandbox.create(SMALL, runtime=store_runtime) as other,
        pytest.raises(SnapshotError, match="another tree"),
    ):
        one.rollback(other.snapshot())


def test_a_workspace_that_is_held_open_gives_an_error_and_not_a_torn_snapshot(runtime: Runtime) -> None:
    with Sandbox.create(SMALL, runtime=runtime) as box:
        box.write("a", b"1")
        box.exec(["true"], timeout=10)
        with open(f"{box._container.slot}/a", "rb"), pytest.raises(BoxBusy):  # type: ignore[union-attr]
            box.snapshot()
        box.snapshot()


def test_a_container_never_serves_two_trees_and_never_both_attempts_and_verification(runtime: Runtime) -> None:
    with Sandbox.create(SMALL, runtime=runtime) as one:
        one.exec(["true"], timeout=10)
        attempt = one._container
        snapshot = one.snapshot()
    with Sandbox.create(SMALL, base=snapshot, read_only=True) as verifying:
        verifying.exec(["true"], timeout=10)
        assert verifying._container is not attempt
        verified_in = verifying._container
    with Sandbox.create(SMALL, base=snapshot) as sibling:
        sibling.exec(["true"], timeout=10)
        assert sibling._container is attempt
    with Sandbox.create(SMALL, runtime=runtime) as stranger:
        stranger.exec(["true"], timeout=10)
        assert stranger._container not in (attempt, verified_in)
