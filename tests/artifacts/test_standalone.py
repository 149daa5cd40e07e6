"""verify.py as a stranger meets it: in the store, with the system's python3 and openssl, nothing of ours in reach."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assay.artifacts import Certification, Store
from assay.artifacts.dsse import Envelope, pae

Make = Callable[..., Certification]


def run(script: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    # -I: no site packages of ours, no environment, no current folder on the path.
    command = [sys.executable, "-I", "-S", str(script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_copied_store_checks_itself(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    done = run(tmp_path / "copy" / "verify.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("ok: 3 certificate(s)")


def test_a_store_with_full_tiles_checks_itself(tmp_path: Path, make: Make) -> None:
    with Store.open(tmp_path / "store", create=True) as store:
        store.certify_many([make(n) for n in range(260)])
    done = run(tmp_path / "store" / "verify.py")
    assert (done.returncode, done.stdout[:7]) == (0, "ok: 260"), done.stdout


def test_one_certificate_and_its_proof_check_without_the_store(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder, read_only=True) as store:
        for number, certificate_id in enumerate(store.ids()):
            (tmp_path / f"{number}.jsonl").write_bytes(store.envelope(certificate_id))
            (tmp_path / f"{number}.tlog-proof").write_bytes(store.proof(certificate_id))
    for name in ("verify.py", "trust/root.json"):
        shutil.move(folder / name, tmp_path)
    shutil.rmtree(folder)

    def check(certificate: int, proof: int) -> subprocess.CompletedProcess[str]:
        files = ["--certificate", tmp_path / f"{certificate}.jsonl", "--proof", tmp_path / f"{proof}.tlog-proof"]
        return run(tmp_path / "verify.py", *files, "--root", tmp_path / "root.json")

    assert [check(n, n).returncode for n in range(3)] == [0, 0, 0]
    wrong = check(0, 1)
    assert wrong.returncode == 1
    assert "does not lead" in wrong.stdout


def test_the_standalone_signature_check_is_openssls(folder: Path, tmp_path: Path) -> None:
    """What FORMAT.md says can be done by hand."""
    path = next((folder / "certs").iterdir())
    envelope = Envelope.parse(path.read_bytes())
    key_id, signature = envelope.signatures[0]
    (tmp_path / "signature").write_bytes(signature)
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(folder / "trust" / f"{key_id[:16]}.pem")]
    command += ["-rawin", "-in", str(tmp_path / "message"), "-sigfile", str(tmp_path / "signature")]
    for payload, status in ((envelope.payload, 0), (envelope.payload + b" ", 1)):
        (tmp_path / "message").write_bytes(pae(envelope.payload_type, payload))
        assert subprocess.run(command, capture_output=True, check=False).returncode == status


def test_without_openssl_it_says_so_and_does_not_pass(folder: Path, tmp_path: Path) -> None:
    script = folder / "verify.py"
    done = subprocess.run(
        [sys.executable, "-I", str(script)], capture_output=True, text=True, check=False, env={"PATH": str(tmp_path)}
    )
    assert done.returncode == 2
    assert "openssl" in done.stderr


@pytest.mark.parametrize("rubbish", [b"", b"{}", b"[]", b"\xff", b"null", json.dumps({"signed": {}}).encode()])
def test_a_rubbish_root_is_a_finding_and_no_traceback(folder: Path, rubbish: bytes) -> None:
    (folder / "trust" / "root.json").write_bytes(rubbish)
    done = run(folder / "verify.py")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
