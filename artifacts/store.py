"""The store: certificates, their blobs and the log that binds them, in one folder that can be copied to a stranger.

    with Store.open(folder, create=True) as store:
        certificate_id = store.certify(Certification(...))
        store.get(certificate_id).claim

One writer at a time (a lock on the folder itself), any number of readers, also of a copy on a read-only disk.
Certifying is atomic for a whole batch and idempotent: what is certified already keeps its id and appends nothing. A
reader sees a certificate once the log's checkpoint covers it, never before. ``FORMAT.md`` in the store describes every
file.

What this module does not do: re-run verdicts or account for every file (see ``audit``).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import threading
from collections.abc import Sequence
from importlib.resources import files as package_files
from pathlib import Path
from types import TracebackType

from assay.verifiers import Answer

from . import dsse, log
from .blobs import blob_path, read_blob
from .checkpoint import Checkpoint
from .commit import OnStep, Pending, commit, recover
from .durable import SUFFIX, read_file, write_files
from .errors import CertificationError, CorruptError, StoreError
from .keys import SigningKey, load_or_create
from .statement import Certificate, Certification
from .trust import TrustRoot, new_policy, new_root

ROOT = "trust/root.json"
POLICY = "trust/policy.json"
CERTIFICATES = "certs"
STANDALONE = ("FORMAT.md", "verify.py")
"""Files of this package that every store carries, so that it explains and checks itself."""


def envelope_path(certificate_id: str) -> str:
    """Path below the store of a certificate's envelope."""
    return f"{CERTIFICATES}/{certificate_id}.intoto.jsonl"


def default_key_path(folder: Path) -> Path:
    """Where the signing key of the store at ``folder`` is looked for: beside the store, never in it."""
    return folder.absolute().parent / "keys" / "daemon.pem"


def _no_step(name: str) -> None:
    """Nobody watches the steps."""


