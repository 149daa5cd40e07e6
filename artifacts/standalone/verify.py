#!/usr/bin/env python3
# ruff: noqa: T201
"""Check a store of assay certificates, or one certificate, offline, with python3 (3.9 or later) and openssl (3.0) only.

    python3 verify.py [STORE] [--root ROOT.json] [--remembered CHECKPOINT]
    python3 verify.py --certificate FILE.intoto.jsonl --proof FILE.tlog-proof --root ROOT.json

Exit status 0: everything holds. 1: something does not, each thing on a line. 2: it could not be checked here.

It shares no code with assay on purpose: FORMAT.md is the specification, and this is a second reading of it. It does not
re-run verifiers: what it shows is that these verdicts were signed, logged and left alone.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any

PREDICATE = "https://assay.dev/verification/v1"
SHOWN = {
    ("proved", "kernel-checked"), ("proved", "solvers-agree"), ("proved", "single-solver"), ("proved", "bounded"),
    ("passed", "bounded"), ("passed", "sampled"),
}  # fmt: skip


class Wrong(Exception):
    """Something that does not hold. The text says what."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def pae(kind: str, payload: bytes) -> bytes:
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(payload), payload)


def read(*parts: str) -> bytes:
    try:
        with open(os.path.join(*parts), "rb") as file:
            return file.read()
    except OSError as error:
        raise Wrong(f"{parts[-1]}: cannot be read ({error.strerror})") from None


