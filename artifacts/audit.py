"""The audit of a store: is everything in it what its log, its signatures and, at the last level, the verifiers say?

Three levels, each with the ones before it:

    integrity  every file is accounted for and unchanged: tiles and bundles against the signed checkpoint, the store's
               own files and every envelope against the log, signatures against the trust root, blobs against their
               digests; missing, unknown and truncated files are findings
    log        every certificate has an inclusion proof that verifies by the algorithm of RFC 9162, and the log extends
               the checkpoint that the caller remembers (a rollback and a split view show here and nowhere else)
    rerun      every verdict is reproduced from the stored claim, answer and evidence

It reads only, takes no lock and needs no daemon, so it works on a copy on a read-only disk and beside a live writer. A
batch that a live or killed writer has under way (its signed ``pending.json``) is no part of the store yet: no finding.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from . import dsse
from .blobs import blob_path, read_blob
from .checkpoint import Checkpoint
from .commit import PENDING, TRANSIENT, Pending, read_pending
from .durable import read_file, write_file
from .errors import CorruptError, StoreError, UntrustedError
from .log import CHECKPOINT, Head, Log, read_head, read_log
from .merkle import leaf_hash, verify_consistency, verify_inclusion
from .report import AuditReport, Finding, Kind
from .rerun import Progress, Recheck, rerun
from .statement import Certificate
from .store import POLICY, ROOT, envelope_path
from .trust import Policy, TrustRoot

Level = Literal["integrity", "log", "rerun"]
_CHUNK = 64


def audit(
    folder: str | Path,
    *,
    level: Level = "log",
    ids: Collection[str] | None = None,
    remember: Path | None = None,
    trust: Path | None = None,
    recheck: Recheck | None = None,
    workers: int = 2,
    progress: Progress = lambda phase, done, total: None,
) -> AuditReport:
    """Audit the store in ``folder``: every certificate, or those in ``ids`` (then other files are not looked at).

    ``remember`` is a file outside the store with the checkpoint that the last audit saw; it is read if it is there, and
    brought up to date after an audit that found nothing corrupt or untrusted. ``trust`` is a ``root.json`` that the
    caller got by another way; without it the store's own is believed. ``recheck`` is needed at level rerun only (see
    ``rerun.recheck_in``). Raises StoreError if there is no such folder; all else that is wrong is a finding.
    """
    if level == "rerun" and recheck is None:
        raise ValueError("level rerun re-runs verifiers: pass recheck=recheck_in(Sandbox.create)")
    folder = Path(folder)
    if not folder.is_dir():
        raise StoreError(f"no store at {folder}: name the folder that holds its trust/root.json")
    found: list[Finding] = []
    try:
        view = _View.read(folder, trust)
    except _Stop as stop:
        return AuditReport(0, (stop.finding,))
    if trust is not None and hashlib.sha256(trust.read_bytes()).hexdigest() != view.log.files.get(ROOT):
        found.append(Finding(ROOT, "is not the trust root that the caller brought", "untrusted"))
    wanted = list(view.log.index if ids is None else ids)
    found += [Finding(i, "is not in this store's log", "uncheckable") for i in wanted if i not in view.log.index]
    wanted = [certificate_id for certificate_id in wanted if certificate_id in view.log.index]

    certificates, problems = _check_certificates(view, wanted, workers, progress)
    found += problems
    if ids is None:
        found += _check_files(view, {digest for c in certificates for digest in c.blob_digests}, bool(problems))
    forgotten: list[Finding] = []
    if level != "integrity":
        found += _check_inclusion(view, wanted)
        forgotten = list(_check_remembered(view, remember)) if remember is not None else []
        found += forgotten
    if level == "rerun" and recheck is not None:
        bad = {finding.id for finding in found}
        found += rerun(folder, [c for c in certificates if c.id not in bad], recheck, workers, progress)
    report = AuditReport(len(wanted), tuple(sorted(set(found))))
    if remember is not None and level != "integrity" and not (report.corrupt or report.untrusted or forgotten):
        write_file(remember, view.head.note)
    return report


@dataclass(frozen=True)
class _View:
    """A store at one checkpoint. ``listing`` says of each path whether it is a regular file; it is taken before the
    checkpoint is read, so that a batch that lands in between is accounted for."""

    folder: Path
    trust: TrustRoot
    listing: Mapping[str, bool]
    pending: Pending | None
    head: Head
    log: Log

    @staticmethod
    def read(folder: Path, trust: Path | None) -> _View:
        """Raises _Stop for what leaves nothing to hold the rest against."""
        with _stopping(ROOT):
            root = TrustRoot.parse(read_file(folder, ROOT) if trust is None else trust.read_bytes())
        listing = dict(_list(folder))
        with _stopping(PENDING):
            pending = read_pending(folder, root.log_keys)
        with _stopping(CHECKPOINT):
            head = read_head(folder, root.origin, root.log_keys)
        with _stopping("log"):
            return _View(folder, root, listing, pending, head, read_log(head))


def _check_certificates(
    view: _View, wanted: Sequence[str], workers: int, progress: Progress
) -> tuple[list[Certificate], list[Finding]]:
    """Envelopes, signatures, statements and blobs. Signature checks and hashes run without the GIL: threads do."""
    try:
        policy = Policy.parse(read_file(view.folder, POLICY))
    except CorruptError as error:
        return [], [_finding(POLICY, error)]
    chunks = [wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK)]
    certificates: list[Certificate] = []
    found: list[Finding] = []
    done = 0
    with ThreadPoolExecutor(max(1, workers)) as pool:
        for results in pool.map(lambda chunk: [_check_certificate(view, policy, i) for i in chunk], chunks):
            done += len(results)
            for certificate, problems in results:
                found += problems
                if certificate is not None:
                    certificates.append(certificate)
            progress("certificates", done, len(wanted))
    return certificates, found


def _check_certificate(view: _View, policy: Policy, certificate_id: str) -> tuple[Certificate | None, list[Finding]]:
    found: list[Finding] = []
    try:
        data = read_file(view.folder, envelope_path(certificate_id))
    except CorruptError as error:
        return None, [_finding(certificate_id, error)]
    if hashlib.sha256(data).hexdigest() != view.log.envelopes[certificate_id]:
        found.append(Finding(certificate_id, "the envelope is not the one that was logged", "corrupt"))
    try:
        payload = dsse.Envelope.parse(data).verified(dsse.IN_TOTO, view.trust.certificate_keys)
        certificate = Certificate.parse(payload)
        if certificate.id != certificate_id:
            raise CorruptError(f"the envelope holds certificate {certificate.id}")
        policy.check(certificate.predicate_type, certificate.status)
    except (CorruptError, UntrustedError) as error:
        return None, [*found, _finding(certificate_id, error)]
    for parent in certificate.parents:
        if parent not in view.log.index:
            found.append(Finding(certificate_id, f"its parent {parent} is not in the log", "corrupt"))
    for digest in certificate.blob_digests:
        try:
            read_blob(view.folder, digest)
        except CorruptError as error:
            found.append(_finding(certificate_id, error))
    return certificate, found


def _check_files(view: _View, blobs: set[str], incomplete: bool) -> Iterator[Finding]:
    """Every file is one that the log accounts for, and the log's own files hold what they must."""
    log_files = view.log.files_since(0)
    expected = {path: hashlib.sha256(data).hexdigest() for path, data in log_files.items()} | view.log.files
    for path, digest in expected.items():
        try:
            if hashlib.sha256(view.head.read(path)).hexdigest() != digest:
                yield Finding(path, "does not hold what the log binds", "corrupt")
        except CorruptError as error:
            yield _finding(path, error)
    known = {*expected, CHECKPOINT, *TRANSIENT, *map(envelope_path, view.log.index), *map(blob_path, blobs)}
    known |= view.pending.paths if view.pending is not None else set()
    strangers = []
    for path, regular in view.listing.items():
        if not regular:
            yield Finding(path, "is not a regular file", "corrupt")
        elif path not in known and not (incomplete and path.startswith("blobs/")):
            # With a certificate that cannot be read, any blob may be one of its blobs; that certificate is reported.
            strangers.append(path)
    yield from _check_strangers(view, strangers)


