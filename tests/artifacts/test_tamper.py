"""Whatever is done to a store's files is found, with the right exit bit: 1 corrupt, 2 untrusted."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assay.artifacts import Certification, Store, StoreError, audit
from assay.artifacts.checkpoint import Checkpoint
from assay.artifacts.dsse import IN_TOTO, Envelope, sign
from assay.artifacts.keys import SigningKey, by_id
from assay.artifacts.log import certificate_record, read_head, read_log
from assay.artifacts.trust import TrustRoot, new_root

Make = Callable[..., Certification]
PLACES_PER_FILE = 60
CORRUPT, UNTRUSTED, UNCHECKABLE = 1, 2, 4


def files_of(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def standalone(folder: Path, *options: str) -> int:
    """Exit status of this package's own verify.py (not of the store's copy, which is tampered with too)."""
    script = Path(__file__).parents[2] / "artifacts" / "standalone" / "verify.py"
    return subprocess.run([sys.executable, script, folder, *options], capture_output=True, check=False).returncode


def test_the_untouched_store_is_clean_at_every_level(folder: Path, tmp_path: Path) -> None:
    """The positive control of this file."""
    for level in ("integrity", "log"):
        report = audit(folder, level=level, remember=tmp_path / "remembered")  # type: ignore[arg-type]
        assert (report.exit_code, report.checked, report.findings) == (0, 3, ())
    assert report.to_json() == {"checked": 3, "corrupt": [], "untrusted": [], "uncheckable": [], "disagree": []}
    assert (tmp_path / "remembered").read_bytes() == (folder / "log" / "checkpoint").read_bytes()
    assert standalone(folder) == 0


def test_a_folder_that_is_not_there_is_an_error_and_no_audit(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store at"):
        audit(tmp_path / "nowhere")
    assert audit(tmp_path).exit_code == CORRUPT, "an emptied store is corrupt"


def test_every_flipped_bit_is_found(folder: Path) -> None:
    """All files; in each, both ends and places drawn at random."""
    draw = random.Random(20)
    for name in files_of(folder):
        path = folder / name
        data = path.read_bytes()
        places = range(len(data)) if len(data) <= PLACES_PER_FILE else {0, len(data) - 1}
        places = {*places, *(draw.randrange(len(data)) for _ in range(PLACES_PER_FILE))}
        for place in sorted(places):
            bit = draw.randrange(8)
            path.write_bytes(data[:place] + bytes([data[place] ^ (1 << bit)]) + data[place + 1 :])
            code = audit(folder, level="integrity").exit_code
            # A checkpoint whose flipped bit is in a name reads as one by somebody else.
            assert code & CORRUPT or (name == "log/checkpoint" and code == UNTRUSTED), (name, place, bit)
        path.write_bytes(data)
    assert audit(folder).exit_code == 0


def test_every_deleted_file_is_found(folder: Path) -> None:
    for name in files_of(folder):
        data = (folder / name).read_bytes()
        (folder / name).unlink()
        assert audit(folder, level="integrity").exit_code == CORRUPT, name
        (folder / name).write_bytes(data)


def test_every_truncated_or_extended_file_is_found(folder: Path) -> None:
    for name in files_of(folder):
        data = (folder / name).read_bytes()
        for changed in (b"", data[: len(data) // 2], data[:-1], data + b"\n", data + data):
            (folder / name).write_bytes(changed)
            assert audit(folder, level="integrity").exit_code == CORRUPT, (name, len(changed))
        (folder / name).write_bytes(data)


def test_every_two_swapped_files_are_found(folder: Path) -> None:
    names = files_of(folder)
    for first, second in zip(names, names[1:] + names[:1], strict=True):
        one, two = (folder / first).read_bytes(), (folder / second).read_bytes()
        (folder / first).write_bytes(two)
        (folder / second).write_bytes(one)
        assert audit(folder, level="integrity").exit_code & CORRUPT, (first, second)
        (folder / first).write_bytes(one)
        (folder / second).write_bytes(two)


@pytest.mark.parametrize(
    "name",
    ["notes.txt", "certs/extra.intoto.jsonl", "log/tile/0/001", "blobs/sha256/ab/" + "ab" * 32, "trust/other.pem"],
)
def test_an_unknown_file_is_found(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("hello")
    report = audit(folder, level="integrity")
    assert report.exit_code == CORRUPT
    assert [finding.id for finding in report.corrupt] == [name]


def test_a_link_in_place_of_a_file_is_found_even_if_it_leads_to_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    name = next(name for name in files_of(folder) if name.startswith("blobs/"))
    shutil.move(folder / name, tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    assert [finding.id for finding in audit(folder).corrupt] == [name]


def test_a_damaged_blob_is_reported_for_the_certificate_that_needs_it_and_no_other(folder: Path) -> None:
    with Store.open(folder, read_only=True) as store:
        certificate = store.get(store.ids()[1])
    blob = folder / "blobs" / "sha256" / certificate.answer_digest[:2] / certificate.answer_digest
    blob.write_bytes(b"{}")
    assert [finding.id for finding in audit(folder).corrupt] == [certificate.id]
    assert audit(folder, ids=[certificate.id]).exit_code == CORRUPT
    with Store.open(folder, read_only=True) as store:
        assert audit(folder, ids=[store.ids()[0]]).exit_code == 0


def test_asking_for_a_certificate_that_is_not_there_is_uncheckable(folder: Path) -> None:
    assert audit(folder, ids=["0" * 64]).exit_code == UNCHECKABLE


def test_an_envelope_signed_again_with_another_key_is_corrupt_and_untrusted(folder: Path) -> None:
    path = sorted((folder / "certs").iterdir())[0]
    path.write_bytes(sign(IN_TOTO, Envelope.parse(path.read_bytes()).payload, SigningKey.generate()))
    assert audit(folder).exit_code == CORRUPT | UNTRUSTED


def test_an_envelope_replayed_under_another_name_is_found(folder: Path) -> None:
    first, second, _ = sorted((folder / "certs").iterdir())
    second.write_bytes(first.read_bytes())
    report = audit(folder)
    assert report.exit_code == CORRUPT
    assert {finding.id for finding in report.corrupt} == {second.name.split(".")[0]}


def test_a_checkpoint_signed_by_another_key_is_untrusted(folder: Path) -> None:
    path = folder / "log" / "checkpoint"
    path.write_bytes(Checkpoint.parse(path.read_bytes()).signed(SigningKey.generate()))
    assert audit(folder).exit_code == UNTRUSTED
    assert standalone(folder) == 1


def test_a_statement_that_says_more_than_was_shown_is_found_though_the_right_key_signed_it(
    folder: Path, key: Path
) -> None:
    """Whoever holds the key can sign and log anything; what it says must still be a statement of ours."""
    signing = SigningKey.load(key)
    path = sorted((folder / "certs").iterdir())[0]
    statement = json.loads(Envelope.parse(path.read_bytes()).payload)
    statement["predicate"]["verdict"] |= {"status": "proved", "strength": "sampled"}
    payload = json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    forge(folder, signing, payload)
    report = audit(folder)
    assert report.exit_code == CORRUPT
    assert "proved with strength sampled" in report.corrupt[0].problem
    assert standalone(folder) == 1


def test_a_certificate_of_a_kind_that_the_policy_does_not_name_is_untrusted(folder: Path, key: Path) -> None:
    path = sorted((folder / "certs").iterdir())[0]
    statement = json.loads(Envelope.parse(path.read_bytes()).payload)
    statement["predicateType"] = "https://example.com/other/v1"
    payload = json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    forge(folder, SigningKey.load(key), payload)
    assert audit(folder).exit_code == UNTRUSTED


def forge(folder: Path, key: SigningKey, payload: bytes) -> None:
    """Add a certificate with any payload the way the key's holder could: envelope, log entry, tiles, checkpoint."""
    origin = TrustRoot.parse((folder / "trust" / "root.json").read_bytes()).origin
    log = read_log(read_head(folder, origin, by_id([key.public])))
    envelope = sign(IN_TOTO, payload, key)
    certificate_id = hashlib.sha256(payload).hexdigest()
    log.append([certificate_record(certificate_id, envelope)])
    (folder / "certs" / f"{certificate_id}.intoto.jsonl").write_bytes(envelope)
    shutil.rmtree(folder / "log")
    for name, data in log.files_since(0).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "log" / "checkpoint").write_bytes(log.checkpoint(origin).signed(key))