class Keys:
    """Public keys as files for openssl, by id."""

    def __init__(self, folder: str, raw_keys: dict[str, bytes]) -> None:
        self.folder, self.raw = folder, raw_keys
        for key_id, raw in raw_keys.items():
            # SubjectPublicKeyInfo of an Ed25519 key: a fixed head, then the 32 bytes.
            der = bytes.fromhex("302a300506032b6570032100") + raw
            with open(os.path.join(folder, key_id), "w") as file:
                body = base64.b64encode(der).decode()
                file.write(f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n")

    def check(self, key_id: str, signature: bytes, message: bytes, what: str) -> None:
        """Raises Wrong unless the key made the signature."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            paths = [os.path.join(folder, name) for name in ("message", "signature")]
            for path, data in zip(paths, (message, signature)):  # noqa: B905 - strict= needs Python 3.10
                with open(path, "wb") as file:
                    file.write(data)
            command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", os.path.join(self.folder, key_id)]
            command += ["-rawin", "-in", paths[0], "-sigfile", paths[1]]
            if subprocess.run(command, capture_output=True, check=False).returncode != 0:
                raise Wrong(f"{what}: the signature by {key_id[:16]} does not fit")


class Root:
    """trust/root.json: the log's name, the keys, and who may sign what."""

    def __init__(self, data: bytes, folder: str) -> None:
        try:
            document = json.loads(data)
            signed = document["signed"]
            raw = {key_id: base64.b64decode(key["public"]) for key_id, key in signed["keys"].items()}
            self.origin, self.roles = signed["origin"], signed["roles"]
            signatures = [(entry["keyid"], base64.b64decode(entry["sig"])) for entry in document["signatures"]]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Wrong(f"root.json: is malformed ({error!r})") from None
        if canonical(document) + b"\n" != data or any(sha256(key) != key_id for key_id, key in raw.items()):
            raise Wrong("root.json: is not in its canonical form")
        self.keys = Keys(folder, raw)
        message = pae("application/vnd.assay.root+json", canonical(signed))
        if not signatures:
            raise Wrong("root.json: is not signed")
        for key_id, signature in signatures:
            if key_id not in self.roles["root"]:
                raise Wrong(f"root.json: {key_id[:16]} has no root role")
            self.keys.check(key_id, signature, message, "root.json")

    def checkpoint(self, note: bytes) -> tuple[int, bytes]:
        """(size, root hash) of a signed tree head."""
        try:
            text, tail = note.decode().rsplit("\n\n", 1)
            origin, size, root = text.split("\n")
            *lines, end = tail.split("\n")
            signatures = [line.split(" ") for line in lines]
            blobs = [base64.b64decode(encoded) for dash, name, encoded in signatures if name == origin]
            canonical_form = [f"— {origin} {base64.b64encode(blob).decode()}" for blob in blobs]
            if end or [line for line in lines if f" {origin} " in line] != canonical_form:
                raise ValueError("signature lines")
            head = int(size), base64.b64decode(root)
        except ValueError as error:
            raise Wrong(f"checkpoint: is malformed ({error})") from None
        if origin != self.origin:
            raise Wrong(f"checkpoint: is of the log {origin!r}, not {self.origin!r}")
        signed = False
        for key_id in self.roles["log"]:
            short = hashlib.sha256(origin.encode() + b"\n\x01" + self.keys.raw[key_id]).digest()[:4]
            for blob in blobs:
                if blob[:4] == short:
                    self.keys.check(key_id, blob[4:], text.encode() + b"\n", "checkpoint")
                    signed = True
        if not signed:
            raise Wrong("checkpoint: is signed by no key that root.json names for the log")
        return head

    def statement(self, data: bytes, what: str) -> tuple[str, dict[str, Any]]:
        """(id, statement) of a certificate's envelope."""
        try:
            envelope = json.loads(data)
            payload = base64.b64decode(envelope["payload"], validate=True)
            signatures = [(entry["keyid"], base64.b64decode(entry["sig"])) for entry in envelope["signatures"]]
            if envelope["payloadType"] != "application/vnd.in-toto+json":
                raise ValueError(envelope["payloadType"])
        except (ValueError, KeyError, TypeError) as error:
            raise Wrong(f"{what}: is no DSSE envelope ({error!r})") from None
        known = [pair for pair in signatures if pair[0] in self.roles["certificates"]]
        if not known:
            raise Wrong(f"{what}: is signed by no key that root.json names for certificates")
        for key_id, signature in known:
            self.keys.check(key_id, signature, pae("application/vnd.in-toto+json", payload), what)
        statement = json.loads(payload)
        predicate = statement["predicate"]
        claim, verdict = predicate["claim"], predicate["verdict"]
        subject = [{"name": "answer", "digest": predicate["answer"]}]
        if statement["predicateType"] != PREDICATE or statement["subject"] != subject:
            raise Wrong(f"{what}: is no verification of its answer")
        if (verdict["status"], verdict["strength"]) not in SHOWN:
            raise Wrong(f"{what}: claims {verdict['status']} with strength {verdict['strength']}")
        if sha256(canonical(claim["body"])) != claim["sha256"]:
            raise Wrong(f"{what}: the claim does not hash to its digest")
        return sha256(payload), statement


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_head(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node(tree_head(leaves[:split]), tree_head(leaves[split:]))


def tile_name(level: int | str, index: int, width: int) -> str:
    name = f"{index % 1000:03d}"
    while index >= 1000:
        index //= 1000
        name = f"x{index % 1000:03d}/{name}"
    return f"log/tile/{level}/{name}" + ("" if width == 256 else f".p/{width}")


def entries_of(store: str, size: int) -> tuple[list[bytes], list[str]]:
    """(entries, paths of the bundles)"""
    entries, paths = [], []
    for start in range(0, size, 256):
        width = min(256, size - start)
        paths.append(tile_name("entries", start // 256, width))
        data, at, count = read(store, paths[-1]), 0, 0
        while at < len(data):
            length = int.from_bytes(data[at : at + 2], "big")
            entries.append(data[at + 2 : at + 2 + length])
            at, count = at + 2 + length, count + 1
        if at != len(data) or count != width:
            raise Wrong(f"{paths[-1]}: does not hold {width} entries")
    return entries, paths


def check_tiles(store: str, leaves: list[bytes]) -> list[str]:
    """Hash tiles hold what the entries hash to. Returns their paths."""
    paths, level, row = [], 0, leaves
    while row:
        for start in range(0, len(row), 256):
            hashes = row[start : start + 256]
            paths.append(tile_name(level, start // 256, len(hashes)))
            if read(store, paths[-1]) != b"".join(hashes):
                raise Wrong(f"{paths[-1]}: does not hold the hashes of the entries")
        row = [tree_head(row[start : start + 256]) for start in range(0, len(row) // 256 * 256, 256)]
        level += 1
    return paths


def check_certificate(store: str, root: Root, certificate_id: str, envelope_digest: str) -> list[str]:
    """Paths of the certificate's blobs. Raises Wrong."""
    name = f"certs/{certificate_id}.intoto.jsonl"
    data = read(store, name)
    if sha256(data) != envelope_digest:
        raise Wrong(f"{name}: is not the envelope that was logged")
    found, statement = root.statement(data, name)
    if found != certificate_id:
        raise Wrong(f"{name}: holds certificate {found}")
    predicate = statement["predicate"]
    paths = []
    for digest in [predicate["answer"]["sha256"], *predicate["verdict"]["evidence"].values()]:
        paths.append(f"blobs/sha256/{digest[:2]}/{digest}")
        if sha256(read(store, paths[-1])) != digest:
            raise Wrong(f"{paths[-1]}: does not hash to its name (certificate {certificate_id})")
    return paths


def check_store(store: str, root: Root, remembered: str | None) -> tuple[list[str], int]:
    """Problems found, and the number of certificates."""
    size, head = root.checkpoint(read(store, "log/checkpoint"))
    entries, known = entries_of(store, size)
    leaves = [hashlib.sha256(b"\x00" + entry).digest() for entry in entries]
    if tree_head(leaves) != head:
        raise Wrong("log: the entries do not have the root hash that the checkpoint signs")
    known += check_tiles(store, leaves)
    problems, certificates, own = [], {}, {}
    for entry in map(json.loads, entries):
        if entry["type"] == "certificate":
            certificates[entry["certificate"]] = entry["envelope"]
        else:
            own.update(entry["files"])
    for path, digest in own.items():
        if sha256(read(store, path)) != digest:
            problems.append(f"{path}: is not the file that was logged")
    if remembered is not None:
        old_size, old_head = root.checkpoint(read(remembered))
        if old_size > size:
            problems.append(f"log: has {size} entries, {old_size} were remembered: rolled back")
        elif tree_head(leaves[:old_size]) != old_head:
            problems.append(f"log: does not extend the {old_size} entries that were remembered")

    def check(item: tuple[str, str]) -> tuple[list[str], str | None]:
        try:
            return check_certificate(store, root, *item), None
        except Wrong as wrong:
            return [], str(wrong)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return [], f"certificate {item[0]}: is malformed ({error!r})"

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for paths, problem in pool.map(check, certificates.items()):
            known += paths
            problems += [problem] if problem else []
    accounted = {"log/checkpoint", *known, *own, *(f"certs/{name}.intoto.jsonl" for name in certificates)}
    for folder, _, names in os.walk(store):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), store).replace(os.sep, "/")
            if path not in accounted and not (problems and path.startswith("blobs/")):
                why = ": a batch was cut off, open the store once with assay" if path == "pending.json" else ""
                problems.append(f"{path}: is no file of this store{why}")
    return problems, len(certificates)


def check_proof(certificate: str, proof: str, root: Root) -> None:
    """One certificate and its tlog-proof, without the store. Raises Wrong."""
    data = read(certificate)
    certificate_id, _ = root.statement(data, certificate)
    record = {"type": "certificate", "certificate": certificate_id, "envelope": sha256(data)}
    value = hashlib.sha256(b"\x00" + canonical(record)).digest()
    try:
        head_lines, note = read(proof).decode().split("\n\n", 1)
        first, *lines = [line for line in head_lines.split("\n") if not line.startswith("extra ")]
        word, number = lines[0].split(" ")
        path, index = [base64.b64decode(line, validate=True) for line in lines[1:]], int(number)
        if first != "c2sp.org/tlog-proof@v1" or word != "index":
            raise ValueError(first)
    except (ValueError, IndexError) as error:
        raise Wrong(f"{proof}: is no tlog-proof ({error!r})") from None
    size, head = root.checkpoint(note.encode())
    at, last = index, size - 1
    for sibling in path:  # RFC 9162, 2.1.3.2
        if last == 0:
            raise Wrong(f"{proof}: is too long for a log of {size} entries")
        if at & 1 or at == last:
            value = node(sibling, value)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            value = node(value, sibling)
        at, last = at >> 1, last >> 1
    if not 0 <= index < size or last != 0 or value != head:
        raise Wrong(f"{proof}: does not lead from the certificate to the signed root hash")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", nargs="?", default=os.path.dirname(os.path.abspath(__file__)), help="default: here")
    parser.add_argument("--root", help="a root.json that you got by another way (default: the store's own)")
    parser.add_argument("--remembered", help="a checkpoint file from an earlier visit")
    parser.add_argument("--certificate", help="check this one file instead of a store")
    parser.add_argument("--proof", help="its .tlog-proof")
    options = parser.parse_args()
    if bool(options.certificate) != bool(options.proof):
        parser.error("--certificate and --proof go together")
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            root = Root(read(options.root or os.path.join(options.store, "trust", "root.json")), folder)
            if options.certificate:
                check_proof(options.certificate, options.proof, root)
                count = 1
            else:
                problems, count = check_store(options.store, root, options.remembered)
        except Wrong as wrong:
            problems, count = [str(wrong)], 0
        except FileNotFoundError:
            print("could not check: the openssl command is missing, install it", file=sys.stderr)
            return 2
    for problem in problems:
        print(problem)
    if not problems:
        whose = options.root or "the root.json of the store itself"
        print(f"ok: {count} certificate(s), signed by the keys of {whose}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
