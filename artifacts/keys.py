"""Ed25519 keys: the daemon's online signing key on disk, and how public keys are named.

The private key is a PKCS#8 PEM file with mode 0600 that lives outside the store (a store is made to be copied to
strangers). A key's id is the SHA-256 of its 32 raw public bytes, in hex.

What this module does not do: say which key may sign what (see ``trust``).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .durable import write_file
from .errors import StoreError


@dataclass(frozen=True)
class PublicKey:
    """``raw`` is the 32-byte encoding of RFC 8032."""

    raw: bytes

    @cached_property
    def id(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()

    @cached_property
    def _key(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self.raw)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    @property
    def pem(self) -> bytes:
        """SubjectPublicKeyInfo, for ``openssl pkeyutl -pubin``."""
        kind = serialization.PublicFormat.SubjectPublicKeyInfo
        return self._key.public_bytes(serialization.Encoding.PEM, kind)


Keys = Mapping[str, PublicKey]
"""Key id -> key."""


def by_id(keys: Iterable[PublicKey]) -> dict[str, PublicKey]:
    return {key.id: key for key in keys}


class SigningKey:
    """A private key in memory."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = PublicKey(private.public_key().public_bytes_raw())

    @property
    def id(self) -> str:
        return self.public.id

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)

    @staticmethod
    def generate() -> SigningKey:
        return SigningKey(Ed25519PrivateKey.generate())

    @staticmethod
    def load(path: Path) -> SigningKey:
        """Read a key file. Raises StoreError if others may read it, or if it is no Ed25519 key."""
        try:
            with path.open("rb") as file:
                mode = os.fstat(file.fileno()).st_mode & 0o777
                if mode & 0o077:
                    raise StoreError(f"{path} has mode {mode:04o}, others may read it: run `chmod 600 {path}`")
                private = serialization.load_pem_private_key(file.read(), password=None)
        except FileNotFoundError:
            raise StoreError(f"no signing key at {path}: open the store read-only, or restore the key file") from None
        except (ValueError, TypeError) as error:
            raise StoreError(f"{path} is no unencrypted PEM private key ({error}): restore the key file") from None
        if not isinstance(private, Ed25519PrivateKey):
            raise StoreError(f"{path} is a {type(private).__name__}: the store signs with Ed25519")
        return SigningKey(private)

    def save(self, path: Path) -> None:
        """Write the key file (mode 0600, its folder 0700 if it is new). Refuses to overwrite."""
        if path.exists():
            raise StoreError(f"{path} exists: a signing key is never overwritten, move it away first")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        pem = self._private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        write_file(path, pem, mode=0o600)


def load_or_create(path: Path) -> SigningKey:
    """The key at ``path``, made on first use."""
    if not path.exists():
        SigningKey.generate().save(path)
    return SigningKey.load(path)
