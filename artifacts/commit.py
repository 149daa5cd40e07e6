"""Making several files of a store appear together: an undo journal of one signed file.

The order, each step on disk before the next begins:

    1. pending      pending.json names every file about to be made or removed, and the size of the log before
    2. files        blobs, envelopes, tiles (each: temp file, sync, rename; then the folders)
    3. checkpoint   log/checkpoint is replaced: from this rename on the batch exists, before it nothing of it does
    4. removals     partial tiles that the new ones replace
    5. done         pending.json is removed

After a kill, ``recover`` compares the checkpoint with pending.json: not moved on means the batch never happened and its
files are removed; moved on means that only steps 4 and 5 are left. Nobody without the store's key can plant a
pending.json, so a recovery never deletes what a batch did not make.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assay.verifiers import canonical_json

from . import dsse
from .durable import SUFFIX, sync_folders, write_file, write_files
from .errors import CorruptError
from .keys import Keys, SigningKey
from .log import CHECKPOINT

PENDING = "pending.json"
PENDING_TYPE = "application/vnd.assay.pending+json"
STEPS = ("pending", "files", "checkpoint", "removals", "done")

TRANSIENT = frozenset({PENDING, PENDING + SUFFIX, CHECKPOINT + SUFFIX})
"""Come and go with every batch. The first is signed; the other two are never read, and replaced by the next writer."""

OnStep = Callable[[str], None]
"""Called with the name of each step when it is on disk. A test kills the process there."""


@dataclass(frozen=True)
class Pending:
    """A batch under way: ``size`` of the log before it, files that it makes, files that it removes."""

    size: int
    create: tuple[str, ...]
    remove: tuple[str, ...]

    def signed(self, key: SigningKey) -> bytes:
        value = {"size": self.size, "create": list(self.create), "remove": list(self.remove)}
        return dsse.sign(PENDING_TYPE, canonical_json(value), key)

    @property
    def paths(self) -> frozenset[str]:
        """Every file that may be there or not while this batch is under way, beside those in TRANSIENT."""
        return frozenset((*self.create, *self.remove, *(path + SUFFIX for path in self.create)))


def read_pending(root: Path, keys: Keys) -> Pending | None:
    """The batch under way, if there is one. Raises CorruptError or UntrustedError if a stranger wrote it."""
    try:
        data = (root / PENDING).read_bytes()
    except FileNotFoundError:
        return None
    try:
        value = json.loads(dsse.Envelope.parse(data).verified(PENDING_TYPE, keys))
        return Pending(value["size"], tuple(value["create"]), tuple(value["remove"]))
    except CorruptError as error:
        raise CorruptError(f"{PENDING}: {error}") from None


def commit(
    root: Path,
    key: SigningKey,
    pending: Pending,
    files: Mapping[str, bytes],
    checkpoint: bytes,
    on_step: OnStep,
) -> None:
    """Carry out the five steps. ``files`` are the bytes of ``pending.create``."""
    write_file(root / PENDING, pending.signed(key))
    on_step("pending")
    write_files(root, files)
    on_step("files")
    write_file(root / CHECKPOINT, checkpoint)
    on_step("checkpoint")
    _finish(root, pending.remove)
    on_step("removals")
    (root / PENDING).unlink()
    on_step("done")


def recover(root: Path, keys: Keys, size: int) -> None:
    """Complete or undo what a killed writer left. ``size`` is that of the log's verified checkpoint."""
    pending = read_pending(root, keys)
    if pending is not None:
        if size > pending.size:
            _finish(root, pending.remove)
        else:
            made = (*pending.create, CHECKPOINT)
            _finish(root, [*pending.create, *(path + SUFFIX for path in made)])
        (root / PENDING).unlink()
    (root / (PENDING + SUFFIX)).unlink(missing_ok=True)


def _finish(root: Path, remove: Sequence[str]) -> None:
    for path in remove:
        (root / path).unlink(missing_ok=True)
    sync_folders({(root / path).parent for path in remove if (root / path).parent.is_dir()})
