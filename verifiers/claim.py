"""Claims: the machine-checkable statements that the trusted side owns.

A claim is a JSON object with a ``kind``; its identity is the SHA-256 of its canonical JSON. The canonical form is
that of RFC 8785 (sorted keys, no white space, UTF-8) for the JSON that claims may hold: objects, arrays, strings,
booleans, null and integers. Two deliberate differences: floats are refused (no claim needs one, and their text form
is where canonicalisers disagree), and integers keep every digit (RFC 8785 would round them through a double).

What this module does not do: it does not know what any kind means. Each kind's verifier validates the body.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .errors import ClaimError

JSON = Any
"""A JSON value without floats: None, bool, int, str, list or dict with string keys."""

Answer = JSON
"""What a policy hands in: usually text, for some kinds a JSON object."""


def canonical_json(value: JSON) -> bytes:
    """The one byte string that stands for ``value``. Raises ClaimError for anything that is not claim JSON."""
    _refuse_non_json(value, "$")
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def distinct_keys(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    """An ``object_pairs_hook`` for ``json.loads``, which would keep the last of two equal keys: a silent repair of what
    somebody handed in. Raises ValueError."""
    value: dict[str, JSON] = {}
    for key, item in pairs:
        if key in value:
            raise ValueError(f"the key {key[:40]!a} is given twice")
        value[key] = item
    return value


def digest(value: JSON) -> str:
    """SHA-256 of the canonical JSON, as 64 hex digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _refuse_non_json(value: JSON, where: str) -> None:
    # An explicit stack: a deeply nested answer must be an error here, not a RecursionError somewhere later.
    stack: list[tuple[JSON, str, int]] = [(value, where, 0)]
    while stack:
        item, path, depth = stack.pop()
        if depth > 64:
            raise ClaimError(path[:80], "nested deeper than 64 levels", "flatten the value")
        kind = type(item)
        if item is None or kind in (bool, int):
            continue
        if kind is str:
            try:
                item.encode()
            except UnicodeEncodeError:
                raise ClaimError(path, "holds a lone surrogate", "use valid Unicode text") from None
        elif kind is list or kind is tuple:
            stack.extend((child, f"{path}[{i}]", depth + 1) for i, child in enumerate(item))
        elif kind is dict:
            for key, child in item.items():
                if type(key) is not str:
                    raise ClaimError(path, f"has the non-text key {key!r}", "use text keys")
                stack.append((child, f"{path}.{key}", depth + 1))
        else:
            raise ClaimError(path, f"is a {kind.__name__}", "use null, booleans, integers, text, lists and objects")


@dataclass(frozen=True)
class Claim:
    """One statement to be verified. ``body`` is the whole JSON object, ``kind`` included."""

    body: Mapping[str, JSON]

    @staticmethod
    def from_json(value: JSON) -> Claim:
        """Check the outer shape only. Raises ClaimError naming the field and its mend."""
        if not isinstance(value, dict):
            raise ClaimError("claim", f"is a {type(value).__name__}", 'give a JSON object with a "kind"')
        kind = value.get("kind")
        if not isinstance(kind, str) or not kind:
            raise ClaimError("claim.kind", "is missing", 'add for example "kind": "smt/model/v1"')
        canonical_json(value)
        return Claim(dict(value))

    @property
    def kind(self) -> str:
        return str(self.body["kind"])

    @cached_property
    def id(self) -> str:
        """64 hex digits: the SHA-256 of the canonical JSON."""
        return digest(dict(self.body))
