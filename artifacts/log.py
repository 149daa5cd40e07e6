"""The transparency log of a store: what it holds, in which order, under which signed tree head.

Entries are small canonical JSON records of two types:

    {"certificate": <id>, "envelope": <sha256 of the envelope file>, "type": "certificate"}
    {"files": {<path>: <sha256>}, "type": "store"}          the store's own files; always the first entry

so the log binds every certificate and, through it, every blob, and every other file that never changes. ``Log`` is the
log in memory, authenticated: it was read against a verified checkpoint, or grew from one that was.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from assay.verifiers import canonical_json

from . import tiles
from .checkpoint import Checkpoint
from .durable import read_file
from .errors import CorruptError
from .keys import Keys
from .merkle import Tree, leaf_hash

FOLDER = "log"
CHECKPOINT = "log/checkpoint"


def certificate_record(certificate_id: str, envelope: bytes) -> bytes:
    """The log entry of one certificate."""
    envelope_digest = hashlib.sha256(envelope).hexdigest()
    return canonical_json({"type": "certificate", "certificate": certificate_id, "envelope": envelope_digest})


def store_record(files: Mapping[str, bytes]) -> bytes:
    """The log entry that binds the store's own files."""
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    return canonical_json({"type": "store", "files": digests})


@dataclass
class Log:
    """``index`` maps a certificate to its entry's number, ``envelopes`` to its envelope's digest, ``files`` each of the
    store's own files to its digest."""

    tree: Tree = field(default_factory=Tree)
    entries: list[bytes] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    envelopes: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.entries)

    def append(self, records: Iterable[bytes]) -> None:
        """Add entries. Raises CorruptError for a record of no known type, or a certificate that is there already."""
        for record in records:
            try:
                value = json.loads(record)
                if value["type"] == "certificate":
                    certificate_id = value["certificate"]
                    if certificate_id in self.index:
                        raise ValueError(f"certificate {certificate_id} is logged twice")
                    self.envelopes[certificate_id] = value["envelope"]
                    self.index[certificate_id] = len(self.entries)
                elif value["type"] == "store":
                    self.files.update(value["files"])
                else:
                    raise ValueError(f"a record of type {value['type']!r}")
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise CorruptError(f"log entry {len(self.entries)}: {type(error).__name__}: {error}") from None
            self.entries.append(record)
            self.tree.append(leaf_hash(record))

    def checkpoint(self, origin: str) -> Checkpoint:
        return Checkpoint(origin, self.size, self.tree.root())

    def files_since(self, size: int) -> dict[str, bytes]:
        """Path below the store -> bytes of each tile and bundle that the log at ``size`` entries did not have."""
        return {f"{FOLDER}/{path}": data for path, data in tiles.files(self.tree, self.entries, size)}

    def proof(self, certificate_id: str, note: bytes) -> bytes:
        """A C2SP tlog-proof that the certificate is in the log at the checkpoint ``note``, which it carries."""
        index = self.index[certificate_id]
        path = self.tree.inclusion(index, Checkpoint.parse(note).size)
        lines = ["c2sp.org/tlog-proof@v1", f"index {index}", *(base64.b64encode(step).decode() for step in path)]
        return "\n".join([*lines, "", ""]).encode() + note


def partial_files(size: int) -> list[str]:
    """Paths below the store of the partial tiles at ``size`` entries, which later tiles replace."""
    return [f"{FOLDER}/{path}" for path in tiles.partial_paths(size)]


@dataclass(frozen=True)
class Head:
    """The signed end of a log on disk. ``partials`` are the tiles that the next batch will replace, so they are read
    together with the checkpoint; every other tile at this checkpoint never changes and can be read at leisure."""

    root: Path
    note: bytes
    checkpoint: Checkpoint
    partials: Mapping[str, bytes]

    def read(self, path: str) -> bytes:
        """A file of the log. Raises CorruptError if it is missing."""
        return self.partials[path] if path in self.partials else read_file(self.root, path)


def read_head(root: Path, origin: str, keys: Keys) -> Head:
    """Raises CorruptError or UntrustedError if the checkpoint is not one that ``keys`` signed for ``origin``."""
    while True:
        note = read_file(root, CHECKPOINT)
        checkpoint = Checkpoint.verified(note, origin, keys.values())
        partials: dict[str, bytes] = {}
        with suppress(CorruptError):  # a missing tile is for whoever needs it to report, unless a writer moved on
            for path in partial_files(checkpoint.size):
                partials[path] = read_file(root, path)
        if len(partials) == len(partial_files(checkpoint.size)) or read_file(root, CHECKPOINT) == note:
            return Head(root, note, checkpoint, partials)


def read_log(head: Head) -> Log:
    """The log up to a verified head. Raises CorruptError if its entries are not what the head signs."""
    entries: list[bytes] = []
    size = head.checkpoint.size
    for path in tiles.bundle_paths(size):
        entries.extend(tiles.unpack(head.read(f"{FOLDER}/{path}"), min(tiles.WIDTH, size - len(entries))))
    log = Log()
    log.append(entries)
    if log.tree.root() != head.checkpoint.root:
        raise CorruptError("log: the entries do not have the root hash that the checkpoint signs")
    return log