def _check_strangers(view: _View, paths: Sequence[str]) -> Iterator[Finding]:
    """Files that the view does not account for: unless a batch began since the listing and is removing them."""
    try:
        pending = read_pending(view.folder, view.trust.log_keys)
    except (CorruptError, UntrustedError) as error:
        yield _finding(PENDING, error)
        return
    for path in paths:
        if (view.folder / path).exists() and not (pending is not None and path in pending.paths):
            yield Finding(path, "is no file of this store", "corrupt")


def _check_inclusion(view: _View, wanted: Sequence[str]) -> Iterator[Finding]:
    log, head = view.log, view.head.checkpoint
    for certificate_id in wanted:
        index = log.index[certificate_id]
        path = log.tree.inclusion(index)
        if not verify_inclusion(leaf_hash(log.entries[index]), index, head.size, path, head.root):
            yield Finding(certificate_id, "is not included under the signed checkpoint", "corrupt")


def _check_remembered(view: _View, remember: Path) -> Iterator[Finding]:
    """A shorter log lost entries (anyone who can write files can do that); another history was signed by the key."""
    try:
        note = remember.read_bytes()
    except FileNotFoundError:
        return
    name = f"remembered checkpoint {remember.name}"
    try:
        old = Checkpoint.verified(note, view.trust.origin, view.trust.log_keys.values())
    except CorruptError as error:
        yield Finding(name, f"cannot be held against the log: {error}", "uncheckable")
        return
    except UntrustedError as error:
        yield Finding(name, f"this is not the log that was remembered: {error}", "untrusted")
        return
    head = view.head.checkpoint
    if old.size > head.size:
        problem = f"has {head.size} entries, but {old.size} were signed before: rolled back, entries are lost"
        yield Finding(CHECKPOINT, problem, "corrupt")
    elif old.size and not verify_consistency(
        old.size, old.root, head.size, head.root, view.log.tree.consistency(old.size)
    ):
        problem = f"does not extend the history of {old.size} entries that was signed before: a split view"
        yield Finding(CHECKPOINT, problem, "untrusted")


def _list(folder: Path, below: str = "") -> Iterator[tuple[str, bool]]:
    """Every path that is not a folder, and whether it is a regular file."""
    with os.scandir(folder / below) as entries:
        for entry in entries:
            path = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _list(folder, path + "/")
            else:
                yield path, entry.is_file(follow_symlinks=False)


def _finding(where: str, error: CorruptError | UntrustedError) -> Finding:
    kind: Kind = "corrupt" if isinstance(error, CorruptError) else "untrusted"
    return Finding(where, str(error), kind)


class _Stop(Exception):
    """One finding after which nothing else in the store can be vouched for."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


@contextmanager
def _stopping(where: str) -> Iterator[None]:
    try:
        yield
    except (CorruptError, UntrustedError) as error:
        raise _Stop(_finding(where, error)) from error
