"""Warm-up: supervised fine-tuning on reference answers, so that the first samples are right often enough to learn from.

Only the completion is taught, not the prompt. The budget is short on purpose: a policy that already solves everything
leaves reinforcement learning nothing to show, and one that solves nothing gives it no reward. The result is cached in
the run directory under a digest of config, data and starting weights, so that a second run starts at once.

What this does not do: it verifies nothing. References come from the generators, on the trusted side.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

from .checkpoint import CheckpointError, atomic_directory
from .policy import Policy
from .tokenizer import encode_completion

IGNORED = -100
"""The label that cross entropy leaves out."""


@dataclass(frozen=True)
class WarmupConfig:
    """``steps`` optimizer steps of ``batch`` examples: many small batches, because a small policy learns to copy and to
    add after so many steps rather than after so many examples. ``seconds`` is a cap for slow machines: where the clock
    is ahead of the steps, the learning rate follows the clock, and the result is not reproducible to the bit."""

    steps: int = 600
    batch: int = 16
    lr: float = 2e-3
    seconds: float | None = 90.0
    seed: int = 0


@dataclass(frozen=True)
class Example:
    """A prompt and a completion to be taught."""

    prompt: str
    completion: str


@dataclass(frozen=True)
class Progress:
    """One optimizer step: mean cross entropy per completion token (nats), wall seconds since the start."""

    step: int
    steps: int
    loss: float
    seconds: float


@dataclass(frozen=True)
class Warmed:
    """A warmed-up policy, where it is cached, and whether it came from there."""

    policy: Policy
    directory: Path
    cached: bool


def warm_up(
    policy: Policy,
    examples: Sequence[Example],
    config: WarmupConfig,
    root: Path,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Warmed:
    """Train ``policy`` in place and cache it as ``root/warmup-<digest>``, or load it from there.

    Raises CheckpointError if the cached directory cannot be read.
    """
    if not examples:
        raise ValueError("no warm-up examples: give at least one (prompt, completion) pair")
    directory = root / f"warmup-{_key(policy, examples, config)[:16]}"
    if directory.is_dir():
        try:
            return Warmed(Policy.load(directory), directory, cached=True)
        except (OSError, ValueError) as error:
            raise CheckpointError(f"{directory} cannot be read ({error}): delete it to warm up again") from error
    train(policy, examples, config, progress)
    with atomic_directory(directory) as temporary:
        policy.save(temporary)
        (temporary / "warmup.json").write_text(json.dumps(asdict(config), indent=2, sort_keys=True) + "\n")
    return Warmed(policy, directory, cached=False)


def train(
    policy: Policy,
    examples: Sequence[Example],
    config: WarmupConfig,
    progress: Callable[[Progress], None] = lambda _: None,
) -> None:
    """The optimizer loop: AdamW, a short rise of the learning rate, then linear decay to a tenth."""
    encoded = [(policy.encode(e.prompt), encode_completion(policy.tokenizer, e.completion)) for e in examples]
    optimizer = torch.optim.AdamW(policy.model.parameters(), lr=config.lr, betas=(0.9, 0.98), weight_decay=0.01)
    policy.model.train()
    started = time.monotonic()
    for step, batch in zip(range(config.steps), _batches(encoded, config), strict=False):
        seconds = time.monotonic() - started
        fraction = max(step / config.steps, seconds / config.seconds if config.seconds else 0.0)
        if fraction >= 1:
            break
        for parameters in optimizer.param_groups:
            parameters["lr"] = config.lr * min(1.0, (step + 1) / 20) * (1 - 0.9 * fraction)
        loss = _loss(policy, batch)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(policy.model.parameters(), 1.0)
        optimizer.step()
        progress(Progress(step + 1, config.steps, loss.item(), time.monotonic() - started))
    optimizer.zero_grad()


Pair = tuple[tuple[int, ...], tuple[int, ...]]


def _batches(encoded: Sequence[Pair], config: WarmupConfig) -> Iterator[list[Pair]]:
    """Endless epochs in random order; within a window of batches, examples of like length go together (less
    padding)."""
    generator = torch.Generator().manual_seed(config.seed)
    window = config.batch * 8
    while True:
        order = torch.randperm(len(encoded), generator=generator).tolist()
        for start in range(0, len(order), window):
            chunk = sorted(order[start : start + window], key=lambda i: sum(map(len, encoded[i])))
            batches = [chunk[at : at + config.batch] for at in range(0, len(chunk), config.batch)]
            for which in torch.randperm(len(batches), generator=generator).tolist():
                yield [encoded[i] for i in batches[which]]


def _loss(policy: Policy, batch: Sequence[Pair]) -> Any:
    width = max(len(prompt) + len(completion) for prompt, completion in batch)
    pad = policy.tokenizer.pad_token_id
    tokens = torch.tensor([p + c + (pad,) * (width - len(p) - len(c)) for p, c in batch])
    mask = torch.tensor([(1,) * (len(p) + len(c)) + (0,) * (width - len(p) - len(c)) for p, c in batch])
    labels = torch.tensor([(IGNORED,) * len(p) + c + (IGNORED,) * (width - len(p) - len(c)) for p, c in batch])
    logits = policy.model(input_ids=tokens, attention_mask=mask, use_cache=False).logits
    return functional.cross_entropy(logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten(), ignore_index=IGNORED)


def _key(policy: Policy, examples: Sequence[Example], config: WarmupConfig) -> str:
    hasher = hashlib.sha256(json.dumps([policy.version, asdict(config)], sort_keys=True).encode())
    for example in examples:
        hasher.update(json.dumps([example.prompt, example.completion]).encode())
    return hasher.hexdigest()
