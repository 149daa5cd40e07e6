"""The trust folder of a store: which keys may sign what, and what the store accepts.

``trust/root.json`` is a small signed document in the manner of TUF: keys by id, roles, a version. For now the run's
online key holds every role, ``root`` included, so the document says no more than "this store was made by whoever held
this key": a stranger who did not get the root (or a remembered checkpoint) from somewhere else trusts on first use. The
roles are apart already so that an offline root key and rotation need no new format.

``trust/policy.json`` says which predicates and statuses a certificate of this store may carry. ``trust/<key>.pem``
are the same public keys as files for openssl. All of them are bound by the log's first entry.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from assay.verifiers import ClaimError, canonical_json

from .dsse import pae
from .errors import CorruptError, UntrustedError
from .keys import Keys, PublicKey, SigningKey, by_id
from .statement import PREDICATE_TYPE

ROOT_TYPE = "application/vnd.assay.root+json"
ROLES = ("root", "certificates", "log")


@dataclass(frozen=True)
class TrustRoot:
    """``origin`` names the log. ``roles`` maps each role to the keys that hold it."""

    origin: str
    roles: dict[str, Keys]

    @property
    def certificate_keys(self) -> Keys:
        return self.roles["certificates"]

    @property
    def log_keys(self) -> Keys:
        return self.roles["log"]

    @staticmethod
    def parse(data: bytes) -> TrustRoot:
        """Read ``root.json``. Raises CorruptError unless it is canonical and signed by a key of its own root role."""
        try:
            document = json.loads(data)
            if canonical_json(document) + b"\n" != data:
                raise ValueError("not canonical JSON")
            signed, signatures = document["signed"], document["signatures"]
            if set(document) != {"signed", "signatures"} or signed["type"] != "assay-root/v1":
                raise ValueError("not an assay-root/v1 document")
            keys = by_id(PublicKey(base64.b64decode(key["public"], validate=True)) for key in signed["keys"].values())
            if set(keys) != set(signed["keys"]) or any(key["scheme"] != "ed25519" for key in signed["keys"].values()):
                raise ValueError("a key that is not filed under its own id")
            roles: dict[str, Keys] = {
                role: {key_id: keys[key_id] for key_id in signed["roles"][role]} for role in ROLES
            }
            message = pae(ROOT_TYPE, canonical_json(signed))
            sound = [
                roles["root"][entry["keyid"]].verifies(base64.b64decode(entry["sig"], validate=True), message)
                for entry in signatures
            ]
            origin = str(signed["origin"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error, ClaimError) as error:
            raise CorruptError(f"trust root: is malformed ({type(error).__name__}: {error})") from None
        if not sound or not all(sound):
            raise CorruptError("trust root: is not signed by its own root role")
        return TrustRoot(origin, roles)


def new_root(key: SigningKey) -> bytes:
    """The ``root.json`` of a new store in which ``key`` holds every role."""
    signed: dict[str, Any] = {
        "type": "assay-root/v1",
        "version": 1,
        "origin": f"assay.dev/store/{key.id[:16]}",
        "keys": {key.id: {"scheme": "ed25519", "public": base64.b64encode(key.public.raw).decode()}},
        "roles": {role: [key.id] for role in ROLES},
    }
    signature = key.sign(pae(ROOT_TYPE, canonical_json(signed)))
    signatures = [{"keyid": key.id, "sig": base64.b64encode(signature).decode()}]
    return canonical_json({"signed": signed, "signatures": signatures}) + b"\n"


@dataclass(frozen=True)
class Policy:
    """What a certificate of this store may say."""

    predicate_types: frozenset[str]
    statuses: frozenset[str]

    @staticmethod
    def parse(data: bytes) -> Policy:
        """Read ``policy.json``. Raises CorruptError."""
        try:
            value = json.loads(data)
            if value["type"] != "assay-policy/v1":
                raise ValueError("not an assay-policy/v1 document")
            return Policy(frozenset(value["predicate_types"]), frozenset(value["statuses"]))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise CorruptError(f"trust policy: is malformed ({type(error).__name__}: {error})") from None

    def check(self, predicate_type: str, status: str) -> None:
        """Raises UntrustedError if a certificate says something that the policy does not allow."""
        if predicate_type not in self.predicate_types:
            raise UntrustedError(f"has the predicate {predicate_type!r}, which the store's policy does not accept")
        if status not in self.statuses:
            raise UntrustedError(f"has the status {status!r}, which the store's policy does not accept")


def new_policy() -> bytes:
    """The ``policy.json`` of a new store."""
    policy = {"type": "assay-policy/v1", "predicate_types": [PREDICATE_TYPE], "statuses": ["passed", "proved"]}
    return canonical_json(policy) + b"\n"
