"""Envelopes, checkpoints and key files: known answers, and what each refuses."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artifacts import CorruptError, StoreError, UntrustedError
from assay.artifacts.checkpoint import Checkpoint, note_key_id
from assay.artifacts.dsse import Envelope, pae, sign
from assay.artifacts.keys import PublicKey, SigningKey, by_id, load_or_create
from assay.artifacts.trust import TrustRoot, new_root

KEY, OTHER = SigningKey.generate(), SigningKey.generate()
KIND = "application/vnd.in-toto+json"
HEAD = Checkpoint("example.com/log", 7, b"\x07" * 32)


def test_the_encoding_is_that_of_the_dsse_specification() -> None:
    assert pae("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_ed25519_signs_as_in_rfc_8032() -> None:
    public = PublicKey(bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert public.verifies(signature, b"\x72")
    assert not public.verifies(signature, b"\x73")


def test_the_key_id_of_a_note_is_that_of_the_go_checksum_database_example() -> None:
    # vkey "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW" of golang.org/x/mod/sumdb/note
    raw = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]
    assert note_key_id("PeterNeumann", PublicKey(raw)).hex() == "c74f20a3"


def test_an_envelope_gives_its_payload_to_who_knows_the_key() -> None:
    envelope = sign(KIND, b"payload", KEY)
    assert Envelope.parse(envelope).verified(KIND, by_id([KEY.public])) == b"payload"
    assert sign(KIND, b"payload", KEY) == envelope


def test_an_envelope_by_an_unknown_key_is_untrusted_and_one_that_was_changed_is_corrupt() -> None:
    envelope = json.loads(sign(KIND, b"payload", KEY))
    with pytest.raises(UntrustedError):
        Envelope.parse(json.dumps(envelope).encode()).verified(KIND, by_id([OTHER.public]))
    envelope["payload"] = base64.b64encode(b"another").decode()
    with pytest.raises(CorruptError, match="does not fit"):
        Envelope.parse(json.dumps(envelope).encode()).verified(KIND, by_id([KEY.public]))


def test_a_payload_of_one_type_is_never_read_as_another() -> None:
    with pytest.raises(CorruptError, match="of type"):
        Envelope.parse(sign("application/other", b"payload", KEY)).verified(KIND, by_id([KEY.public]))
    renamed = json.loads(sign("application/other", b"payload", KEY)) | {"payloadType": KIND}
    with pytest.raises(CorruptError, match="does not fit"):
        Envelope.parse(json.dumps(renamed).encode()).verified(KIND, by_id([KEY.public]))


def test_a_good_signature_does_not_save_an_envelope_from_a_bad_one_by_a_known_key() -> None:
    envelope = json.loads(sign(KIND, b"payload", KEY))
    envelope["signatures"].append({"keyid": OTHER.id, "sig": envelope["signatures"][0]["sig"]})
    with pytest.raises(CorruptError):
        Envelope.parse(json.dumps(envelope).encode()).verified(KIND, by_id([KEY.public, OTHER.public]))


@given(st.binary(max_size=200))
def test_rubbish_is_no_envelope_and_no_checkpoint(data: bytes) -> None:
    with pytest.raises(CorruptError):
        Envelope.parse(data)
    with pytest.raises(CorruptError):
        Checkpoint.parse(data)


def test_a_checkpoint_gives_its_tree_head_to_who_knows_the_key() -> None:
    note = HEAD.signed(KEY)
    assert Checkpoint.verified(note, HEAD.origin, [KEY.public]) == HEAD
    assert note.decode().split("\n")[:3] == ["example.com/log", "7", base64.b64encode(b"\x07" * 32).decode()]


def test_a_witness_may_add_its_signature_to_a_checkpoint() -> None:
    witness = base64.b64encode(b"\x01\x02\x03\x04" + OTHER.sign(b"whatever")).decode()
    note = HEAD.signed(KEY) + f"— witness.example {witness}\n".encode()
    assert Checkpoint.verified(note, HEAD.origin, [KEY.public]) == HEAD


def test_a_checkpoint_of_another_log_or_key_is_untrusted() -> None:
    with pytest.raises(UntrustedError, match="of the log"):
        Checkpoint.verified(HEAD.signed(KEY), "example.com/other", [KEY.public])
    with pytest.raises(UntrustedError, match="signed by no key"):
        Checkpoint.verified(HEAD.signed(OTHER), HEAD.origin, [KEY.public])


def test_no_changed_byte_of_a_checkpoint_goes_unnoticed() -> None:
    note = HEAD.signed(KEY)
    for place in range(len(note)):
        for bit in range(8):
            changed = bytearray(note)
            changed[place] ^= 1 << bit
            with pytest.raises((CorruptError, UntrustedError)):
                Checkpoint.verified(bytes(changed), HEAD.origin, [KEY.public])


def test_a_trust_root_is_signed_by_its_own_root_role() -> None:
    data = new_root(KEY)
    assert set(TrustRoot.parse(data).log_keys) == {KEY.id}
    document = json.loads(data)
    document["signed"]["roles"]["log"] = []
    with pytest.raises(CorruptError, match="signed by its own"):
        TrustRoot.parse(json.dumps(document, sort_keys=True, separators=(",", ":")).encode() + b"\n")
    with pytest.raises(CorruptError, match="canonical"):
        TrustRoot.parse(data + b"\n")


def test_a_key_file_is_made_once_with_mode_0600(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "daemon.pem"
    key = load_or_create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_or_create(path).id == key.id
    with pytest.raises(StoreError, match="never overwritten"):
        SigningKey.generate().save(path)


def test_a_key_file_that_others_may_read_is_refused_with_the_mend(tmp_path: Path) -> None:
    path = tmp_path / "daemon.pem"
    load_or_create(path)
    path.chmod(0o644)
    with pytest.raises(StoreError, match="chmod 600"):
        SigningKey.load(path)


def test_a_key_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "daemon.pem"
    path.write_text("not a key")
    path.chmod(0o600)
    with pytest.raises(StoreError, match="PEM"):
        SigningKey.load(path)
