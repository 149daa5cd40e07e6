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
from dataclasses import dataclass, field
from pathlib import Path

from assay.verifiers import canonical_json

from . import tiles
from .checkpoint import Checkpoint
from .durable import read_file
from .errors import CorruptError
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


def read_entries(root: Path, size: int) -> list[bytes]:
    """The first ``size`` entries from the bundles of a store. Raises CorruptError if one is missing or malformed."""
    entries: list[bytes] = []
    for path in tiles.bundle_paths(size):
        bundle = read_file(root, f"{FOLDER}/{path}")
        entries.extend(tiles.unpack(bundle, min(tiles.WIDTH, size - len(entries))))
    return entries


def read_log(root: Path, checkpoint: Checkpoint) -> Log:
    """The log of a store, held against a verified checkpoint. Raises CorruptError if they differ."""
    log = Log()
    log.append(read_entries(root, checkpoint.size))
    if log.tree.root() != checkpoint.root:
        raise CorruptError("log: the entries do not have the root hash that the checkpoint signs")
    return log
