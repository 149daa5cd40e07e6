"""Certifying and reading back: what a certificate binds, idempotence, locks, keys, reading without writing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from assay.artifacts import (
    Certification,
    CertificationError,
    CorruptError,
    Origin,
    Store,
    StoreError,
    audit,
    default_key_path,
)
from assay.artifacts.checkpoint import Checkpoint
from assay.artifacts.commit import STEPS
from assay.verifiers import Claim, Validation, Verdict, digest

Make = Callable[..., Certification]


def test_a_certificate_reads_back_as_what_was_certified(folder: Path, make: Make) -> None:
    with Store.open(folder, read_only=True) as store:
        certificate = store.get(store.ids()[0])
        wanted = make(0)
        assert certificate.id == wanted.id
        assert certificate.claim == wanted.claim
        assert certificate.answer_digest == digest(wanted.answer)
        assert store.answer(certificate) == wanted.answer
        assert store.evidence(certificate) == dict(wanted.verdict.evidence)
        assert (certificate.status, certificate.strength) == ("proved", "solvers-agree")
        assert (certificate.verifier, certificate.verifier_version) == ("smt", "1")
        assert certificate.policy == "a" * 64
        assert certificate.predicate["limits"] == {"budget": {"seconds": 10}, "cpus": "0.5", "pids": 64}
        assert certificate.predicate["problem"] == vars(Origin("smt", "A.linear", 1, 0))


def test_ids_are_in_log_order_and_every_one_can_be_got(folder: Path, make: Make) -> None:
    with Store.open(folder, read_only=True) as store:
        first, second, third = store.ids()
        assert [make(0).id, make(1).id] == [first, second]
        assert store.get(third).parents == (first,)
        assert store.count() == 3
        assert first in store
        assert "0" * 64 not in store
        with pytest.raises(KeyError):
            store.get("0" * 64)


def test_certifying_the_same_again_returns_the_same_id_and_changes_no_byte(folder: Path, make: Make) -> None:
    before = contents(folder)
    with Store.open(folder) as store:
        assert store.certify(make(0)) == make(0).id
        assert store.certify_many([make(1), make(0), make(1)]) == [make(1).id, make(0).id, make(1).id]
        assert store.certify_many([]) == []
    assert contents(folder) == before


def test_a_batch_with_a_certification_twice_logs_it_once(tmp_path: Path, make: Make) -> None:
    with Store.open(tmp_path / "store", create=True) as store:
        assert store.certify_many([make(5), make(5)]) == [make(5).id] * 2
        assert store.count() == 1


def test_wall_time_is_no_part_of_what_is_certified(make: Make) -> None:
    verdict = make(0).verdict
    slower = Verdict(**{**{name: getattr(verdict, name) for name in verdict.__dataclass_fields__}, "seconds": 9.0})
    assert make(0, verdict=slower).id == make(0).id
    assert make(0, attempt="another").id != make(0).id


@pytest.mark.parametrize("status", ["refuted", "cheat", "unknown", "timeout", "error"])
def test_only_accepted_verdicts_can_be_certified(make: Make, status: str) -> None:
    assert make(0)  # the positive control
    with pytest.raises(CertificationError, match="only proved and passed"):
        make(0, verdict=Verdict(status, "smt", "no"))  # type: ignore[arg-type]


def test_a_vetoed_verdict_cannot_be_certified(make: Make) -> None:
    with pytest.raises(CertificationError, match="vetoed by hard-coded"):
        make(0, validations=(Validation("hard-coded", vetoed=True, reason="a table of the examples"),))


def test_tests_that_passed_are_never_stated_as_proved(tmp_path: Path, make: Make) -> None:
    with Store.open(tmp_path / "store", create=True) as store:
        certificate = store.get(store.certify(make(0, verdict=Verdict("passed", "python", "100 of 100", "sampled"))))
    assert certificate.status == "passed"
    assert "no proof" in certificate.predicate["shown"]
    assert "proved" not in json.dumps(dict(certificate.predicate))


def test_a_parent_must_be_in_the_store_or_in_the_batch(folder: Path, make: Make) -> None:
    with Store.open(folder) as store:
        with pytest.raises(CertificationError, match="not in this store"):
            store.certify(make(7, parents=(make(8).id,)))
        assert store.certify_many([make(8), make(7, parents=(make(8).id,))])
    with pytest.raises(CertificationError, match="no certificate id"):
        make(7, parents=("abc",))


def test_an_answer_without_canonical_json_is_refused_before_anything_is_written(folder: Path, make: Make) -> None:
    before = contents(folder)
    with Store.open(folder) as store, pytest.raises(ValueError, match="float"):
        store.certify_many([make(9), make(10, answer=0.5)])
    assert contents(folder) == before


def test_big_integers_and_any_text_survive(tmp_path: Path, make: Make) -> None:
    answer = {"big": 10**40, "text": "π \u2028 \x00 \U0001f600", "empty": ""}
    with Store.open(tmp_path / "store", create=True) as store:
        certificate = store.get(store.certify(make(0, answer=answer, claim=Claim({"kind": "x/v1", "n": 2**70}))))
        assert store.answer(certificate) == answer
        assert certificate.claim.body["n"] == 2**70
    assert audit(tmp_path / "store").exit_code == 0


def test_a_second_writer_is_refused_and_readers_are_not(folder: Path) -> None:
    with Store.open(folder):
        with pytest.raises(StoreError, match="open for writing elsewhere"):
            Store.open(folder)
        with Store.open(folder, read_only=True) as reader:
            assert reader.count() == 3
    Store.open(folder).close()


def test_a_store_that_is_missing_or_not_one_is_an_error_with_the_mend(tmp_path: Path) -> None:
    for read_only in (True, False):
        with pytest.raises(StoreError, match="no store at"):
            Store.open(tmp_path / "nowhere", read_only=read_only)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.tex").write_text("years of work")
    with pytest.raises(StoreError, match=r"thesis\.tex"):
        Store.open(tmp_path / "full", create=True)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["thesis.tex"]


def test_a_store_whose_checkpoint_is_gone_is_not_made_anew_over_its_certificates(folder: Path) -> None:
    (folder / "log" / "checkpoint").unlink()
    with pytest.raises(StoreError, match="choose an empty folder"):
        Store.open(folder, create=True)


def test_another_key_cannot_write(folder: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "other", create=True, key=tmp_path / "other.pem"):
        pass
    with pytest.raises(StoreError, match="does not name the key"):
        Store.open(folder, key=tmp_path / "other.pem")


def test_a_lost_key_is_not_replaced_by_a_new_one(folder: Path) -> None:
    key = default_key_path(folder)
    kept = key.read_bytes()
    key.unlink()
    for create in (True, False):
        with pytest.raises(StoreError, match="restore the key file"):
            Store.open(folder, create=create)
    assert not key.exists()
    assert kept not in contents(folder).values()
    with Store.open(folder, read_only=True) as store:
        assert store.count() == 3


def test_a_read_only_store_does_not_certify(folder: Path, make: Make) -> None:
    with Store.open(folder, read_only=True) as store, pytest.raises(StoreError, match="read-only"):
        store.certify(make(4))


def test_the_private_key_is_not_in_the_store(folder: Path, key: Path) -> None:
    secret = key.read_text().split("\n")[1]
    assert all(secret.encode() not in data for data in contents(folder).values())


def test_reading_and_auditing_a_copy_open_nothing_for_writing(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    script = """
import sys
written = []
def watch(event, arguments):
    if event == "open" and str(arguments[0]).startswith(sys.argv[1]):
        if arguments[1] not in (None, "r", "rb") or arguments[2] & 3:
            written.append(arguments)
    elif event in ("os.rename", "os.remove", "os.mkdir", "os.chmod") and str(arguments[0]).startswith(sys.argv[1]):
        written.append((event, arguments))
