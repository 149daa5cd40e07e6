"""GRPO on verified groups, driven by the loop.

TRL's trainer owns the optimizer loop and calls us for data, so the loop runs inside that call: ``Learner.train(feed)``
calls ``feed()`` between two updates, and ``feed`` generates, verifies, certifies, journals, checkpoints if one is due,
and returns the next batch (or None to end). Nothing else runs in the trainer: rewards come with the batch.

Choices, with where they come from: loss and asymmetric clipping of DAPO (arXiv 2503.14476); advantages without
division by the group's standard deviation (Dr. GRPO, arXiv 2503.20783); no reference model. The importance ratio is
taken against the log-probabilities recorded at sampling, so that batches may come from slightly older weights.

What this module does not do: it generates nothing, and it does not decide which problems to train on.
"""

from __future__ import annotations

import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from datasets import IterableDataset
from transformers.trainer_callback import PrinterCallback
from trl.trainer.grpo_config import GRPOConfig
from trl.trainer.grpo_trainer import GRPOTrainer

from . import checkpoint
from .feed import Feed, FeedBatch, check_batch
from .policy import Policy

# TRL still reads the old name of a setting; nothing a user of assay could mend.
warnings.filterwarnings("ignore", message="`is_gradient_checkpointing` is deprecated", category=FutureWarning)

ENDLESS = 1_000_000_000
"""Optimizer steps after which TRL would stop by itself; the feed ends a training long before."""


@dataclass(frozen=True)
class GRPOSettings:
    """An update trains on ``groups`` groups of ``group_size`` attempts, with ``iterations`` optimizer steps on the same
    batch. ``temperature`` must be the one that the attempts were sampled at. ``max_grad_norm`` clips the gradient."""

    groups: int = 8
    group_size: int = 8
    iterations: int = 2
    lr: float = 2e-4
    temperature: float = 1.0
    max_grad_norm: float = 1.0
    seed: int = 0


@dataclass(frozen=True)
class StepReport:
    """One optimizer step. ``entropy`` is in nats per token; ``kl`` the mean of (log-probability at sampling - now) over
    tokens, an estimate of how far the policy has moved from the one that sampled; ``clipped`` the share of tokens whose
    ratio was clipped; ``seconds`` the wall time of the step without waiting for the feed."""

    update: int
    iteration: int
    loss: float
    reward: float
    entropy: float
    kl: float
    grad_norm: float
    clipped: float
    seconds: float


class _FeedEnded(Exception):
    """Leaves TRL's loop, which has no other door in the middle of fetching a batch."""


class Learner:
    """A policy in training. The loop may call ``save`` and ``roll_back`` inside ``feed`` and after ``train``, which is
    when no update is half done; elsewhere they raise RuntimeError."""

    def __init__(
        self,
        policy: Policy,
        settings: GRPOSettings,
        on_step: Callable[[StepReport], None] = lambda _: None,
    ) -> None:
        self.policy = policy
        self.settings = settings
        self.update = 0
        """Batches that are in the weights."""
        self.feed_seq = 0
        """Position in the feed up to which batches are in the weights."""
        self._optimizer = torch.optim.AdamW(policy.model.parameters(), lr=settings.lr, weight_decay=0.0)
        self._on_step = on_step
        self._feed: Feed | None = None
        self._batch: FeedBatch | None = None
        self._iteration = 0
        self._rng: Mapping[str, Any] | None = None
        self._step_started = 0.0

    @staticmethod
    def resume(
        directory: Path, settings: GRPOSettings, on_step: Callable[[StepReport], None] = lambda _: None
    ) -> Learner:
        """The learner that wrote this checkpoint: weights, optimizer, random numbers, position in the feed.

        Raises CheckpointError if the directory is damaged.
        """
        policy, state = checkpoint.load_policy(directory)
        training = checkpoint.load_training(directory)
        learner = Learner(policy, settings, on_step)
        learner._load_optimizer(training)
        # Restored at the first call of the feed, where they were saved: building the trainer draws numbers too.
        learner._rng = training["rng"]
        learner.update, learner.feed_seq = state.update, state.feed_seq
        return learner

    def train(self, feed: Feed) -> None:
        """Train on what ``feed`` returns until it returns None. Exceptions of ``feed`` pass through.

        Raises UncertifiedReward or ValueError for a batch that must not be trained on (see ``check_batch``).
        """
        self._feed = feed
        with tempfile.TemporaryDirectory(prefix="assay-trl-") as scratch:
            trainer = _Trainer(self, self.settings, scratch)
            try:
                trainer.train()
            except _FeedEnded:
                return
            finally:
                self.policy.model.zero_grad()
        raise RuntimeError("the trainer stopped before the feed ended")

    def save(self, root: Path, metrics: Mapping[str, float], *, keep: int = 3) -> Path:
        """Write ``root/step-<update>`` (see ``checkpoint.save``). Returns the directory."""
        self._require_between_updates("save")
        state = checkpoint.State(self.update, self.feed_seq, self.policy.version, metrics)
        return checkpoint.save(root, self.policy, self._optimizer, state, keep=keep)

    def roll_back(self, directory: Path) -> None:
        """Take weights and optimizer from a checkpoint, in place. The position in the feed stays: what was consumed is
        not fed again."""
        self._require_between_updates("roll back")
        policy, _ = checkpoint.load_policy(directory)
        self.policy.model.load_state_dict(policy.model.state_dict())
        self._load_optimizer(checkpoint.load_training(directory))

    def next_rollout(self) -> FeedBatch:
        """The batch of the next optimizer step, for the trainer: the same one ``iterations`` times, then a new one."""
        if self._batch is not None and self._iteration < self.settings.iterations:
            self._iteration += 1
            self._step_started = time.monotonic()
            return self._batch
        if self._batch is not None:
            self.update, self.feed_seq, self._batch = self.update + 1, self._batch.seq, None
        if self._rng is not None:
            checkpoint.restore_rng(self._rng)
            self._rng = None
        if self._feed is None:
            raise RuntimeError("no feed: call train(feed)")
        batch = self._feed()
        if batch is None:
            raise _FeedEnded
        check_batch(batch, self.settings.groups, self.settings.group_size)
        self._batch, self._iteration = batch, 1
        self._step_started = time.monotonic()
        return batch

    def report(self, logs: Mapping[str, float]) -> None:
        """Turn TRL's log of one optimizer step into a StepReport."""
        self._on_step(
            StepReport(
                update=self.update + 1,
                iteration=self._iteration,
                loss=logs["loss"],
                reward=logs["reward"],
                entropy=logs["entropy"],
                kl=logs["sampling_kl"],
                grad_norm=logs["grad_norm"],
                clipped=logs["clip_ratio/region_mean"],
                seconds=time.monotonic() - self._step_started,
            )
        )

    def _load_optimizer(self, training: Mapping[str, Any]) -> None:
        self._optimizer.load_state_dict(training["optimizer"])
        for parameters in self._optimizer.param_groups:
            parameters["lr"] = self.settings.lr

    def _require_between_updates(self, what: str) -> None:
        if self._batch is not None:
            raise RuntimeError(f"cannot {what} in the middle of an update: do it inside feed() or after train()")


