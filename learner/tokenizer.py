"""The character tokenizer of the nano policy: one token a character.

A policy of two million parameters that is trained on the spot has no use for word pieces: with single characters the
vocabulary is about 160 entries, digits are never glued together, and any text made of known characters survives the
round trip. An unknown character becomes ``<unk>`` (information is lost, nothing fails), and ``<unk>`` is never sampled.

Other Hugging Face policies bring their own tokenizer; the rest of the learner only uses ``encode_prompt``.
"""

from __future__ import annotations

from typing import Any

SPECIAL = ("<pad>", "<bos>", "<eos>", "<unk>")
ASCII = "".join(chr(code) for code in range(32, 127)) + "\n"
SYMBOLS = "∧∨¬→←↔∀∃λ∣≤≥≠≡∈∉⊆⊂∪∩∅∘×÷·∑∏√⟨⟩⟦⟧⊢⊥⊤▸ℕℤℚℝℂαβγδεσφψ₀₁₂₃₄₅₆₇₈₉ₙ⁻¹²³…"
"""Symbols of Lean source and of mathematical prompts."""


def build_tokenizer() -> Any:
    """A ``PreTrainedTokenizerFast`` with the fixed character vocabulary. The same on every machine, nothing is
    trained."""
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    vocabulary = {token: index for index, token in enumerate((*SPECIAL, *ASCII, *SYMBOLS))}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), behavior="isolated")
    tokenizer.decoder = decoders.Fuse()
    make: Any = PreTrainedTokenizerFast
    return make(
        tokenizer_object=tokenizer,
        pad_token="<pad>",
        bos_token="<bos>",
        eos_token="<eos>",
        unk_token="<unk>",
        padding_side="left",
        clean_up_tokenization_spaces=False,
    )


def encode_prompt(tokenizer: Any, prompt: str) -> tuple[int, ...]:
    """Token ids that a completion follows: bos, the prompt, and one newline that says "now answer"."""
    ids: list[int] = tokenizer.encode(prompt.rstrip("\n") + "\n", add_special_tokens=False, split_special_tokens=True)
    return (tokenizer.bos_token_id, *ids)


def encode_completion(tokenizer: Any, completion: str) -> tuple[int, ...]:
    """Token ids of a completion as it is taught: the text and eos."""
    ids: list[int] = tokenizer.encode(completion, add_special_tokens=False, split_special_tokens=True)
    return (*ids, tokenizer.eos_token_id)
