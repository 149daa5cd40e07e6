"""From a policy's text to the answer that a claim kind expects.

One rule throughout: the text is put into the kind's envelope, and never mended. Text that does not fit the envelope is
handed on as it is, so that the verifier, not this module, says what is wrong with it. Nothing here raises. Text that
already is an answer of the kind (a JSON object, a whole function) goes through untouched, so that a large model may
answer in the format of the claim while a small one writes the short form.

What this module does not do: it strips no chat markup and picks no code block out of prose. That is a policy's part.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from assay.verifiers import Answer, Claim, ClaimError, canonical_json, distinct_keys

_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,17})\Z")
_DECLARED = re.compile(r"\(\s*declare-(?:const|fun)\s+(\|[^|\\]*\||[^\s()|]+)")
_LINE_DEFINES = re.compile(r"^(?:def|async def)\s", re.MULTILINE)


def answer_of(claim: Claim, text: str) -> Answer:
    """The answer that ``text`` stands for under ``claim``'s kind; kinds unknown here get JSON objects or plain text."""
    return _BY_KIND.get(claim.kind, _object_or_text)(claim, text)


def _model(claim: Claim, text: str) -> Answer:
    """``3 2``, ``x=3 y=2`` and ``x=3, y=2`` stand for the object with the declared names, in declared order."""
    given = _object_or_text(claim, text)
    if given is not text:
        return given
    names = [name.strip("|") for name in _DECLARED.findall(str(claim.body.get("smtlib", "")))]
    values: dict[str, int] = {}
    words = text.replace(",", " ").split()
    if not names or len(words) != len(names):
        return text
    for name, word in zip(names, words, strict=True):
        label, separator, value = word.rpartition("=")
        if separator:
            name = label
        if name not in names or name in values or not _INTEGER.match(value):
            return text
        values[name] = int(value)
    return values


def _function(claim: Claim, text: str) -> Answer:
    """A bare expression stands for the function that returns it."""
    if _LINE_DEFINES.search(text):
        return text
    return f"{str(claim.body.get('signature', '')).rstrip().rstrip(':')}:\n    return {text}"


def _object_or_text(claim: Claim, text: str) -> Answer:
    """The JSON object that ``text`` spells, if it spells exactly one and it is claim JSON; else the text."""
    if not text.lstrip().startswith("{"):
        return text
    try:
        value = json.loads(text, object_pairs_hook=distinct_keys)
        canonical_json(value)
    except (ValueError, RecursionError, ClaimError):
        return text
    return value


_BY_KIND: dict[str, Callable[[Claim, str], Answer]] = {
    "smt/model/v1": _model,
    "python/function/v1": _function,
}