class _Trainer(GRPOTrainer):
    """TRL's trainer with its data, rewards and ratio denominators taken from the verified feed."""

    def __init__(self, learner: Learner, settings: GRPOSettings, scratch: str) -> None:
        self._learner = learner
        # TRL's callback types are narrower than what it calls them with.
        reward_func: Any = _verified_reward
        rollout_func: Any = _rollout
        super().__init__(
            model=learner.policy.model,
            processing_class=learner.policy.tokenizer,
            reward_funcs=reward_func,
            train_dataset=IterableDataset.from_generator(_blank_prompts),
            rollout_func=rollout_func,
            optimizers=(learner._optimizer, None),
            args=_arguments(settings, scratch),
        )
        self.remove_callback(PrinterCallback)

    def _generate_and_score_completions(self, inputs: list[dict[str, Any]]) -> dict[str, Any]:
        output: dict[str, Any] = super()._generate_and_score_completions(inputs)
        # TRL would divide by the current weights' probabilities, which is right only if they sampled the batch.
        output["old_per_token_logps"] = output["sampling_per_token_logps"]
        return output

    def _get_per_token_logps_and_entropies(self, *args: Any, **kwargs: Any) -> Any:
        output = super()._get_per_token_logps_and_entropies(*args, **kwargs)
        self._current_logps = output[0].detach()
        return output

    def _compute_loss(self, model: Any, inputs: dict[str, Any]) -> Any:
        loss = super()._compute_loss(model, inputs)  # type: ignore[no-untyped-call]
        mask = inputs["completion_mask"]
        moved = (inputs["sampling_per_token_logps"] - self._current_logps) * mask
        self._metrics["train"]["sampling_kl"].append((moved.sum() / mask.sum().clamp(min=1)).item())
        return loss

    def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
        super().log(logs, start_time)
        self.state.log_history.clear()  # it would grow for as long as the daemon runs
        if "loss" in logs:
            self._learner.report(logs)


def _arguments(settings: GRPOSettings, scratch: str) -> Any:
    return GRPOConfig(
        output_dir=scratch,
        use_cpu=not torch.cuda.is_available(),
        bf16=False,
        activation_checkpointing=False,
        report_to="none",
        save_strategy="no",
        logging_steps=1,
        disable_tqdm=True,
        seed=settings.seed,
        max_steps=ENDLESS,
        shuffle_dataset=False,
        lr_scheduler_type="constant",
        learning_rate=settings.lr,
        max_grad_norm=settings.max_grad_norm,
        per_device_train_batch_size=settings.groups * settings.group_size,
        num_generations=settings.group_size,
        # One: repeated optimizer steps on a batch come from the rollout, at half the cost of TRL's own (which first
        # recomputes the log-probabilities that we already have).
        num_iterations=1,
        temperature=settings.temperature,
        loss_type="dapo",
        epsilon=0.2,
        epsilon_high=0.28,
        beta=0.0,
        scale_rewards="none",
        mask_truncated_completions=True,
    )


def _blank_prompts() -> Iterator[dict[str, str]]:
    """TRL wants a dataset; the prompts that count come with the feed."""
    while True:
        yield {"prompt": ""}


def _rollout(prompts: Sequence[str], trainer: _Trainer) -> dict[str, list[Any]]:
    samples = [(group, sample) for group in trainer._learner.next_rollout().groups for sample in group.samples]
    return {
        "prompt_ids": [list(group.prompt_ids) for group, _ in samples],
        "completion_ids": [list(sample.completion_ids) for _, sample in samples],
        "logprobs": [list(sample.logprobs) for _, sample in samples],
        "verified_reward": [sample.reward for _, sample in samples],
    }


def _verified_reward(verified_reward: Sequence[float], **_: Any) -> list[float]:
    return list(verified_reward)
