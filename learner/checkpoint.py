"""Checkpoints: everything that a resumed run needs, in one directory that exists completely or not at all.

``checkpoints/step-<n>/`` holds weights, tokenizer, optimizer, random-number states, the position in the feed and
metrics. Weights and feed position share one atomic rename, so that a batch is trained on exactly once, whenever the
process dies.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from .policy import Policy

STEP = re.compile(r"step-(\d+)")


@dataclass(frozen=True)
class State:
    """What a checkpoint says about itself. ``policy_version`` is the digest of its weights, ``feed_seq`` the position
    in the feed up to which batches are in these weights, ``update`` the number of those batches."""

    update: int
    feed_seq: int
    policy_version: str
    metrics: Mapping[str, float]


class CheckpointError(RuntimeError):
    """A checkpoint cannot be read, or is not what it says."""


@contextmanager
def atomic_directory(target: Path) -> Iterator[Path]:
    """Yield a temporary directory that becomes ``target`` when the block ends, and vanishes when it raises.

    Files and directories are flushed to disk before the rename. An existing ``target`` is an error: nothing here
    replaces a directory, because that cannot be done in one step.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield temporary
        for path in [*temporary.rglob("*"), temporary]:
            _flush(path)
        temporary.chmod(0o755)
        os.rename(temporary, target)
        _flush(target.parent)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def save(root: Path, policy: Policy, optimizer: Any, state: State, *, keep: int = 3) -> Path:
    """Write ``root/step-<update>``, then delete all but the newest ``keep``. Returns the directory.

    A step that is already there is left alone if it holds the same weights (a resumed run may come by again).
    """
    target = root / f"step-{state.update}"
    if target.exists():
        if read_state(target).policy_version != state.policy_version:
            raise CheckpointError(f"{target} holds other weights: resume from it, or use a new run directory")
        return target
    with atomic_directory(target) as directory:
        policy.save(directory)
        torch.save({"optimizer": optimizer.state_dict(), "rng": _rng_state()}, directory / "training.pt")
        (directory / "state.json").write_text(json.dumps(asdict(state), indent=2, sort_keys=True) + "\n")
    prune(root, keep)
    return target


def latest(root: Path) -> Path | None:
    """The checkpoint with the highest step, or None."""
    found = _steps(root)
    return found[-1] if found else None


def prune(root: Path, keep: int) -> None:
    """Delete all but the newest ``keep`` checkpoints, and what killed writers left behind."""
    _remove_leftovers(root)
    for path in _steps(root)[:-keep]:
        # Renamed first: a half-deleted checkpoint must not look like one.
        os.rename(path, path.with_name(f".{path.name}-old"))
    _remove_leftovers(root)


def discard(directory: Path) -> None:
    """Delete one checkpoint, for example one that the promotion gate turned away."""
    # Renamed first: a half-deleted checkpoint must not look like one.
    doomed = directory.with_name(f".{directory.name}-old")
    os.rename(directory, doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def read_state(directory: Path) -> State:
    """The state record alone; loads no weights."""
    try:
        return State(**json.loads((directory / "state.json").read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise CheckpointError(f"{directory} is no checkpoint ({error}): remove it and resume from another") from error


def load_policy(directory: Path) -> tuple[Policy, State]:
    """Weights and tokenizer, checked against the recorded version."""
    state = read_state(directory)
    policy = Policy.load(directory)
    if policy.version != state.policy_version:
        raise CheckpointError(f"{directory}: weights and state.json disagree; resume from another checkpoint")
    return policy, state


def load_training(directory: Path) -> dict[str, Any]:
    """Optimizer and random-number states, for ``Learner``."""
    # weights_only: a checkpoint is data, and must not be able to run code when it is read.
    loaded: dict[str, Any] = torch.load(directory / "training.pt", weights_only=True)
    return loaded


def restore_rng(state: Mapping[str, Any]) -> None:
    """Set torch's and Python's generators to where ``save`` saw them."""
    torch.set_rng_state(state["torch"])
    version, words, gauss = state["python"]
    random.setstate((version, tuple(words), gauss))


def _rng_state() -> dict[str, Any]:
    version, words, gauss = random.getstate()
    return {"torch": torch.get_rng_state(), "python": [version, list(words), gauss]}


def _steps(root: Path) -> list[Path]:
    if not root.is_dir():
        return []
    found = [(int(match[1]), path) for path in root.iterdir() if (match := STEP.fullmatch(path.name))]
    return [path for _, path in sorted(found)]


def _remove_leftovers(root: Path) -> None:
    for pattern in (".step-*", ".warmup-*"):
        for leftover in root.glob(pattern):
            shutil.rmtree(leftover)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
