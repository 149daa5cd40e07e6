"""Policies: a causal language model with its tokenizer, and a batched sampler that keeps the log-probabilities.

The nano policy is a Llama of about two million parameters over characters, small enough to be trained from nothing
while a user watches. Any directory that transformers can load as a causal language model works as a policy too.

``Policy.generate`` is a plain decode loop, not ``model.generate``: it reads each prompt once for a whole group, drops
rows that are done, and returns the log-probability of every sampled token, which GRPO divides by. What it does not do:
beams, top-p, chat templates.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, DynamicCache, LlamaConfig, LlamaForCausalLM
from transformers.utils import logging as transformers_logging

from .tokenizer import build_tokenizer, encode_prompt

# A progress bar for every eight-megabyte checkpoint would drown the live view.
transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class NanoConfig:
    """The shape of a nano policy. ``context`` bounds prompt plus completion, in tokens."""

    hidden: int = 192
    layers: int = 4
    heads: int = 6
    context: int = 1024


@dataclass(frozen=True)
class Completion:
    """What was sampled. ``ids`` ends with eos if ``finished``; ``logprobs`` are natural logarithms under the policy at
    the sampling temperature, one a token."""

    text: str
    ids: tuple[int, ...]
    logprobs: tuple[float, ...]
    finished: bool


@dataclass
class Policy:
    """A model and its tokenizer. ``model`` is trained in place: ``version`` changes with it."""

    model: Any
    tokenizer: Any

    @staticmethod
    def new(config: NanoConfig, seed: int) -> Policy:
        """An untrained nano policy. The same config and seed give the same weights."""
        tokenizer = build_tokenizer()
        llama = LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=config.hidden,
            intermediate_size=config.hidden * 8 // 3 // 32 * 32,
            num_hidden_layers=config.layers,
            num_attention_heads=config.heads,
            num_key_value_heads=config.heads,
            max_position_embeddings=config.context,
            initializer_range=config.hidden**-0.5,
            tie_word_embeddings=False,
            pad_token_id=tokenizer.pad_token_id,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
        )
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            return Policy(LlamaForCausalLM(llama), tokenizer)

    @staticmethod
    def load(directory: Path) -> Policy:
        """Read what ``save`` wrote, or any local Hugging Face causal language model. Nothing is fetched."""
        model = AutoModelForCausalLM.from_pretrained(directory, local_files_only=True, dtype=torch.float32)
        return Policy(model, AutoTokenizer.from_pretrained(directory, local_files_only=True, padding_side="left"))

    def save(self, directory: Path) -> None:
        """Write weights, config and tokenizer. Not atomic by itself: see ``checkpoint``."""
        self.model.save_pretrained(directory)
        self.tokenizer.save_pretrained(directory)

    @property
    def version(self) -> str:
        """SHA-256 of the weights (names, shapes, types, bytes): which policy this is, wherever it is stored."""
        hasher = hashlib.sha256()
        for name, tensor in sorted(self.model.state_dict().items()):
            hasher.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
            hasher.update(tensor.detach().cpu().contiguous().view(torch.uint8).numpy().tobytes())
        return hasher.hexdigest()

    def encode(self, prompt: str) -> tuple[int, ...]:
        """The token ids that ``generate`` continues for this prompt."""
        return encode_prompt(self.tokenizer, prompt)

    @torch.inference_mode()
    def generate(
        self,
        prompts: Sequence[str],
        *,
        group_size: int,
        max_new_tokens: int,
        seeds: Sequence[int],
        temperature: float = 1.0,
    ) -> list[list[Completion]]:
        """``group_size`` completions for each prompt. Temperature 0 is greedy (log-probabilities then at temperature
        1).

        One seed a prompt: a group depends on its own seed and not on what else is in the batch (up to the rounding of
        floating-point sums). pad, bos and unk are never sampled. Raises ValueError if a prompt does not fit the
        context.
        """
        if len(seeds) != len(prompts):
            raise ValueError(f"{len(prompts)} prompts but {len(seeds)} seeds: give one seed a prompt")
        if not prompts:
            return []
        encoded = [self.encode(prompt) for prompt in prompts]
        self.require_room(encoded, max_new_tokens)
        uniforms = torch.cat([_uniforms(seed, group_size, max_new_tokens) for seed in seeds])
        with _evaluating(self.model):
            ids, logprobs = self._decode(encoded, group_size, max_new_tokens, temperature, uniforms)
        rows = [self._completion(row, scores) for row, scores in zip(ids, logprobs, strict=True)]
        return [rows[start : start + group_size] for start in range(0, len(rows), group_size)]

    def _decode(
        self, prompts: list[tuple[int, ...]], group_size: int, steps: int, temperature: float, uniforms: torch.Tensor
    ) -> tuple[list[list[int]], list[list[float]]]:
        width = max(map(len, prompts))
        pad, eos = self.tokenizer.pad_token_id, self.tokenizer.eos_token_id
        tokens = torch.tensor([(pad,) * (width - len(ids)) + ids for ids in prompts])
        mask = torch.tensor([(0,) * (width - len(ids)) + (1,) * len(ids) for ids in prompts])
        cache = DynamicCache(config=self.model.config)
        logits = self._forward(tokens, mask, mask.cumsum(1).sub(1).clamp(min=0), cache)
        # The prompt is read once for the group: prompts are several times longer than completions.
        cache.batch_repeat_interleave(group_size)
        logits, mask = logits.repeat_interleave(group_size, 0), mask.repeat_interleave(group_size, 0)
        forbidden = torch.tensor([pad, self.tokenizer.bos_token_id, self.tokenizer.unk_token_id])

        ids: list[list[int]] = [[] for _ in range(len(mask))]
        scores: list[list[float]] = [[] for _ in range(len(mask))]
        active = torch.arange(len(mask))
        for step in range(steps):
            logprobs = (logits / (temperature or 1.0)).log_softmax(-1)
            choice = _choose(logprobs.index_fill(1, forbidden, -torch.inf), temperature, uniforms[active, step])
            chosen = logprobs.gather(1, choice[:, None])[:, 0]
            for row, token, score in zip(active.tolist(), choice.tolist(), chosen.tolist(), strict=True):
                ids[row].append(token)
                scores[row].append(score)
            going = (choice != eos).nonzero()[:, 0]
            if not len(going) or step + 1 == steps:
                break
            if len(going) < len(active):
                cache.batch_select_indices(going)
                active, choice, mask = active[going], choice[going], mask[going]
            mask = torch.cat([mask, mask.new_ones(len(mask), 1)], 1)
            logits = self._forward(choice[:, None], mask, mask.sum(1, keepdim=True) - 1, cache)
        return ids, scores

    def _forward(self, tokens: torch.Tensor, mask: torch.Tensor, positions: torch.Tensor, cache: Any) -> torch.Tensor:
        """Logits after the last column, in float32."""
        output = self.model(
            input_ids=tokens,
            attention_mask=mask,
            position_ids=positions,
            past_key_values=cache,
            use_cache=True,
            logits_to_keep=1,
        )
        logits: torch.Tensor = output.logits[:, -1].float()
        return logits

    def _completion(self, ids: list[int], logprobs: list[float]) -> Completion:
        text = self.tokenizer.decode(ids, skip_special_tokens=True)
        return Completion(text, tuple(ids), tuple(logprobs), ids[-1] == self.tokenizer.eos_token_id)

    def require_room(self, encoded: Sequence[tuple[int, ...]], max_new_tokens: int) -> None:
        """Raises ValueError if one of these prompts and its completion do not fit the context."""
        context = int(self.model.config.max_position_embeddings)
        longest = max(map(len, encoded))
        if longest + max_new_tokens > context:
            raise ValueError(
                f"a prompt of {longest} tokens and {max_new_tokens} new ones exceed the policy's context of {context}: "
                "shorten the prompt or lower max_new_tokens"
            )


def _uniforms(seed: int, rows: int, steps: int) -> torch.Tensor:
    return torch.rand(rows, steps, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def _choose(logprobs: torch.Tensor, temperature: float, uniform: torch.Tensor) -> torch.Tensor:
    """One token a row, shape (rows,): the argmax, or the inverse of the cumulative distribution at ``uniform``."""
    if temperature == 0:
        return logprobs.argmax(-1)
    cumulative = logprobs.double().exp().cumsum(-1)
    target = (uniform * cumulative[:, -1])[:, None]
    # "<=" steps over tokens of probability zero; the clamp is for a target that rounds up to the total.
    return (cumulative <= target).sum(-1).clamp(max=logprobs.shape[-1] - 1)


@contextmanager
def _evaluating(model: Any) -> Iterator[None]:
    was_training = model.training
    model.eval()
    try:
        yield
    finally:
        model.train(was_training)