class Store:
    """Use ``Store.open``. Methods raise CorruptError or UntrustedError for what they read and cannot vouch for."""

    def __init__(self, folder: Path, key: SigningKey | None, lock: int | None, on_step: OnStep) -> None:
        self.folder = folder
        self._key = key
        self._lock = lock
        self._on_step = on_step
        self._guard = threading.RLock()  # one batch at a time; readers wait for it and see all or nothing of it
        self.trust = TrustRoot.parse(read_file(folder, ROOT))
        if key is not None and not (key.id in self.trust.certificate_keys and key.id in self.trust.log_keys):
            raise StoreError(
                f"{folder / ROOT} does not name the key {key.id[:16]}: pass the key that this store was made with, or "
                "open it read-only"
            )
        checkpoint = self._load()
        if key is not None:
            recover(folder, self.trust.log_keys, checkpoint.size)

    @staticmethod
    def open(
        folder: str | Path,
        *,
        create: bool = False,
        read_only: bool = False,
        key: Path | None = None,
        on_step: OnStep = _no_step,
    ) -> Store:
        """Open the store in ``folder``; with ``create``, make it if the folder is missing or empty.

        ``key`` is the signing key's file (``default_key_path`` by default; made together with a new store).
        ``on_step`` is told each step of a commit (see ``commit.STEPS``). Opening for writing completes or undoes what a
        killed writer left. Raises StoreError if the store is missing, locked by another writer or of another key.
        """
        folder = Path(folder)
        if read_only:
            if not (folder / ROOT).exists():
                raise StoreError(f"no store at {folder}: it has no {ROOT}")
            return Store(folder, None, None, on_step)
        if not create and not (folder / ROOT).exists():
            raise StoreError(f"no store at {folder}: open it with create=True to make one")
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / log.CHECKPOINT).exists():
            _refuse_strangers(folder)
        lock = _take_lock(folder)
        try:
            path = key or default_key_path(folder)
            if create and not (folder / log.CHECKPOINT).exists():
                _found(folder, load_or_create(path))
            return Store(folder, SigningKey.load(path), lock, on_step)
        except BaseException:
            os.close(lock)
            raise

    def certify(self, certification: Certification) -> str:
        """Sign, log and store one certificate. Returns its id."""
        return self.certify_many([certification])[0]

    def certify_many(self, certifications: Sequence[Certification]) -> list[str]:
        """Sign, log and store a batch under one new checkpoint: all of it or nothing. Returns the ids in order."""
        with self._guard:
            if self._key is None:
                raise StoreError(f"{self.folder} is open read-only: open it without read_only to certify")
            new = {c.id: c for c in certifications if c.id not in self._log.index}
            for c in new.values():
                for parent in c.parents:
                    if parent not in self._log.index and parent not in new:
                        raise CertificationError(f"parent {parent}: is not in this store, certify it first")
            if new:
                self._commit(new, self._key)
            return [c.id for c in certifications]

    def _commit(self, new: dict[str, Certification], key: SigningKey) -> None:
        before = self._log.size
        blobs = {blob_path(hashlib.sha256(data).hexdigest()): data for c in new.values() for data in c.blobs}
        files = {path: data for path, data in blobs.items() if not (self.folder / path).exists()}
        records = []
        for certificate_id, c in new.items():
            envelope = dsse.sign(dsse.IN_TOTO, c.payload, key)
            files[envelope_path(certificate_id)] = envelope
            records.append(log.certificate_record(certificate_id, envelope))
        self._log.append(records)
        try:
            files.update(self._log.files_since(before))
            note = self._log.checkpoint(self.trust.origin).signed(key)
            replaced = set(log.partial_files(before)) - set(log.partial_files(self._log.size))
            pending = Pending(before, tuple(files), tuple(sorted(replaced)))
            commit(self.folder, key, pending, files, note, self._on_step)
        except BaseException:
            # A full disk or a cut-off write: go back to what the disk says, and write no more if that fails too.
            self._key = None
            checkpoint = self._load()
            recover(self.folder, self.trust.log_keys, checkpoint.size)
            self._key = key
            raise
        self._note = note

    def get(self, certificate_id: str) -> Certificate:
        """The certificate, its envelope held against the log and the signature. Raises KeyError if there is none."""
        payload = dsse.Envelope.parse(self.envelope(certificate_id)).verified(dsse.IN_TOTO, self.trust.certificate_keys)
        certificate = Certificate.parse(payload)
        if certificate.id != certificate_id:
            raise CorruptError(f"certificate {certificate_id}: the envelope holds {certificate.id}")
        return certificate

    def envelope(self, certificate_id: str) -> bytes:
        """The bytes of the DSSE envelope as logged. Raises KeyError if the log knows no such certificate."""
        with self._guard:
            expected = self._log.envelopes[certificate_id]
        data = read_file(self.folder, envelope_path(certificate_id))
        if hashlib.sha256(data).hexdigest() != expected:
            raise CorruptError(f"certificate {certificate_id}: the envelope is not the one that was logged")
        return data

    def answer(self, certificate: Certificate) -> Answer:
        """The answer that was certified."""
        return json.loads(read_blob(self.folder, certificate.answer_digest))

    def evidence(self, certificate: Certificate) -> dict[str, bytes]:
        """The evidence that was certified, by name."""
        return {name: read_blob(self.folder, digest) for name, digest in certificate.evidence_digests.items()}

    def ids(self) -> tuple[str, ...]:
        """Every certificate's id, in log order."""
        with self._guard:
            return tuple(self._log.index)

    def count(self) -> int:
        """Number of certificates."""
        with self._guard:
            return len(self._log.index)

    def __contains__(self, certificate_id: object) -> bool:
        with self._guard:
            return certificate_id in self._log.index

    @property
    def checkpoint(self) -> bytes:
        """The signed tree head under which everything here was read. Keep it elsewhere to notice a rollback."""
        return self._note

    def proof(self, certificate_id: str) -> bytes:
        """A C2SP tlog-proof for one certificate. Raises KeyError if there is none."""
        with self._guard:
            return self._log.proof(certificate_id, self._note)

    def close(self) -> None:
        """Give up the lock. Idempotent."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        self._key = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _load(self) -> Checkpoint:
        """Take over what the disk says."""
        head = log.read_head(self.folder, self.trust.origin, self.trust.log_keys)
        self._log, self._note = log.read_log(head), head.note
        return head.checkpoint


def _take_lock(folder: Path) -> int:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise StoreError(f"{folder} is open for writing elsewhere: stop that process, or open read-only") from None
    return descriptor


def _refuse_strangers(folder: Path) -> None:
    """Nothing but the remains of a first opening that was cut off may be in the way of a new store."""
    own = {"trust", "log", *STANDALONE, *(name + SUFFIX for name in STANDALONE)}
    strangers = sorted(path.name for path in folder.iterdir() if path.name not in own)
    if strangers:
        raise StoreError(f"{folder} holds {strangers[0]!r} but no {log.CHECKPOINT}: choose an empty folder for a store")


def _found(folder: Path, key: SigningKey) -> None:
    """Make a new store. The checkpoint comes last: without it there is no store yet, and the next open starts over."""
    standalone = package_files(__package__) / "standalone"
    own = {name: (standalone / name).read_bytes() for name in STANDALONE}
    own |= {ROOT: new_root(key), POLICY: new_policy(), f"trust/{key.id[:16]}.pem": key.public.pem}
    first = log.Log()
    first.append([log.store_record(own)])
    write_files(folder, own | first.files_since(0))
    origin = TrustRoot.parse(own[ROOT]).origin
    write_files(folder, {log.CHECKPOINT: first.checkpoint(origin).signed(key)})