from assay.artifacts import Store, audit, explain
sys.addaudithook(watch)
store = Store.open(sys.argv[1], read_only=True)
for certificate_id in store.ids():
    explain(store, certificate_id).text(), store.proof(certificate_id)
assert store.count() == 3 and audit(sys.argv[1]).exit_code == 0
assert not written, written
"""
    subprocess.run([sys.executable, "-c", script, str(copy)], check=True, cwd=tmp_path)


@pytest.mark.parametrize("damage", ["envelope", "answer", "evidence"])
def test_reading_what_was_changed_is_an_error_and_never_an_answer(folder: Path, damage: str) -> None:
    with Store.open(folder, read_only=True) as store:
        certificate = store.get(store.ids()[0])
        name = {
            "envelope": f"certs/{certificate.id}.intoto.jsonl",
            "answer": f"blobs/sha256/{certificate.answer_digest[:2]}/{certificate.answer_digest}",
            "evidence": "blobs/sha256/{0:.2}/{0}".format(certificate.evidence_digests["model"]),
        }[damage]
        data = bytearray((folder / name).read_bytes())
        data[len(data) // 2] ^= 1
        (folder / name).write_bytes(data)
        act = {"envelope": lambda: store.get(certificate.id), "answer": lambda: store.answer(certificate)}
        with pytest.raises(CorruptError):
            act.get(damage, lambda: store.evidence(certificate))()


def test_a_store_grows_through_full_tiles_and_stays_readable(tmp_path: Path, make: Make) -> None:
    with Store.open(tmp_path / "store", create=True) as store:
        for start in range(0, 600, 150):
            store.certify_many([make(n) for n in range(start, start + 150)])
        wanted = store.ids()
        assert Checkpoint.parse(store.checkpoint).size == 601
    with Store.open(tmp_path / "store", read_only=True) as store:
        assert store.ids() == wanted
        assert store.get(wanted[599]).id == wanted[599]
    tiles = tmp_path / "store" / "log" / "tile"
    assert {str(path.relative_to(tiles)) for path in tiles.rglob("*") if path.is_file()} == {
        "entries/000", "entries/001", "entries/002.p/89", "0/000", "0/001", "0/002.p/89", "1/000.p/2",
    }  # fmt: skip
    assert audit(tmp_path / "store").exit_code == 0


def test_audits_beside_a_live_writer_find_nothing_wrong(folder: Path, make: Make) -> None:
    stop, counts = threading.Event(), []

    def write() -> None:
        with Store.open(folder) as store:
            for number in range(10, 10_000):
                if stop.is_set():
                    break
                store.certify_many([make(number), make(-number)])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(counts) < 20 or counts[-1] == counts[0]:
            report = audit(folder)
            assert report.findings == ()
            counts.append(report.checked)
            with Store.open(folder, read_only=True) as reader:
                assert reader.get(reader.ids()[-1])
    finally:
        stop.set()
        writer.join()
    assert counts == sorted(counts)


def test_an_audit_at_any_step_of_a_commit_finds_nothing_wrong(folder: Path, make: Make) -> None:
    seen: list[tuple[str, int]] = []

    def audit_now(step: str) -> None:
        report = audit(folder)
        assert report.findings == ()
        seen.append((step, report.checked))

    with Store.open(folder, on_step=audit_now) as store:
        store.certify(make(20))
    assert seen == [("pending", 3), ("files", 3), ("checkpoint", 4), ("removals", 4), ("done", 4)]


@pytest.mark.parametrize("step", STEPS)
def test_an_audit_whose_listing_is_older_than_a_whole_commit_or_part_of_one_finds_nothing_wrong(
    folder: Path, make: Make, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The audit lists, then a writer starts and stops at ``step``, then the audit goes on."""
    module = sys.modules["assay.artifacts.audit"]
    real, began = module.read_head, []

    class Stopped(BaseException):
        pass

    def stop(reached: str) -> None:
        if reached == step:
            raise Stopped

    def commit_then_read(*arguments: Any) -> Any:
        if not began:
            began.append(True)
            monkeypatch.setattr("assay.artifacts.store.recover", lambda *arguments: None)
            with Store.open(folder, on_step=stop) as store, suppress(Stopped):
                store.certify_many([make(20), make(21)])
        return real(*arguments)

    monkeypatch.setattr(module, "read_head", commit_then_read)
    assert audit(folder).findings == ()
    assert began


def test_a_failed_write_leaves_the_store_as_it_was_and_usable(folder: Path, make: Make) -> None:
    before = contents(folder)

    def fail_at_checkpoint(step: str) -> None:
        if step == "files" and not failed:
            failed.append(step)
            raise OSError("no space left on device")

    failed: list[str] = []
    with Store.open(folder, on_step=fail_at_checkpoint) as store:
        with pytest.raises(OSError, match="no space"):
            store.certify(make(11))
        assert contents(folder) == before
        assert make(11).id not in store
        assert store.certify(make(11)) == make(11).id
    assert audit(folder).exit_code == 0


def contents(folder: Path) -> dict[str, bytes]:
    return {
        os.path.relpath(os.path.join(where, name), folder): Path(where, name).read_bytes()
        for where, _, names in os.walk(folder)
        for name in names
    }
