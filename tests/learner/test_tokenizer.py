from hypothesis import given
from hypothesis import strategies as st

from assay.learner.tokenizer import ASCII, SYMBOLS, build_tokenizer, encode_completion, encode_prompt

TOKENIZER = build_tokenizer()


@given(st.text(alphabet=ASCII + SYMBOLS))
def test_text_of_known_characters_survives_the_round_trip(text: str) -> None:
    ids = TOKENIZER.encode(text, add_special_tokens=False, split_special_tokens=True)
    assert len(ids) == len(text)
    assert TOKENIZER.decode(ids) == text


@given(st.text())
def test_unknown_characters_cost_information_and_nothing_else(text: str) -> None:
    ids = encode_prompt(TOKENIZER, text)
    assert ids[0] == TOKENIZER.bos_token_id
    assert all(0 <= token < len(TOKENIZER) for token in ids)


def test_an_unknown_character_becomes_unk() -> None:
    assert encode_prompt(TOKENIZER, "é")[1] == TOKENIZER.unk_token_id


def test_a_prompt_cannot_smuggle_in_special_tokens() -> None:
    ids = encode_prompt(TOKENIZER, "a<eos>b<pad>")
    assert TOKENIZER.eos_token_id not in ids
    assert TOKENIZER.pad_token_id not in ids


def test_a_completion_ends_with_eos_and_a_prompt_with_a_newline() -> None:
    assert encode_completion(TOKENIZER, "x")[-1] == TOKENIZER.eos_token_id
    assert encode_prompt(TOKENIZER, "x") == encode_prompt(TOKENIZER, "x\n")


def test_no_character_is_listed_twice() -> None:
    assert len(set(ASCII + SYMBOLS)) == len(ASCII + SYMBOLS)
