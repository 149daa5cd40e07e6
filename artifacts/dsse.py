"""DSSE envelopes (github.com/secure-systems-lab/dsse): a signature over exact bytes and their type.

What is signed is the pre-authentication encoding (PAE), so a payload of one type can never be replayed as another and
no canonical form has to be agreed on. One envelope is one line of JSON here (the ``.intoto.jsonl`` convention).
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from assay.verifiers import canonical_json

from .errors import CorruptError, UntrustedError
from .keys import Keys, SigningKey

IN_TOTO = "application/vnd.in-toto+json"


def pae(payload_type: str, payload: bytes) -> bytes:
    """Pre-authentication encoding, version 1."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def sign(payload_type: str, payload: bytes, key: SigningKey) -> bytes:
    """One signed envelope as one line of JSON, newline included. The same input gives the same bytes."""
    signature = key.sign(pae(payload_type, payload))
    envelope = {
        "payload": base64.b64encode(payload).decode(),
        "payloadType": payload_type,
        "signatures": [{"keyid": key.id, "sig": base64.b64encode(signature).decode()}],
    }
    return canonical_json(envelope) + b"\n"


@dataclass(frozen=True)
class Envelope:
    """A parsed envelope, nothing verified yet. ``signatures`` are (key id, signature) pairs."""

    payload_type: str
    payload: bytes
    signatures: tuple[tuple[str, bytes], ...]

    @staticmethod
    def parse(data: bytes) -> Envelope:
        """Raises CorruptError if ``data`` is no envelope."""
        try:
            value = json.loads(data.decode())
            return Envelope(
                payload_type=str(value["payloadType"]),
                payload=binascii.a2b_base64(value["payload"], strict_mode=True),
                signatures=tuple(
                    (str(entry["keyid"]), binascii.a2b_base64(entry["sig"], strict_mode=True))
                    for entry in value["signatures"]
                ),
            )
        except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
            raise CorruptError(f"is no DSSE envelope ({type(error).__name__}: {error})") from None

    def verified(self, payload_type: str, keys: Keys) -> bytes:
        """The payload, if one of ``keys`` signed it as ``payload_type``.

        Raises CorruptError if a known key's signature does not fit or the type is another one, and UntrustedError if no
        known key signed at all. One bad signature by a known key condemns the envelope, whatever else it carries.
        """
        if self.payload_type != payload_type:
            raise CorruptError(f"is of type {self.payload_type!r}, not {payload_type!r}")
        known = [(keys[key_id], signature) for key_id, signature in self.signatures if key_id in keys]
        if not known:
            signers = ", ".join(key_id[:16] for key_id, _ in self.signatures) or "nobody"
            raise UntrustedError(f"is signed by {signers}, whom the trust root does not name for this")
        message = pae(payload_type, self.payload)
        for key, signature in known:
            if not key.verifies(signature, message):
                raise CorruptError(f"carries a signature by {key.id[:16]} that does not fit")
        return self.payload