def test_a_rollback_is_found_by_who_remembers_a_checkpoint_and_by_nobody_else(
    folder: Path, tmp_path: Path, make: Make
) -> None:
    shutil.copytree(folder, tmp_path / "old")
    with Store.open(folder) as store:
        store.certify(make(30))
    remembered = tmp_path / "remembered"
    assert audit(folder, remember=remembered).exit_code == 0
    shutil.rmtree(folder)
    shutil.move(tmp_path / "old", folder)
    assert audit(folder).exit_code == 0, "without a memory an old store is a good store: the positive control"
    kept = remembered.read_bytes()
    report = audit(folder, remember=remembered)
    assert report.exit_code == CORRUPT
    assert "rolled back" in report.corrupt[0].problem
    assert remembered.read_bytes() == kept, "the memory is not replaced by what contradicts it"
    assert standalone(folder, "--remembered", str(remembered)) == 1
    assert standalone(folder) == 0


def test_a_split_view_is_found_by_who_remembers_a_checkpoint(folder: Path, tmp_path: Path, make: Make) -> None:
    shutil.copytree(folder.parent, tmp_path / "fork")
    with Store.open(folder) as store:
        store.certify(make(30))
    with Store.open(tmp_path / "fork" / "store") as store:
        store.certify_many([make(31), make(32)])
    remembered = tmp_path / "remembered"
    assert audit(folder, remember=remembered).exit_code == 0
    assert audit(tmp_path / "fork" / "store").exit_code == 0
    report = audit(tmp_path / "fork" / "store", remember=remembered)
    assert report.exit_code == UNTRUSTED
    assert "split view" in report.untrusted[0].problem
    assert standalone(tmp_path / "fork" / "store", "--remembered", str(remembered)) == 1


