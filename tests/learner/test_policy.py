from pathlib import Path

import pytest
import torch

from assay.learner.policy import Completion, Policy

PROMPTS = ["1+2=", "a rather longer prompt than that", "7"]


def logprobs_without_padding(policy: Policy, prompt: str, completion: Completion) -> torch.Tensor:
    ids = torch.tensor([policy.encode(prompt) + completion.ids])
    with torch.inference_mode():
        scores = policy.model(input_ids=ids).logits[0].log_softmax(-1)
    start = len(policy.encode(prompt))
    return scores[start - 1 : -1].gather(1, ids[0, start:, None])[:, 0]


def test_log_probabilities_agree_with_a_forward_pass_without_padding(half_taught: Policy) -> None:
    groups = half_taught.generate(PROMPTS, group_size=6, max_new_tokens=12, seeds=[1, 2, 3])
    lengths = set()
    for prompt, group in zip(PROMPTS, groups, strict=True):
        for completion in group:
            lengths.add(len(completion.ids))
            expected = logprobs_without_padding(half_taught, prompt, completion)
            torch.testing.assert_close(torch.tensor(completion.logprobs), expected, atol=2e-5, rtol=1e-4)
    assert len(lengths) > 1, "rows must end at different steps, else dropping finished rows is not tested"


def test_the_same_seed_gives_the_same_group_whatever_else_is_in_the_batch(half_taught: Policy) -> None:
    together = half_taught.generate(PROMPTS, group_size=4, max_new_tokens=8, seeds=[1, 2, 3])
    alone = half_taught.generate(PROMPTS[1:2], group_size=4, max_new_tokens=8, seeds=[2])
    other = half_taught.generate(PROMPTS[1:2], group_size=4, max_new_tokens=8, seeds=[9])
    assert [c.ids for c in alone[0]] == [c.ids for c in together[1]]
    assert [c.ids for c in other[0]] != [c.ids for c in alone[0]]


def test_an_untrained_policy_never_samples_pad_bos_or_unk(tiny: Policy) -> None:
    (group,) = tiny.generate(["x"], group_size=64, max_new_tokens=32, seeds=[5])
    sampled = {token for completion in group for token in completion.ids}
    tokenizer = tiny.tokenizer
    assert sampled & {tokenizer.pad_token_id, tokenizer.bos_token_id, tokenizer.unk_token_id} == set()
    assert len(sampled) > 50, "the sample must be wide enough to have met a forbidden token"


def test_sampling_follows_the_distribution(tiny: Policy) -> None:
    (group,) = tiny.generate(["x"], group_size=4000, max_new_tokens=1, seeds=[5])
    token, expected = max((c.ids[0], c.logprobs[0]) for c in group)
    rate = sum(c.ids[0] == token for c in group) / len(group)
    assert rate == pytest.approx(torch.tensor(expected).exp().item(), abs=0.006)


def test_greedy_takes_the_most_probable_token_every_time(half_taught: Policy) -> None:
    first, second = half_taught.generate(["3+4="], group_size=2, max_new_tokens=4, seeds=[1], temperature=0)[0]
    assert first == second
    ids = torch.tensor([half_taught.encode("3+4=")])
    with torch.inference_mode():
        assert half_taught.model(input_ids=ids).logits[0, -1].argmax().item() == first.ids[0]


def test_a_finished_completion_ends_with_eos_and_its_text_leaves_it_out(half_taught: Policy) -> None:
    groups = half_taught.generate(["3+4=", "1+1="], group_size=16, max_new_tokens=2, seeds=[1, 2])
    completions = [completion for group in groups for completion in group]
    assert {completion.finished for completion in completions} == {True, False}
    for completion in completions:
        assert completion.finished == (completion.ids[-1] == half_taught.tokenizer.eos_token_id)
        assert "<eos>" not in completion.text
        assert len(completion.ids) == len(completion.logprobs)


def test_a_prompt_that_does_not_fit_the_context_says_so(tiny: Policy) -> None:
    with pytest.raises(ValueError, match="shorten the prompt"):
        tiny.generate(["x" * 60], group_size=1, max_new_tokens=10, seeds=[0])


def test_generation_leaves_training_mode_as_it_was(tiny: Policy) -> None:
    tiny.model.train()
    tiny.generate(["x"], group_size=1, max_new_tokens=1, seeds=[0])
    assert tiny.model.training


def test_saving_and_loading_keeps_version_and_answers(half_taught: Policy, tmp_path: Path) -> None:
    half_taught.save(tmp_path)
    loaded = Policy.load(tmp_path)
    assert loaded.version == half_taught.version
    arguments = {"group_size": 2, "max_new_tokens": 6, "seeds": [4]}
    assert loaded.generate(["2+2="], **arguments) == half_taught.generate(["2+2="], **arguments)


def test_the_version_is_of_the_weights(tiny: Policy) -> None:
    before = tiny.version
    with torch.no_grad():
        tiny.model.lm_head.weight[0, 0] += 1e-3
    assert tiny.version != before