def test_with_a_trust_root_from_elsewhere_the_stores_own_may_not_be_missing_or_another(
    folder: Path, tmp_path: Path
) -> None:
    root = tmp_path / "root.json"
    shutil.copy(folder / "trust" / "root.json", root)
    assert audit(folder, trust=root).exit_code == 0
    (folder / "trust" / "root.json").write_bytes(new_root(SigningKey.generate()))
    assert audit(folder, trust=root).exit_code == CORRUPT
    (folder / "trust" / "root.json").unlink()
    assert audit(folder, trust=root).exit_code == CORRUPT


def test_an_honestly_grown_log_extends_what_was_remembered(folder: Path, tmp_path: Path, make: Make) -> None:
    for number in range(40, 46):
        assert audit(folder, remember=tmp_path / "remembered").exit_code == 0
        with Store.open(folder) as store:
            store.certify_many([make(number), make(-number)])
    assert audit(folder, remember=tmp_path / "remembered").exit_code == 0


def test_a_damaged_memory_is_uncheckable_and_not_replaced(folder: Path, tmp_path: Path) -> None:
    remembered = tmp_path / "remembered"
    remembered.write_bytes(b"garbage")
    assert audit(folder, remember=remembered).exit_code == UNCHECKABLE
    assert remembered.read_bytes() == b"garbage"


def test_a_store_rebuilt_as_a_whole_with_another_key_is_untrusted_to_who_knows_the_root_or_a_checkpoint(
    folder: Path, tmp_path: Path, make: Make
) -> None:
    remembered, root = tmp_path / "remembered", tmp_path / "root.json"
    assert audit(folder, remember=remembered).exit_code == 0
    shutil.copy(folder / "trust" / "root.json", root)
    shutil.rmtree(folder)
    with Store.open(folder, create=True, key=tmp_path / "mallory.pem") as store:
        store.certify_many([make(n) for n in range(9)])
    assert audit(folder).exit_code == 0, "whoever knows nothing of the store believes its own root: the control"
    assert audit(folder, remember=remembered).exit_code == UNTRUSTED
    assert audit(folder, trust=root).exit_code == UNTRUSTED
    assert standalone(folder) == 0
    assert standalone(folder, "--root", str(root)) == 1
    assert standalone(folder, "--remembered", str(remembered)) == 1


def test_the_standalone_checker_finds_what_the_audit_finds(folder: Path) -> None:
    draw = random.Random(7)
    for name in files_of(folder):
        path = folder / name
        data = path.read_bytes()
        place = draw.randrange(len(data))
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert standalone(folder) == 1, (name, place)
        path.unlink()
        assert standalone(folder) == 1, name
        path.write_bytes(data)
    (folder / "extra").write_text("")
    assert standalone(folder) == 1
