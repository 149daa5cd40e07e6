"""Checkpoints: signed tree heads in the C2SP formats tlog-checkpoint and signed-note.

    <origin>
    <number of entries>
    <root hash, base64>
    <empty line>
    — <origin> <base64 of 4 bytes of key id and the Ed25519 signature>

Any number of witnesses may add signature lines; only the lines of keys that the caller names are looked at.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from .errors import CorruptError, UntrustedError
from .keys import PublicKey, SigningKey

_ED25519 = b"\x01"


@dataclass(frozen=True)
class Checkpoint:
    """A tree head: ``size`` entries with Merkle root ``root`` in the log named ``origin``."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def signed(self, key: SigningKey) -> bytes:
        """The whole note."""
        line = base64.b64encode(note_key_id(self.origin, key.public) + key.sign(self.text.encode())).decode()
        return f"{self.text}\n— {self.origin} {line}\n".encode()

    @staticmethod
    def parse(note: bytes) -> Checkpoint:
        """The tree head, its signatures unverified. Raises CorruptError if the note is malformed."""
        text, _ = _split(note)
        lines = text.split("\n")
        try:
            origin, size, root = lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)
        except (IndexError, ValueError, binascii.Error):
            raise CorruptError("checkpoint: is not origin, size and root hash, a line each") from None
        found = Checkpoint(origin, size, root)
        if found.text != text or size < 0 or len(root) != 32:
            raise CorruptError("checkpoint: is not in its one canonical form")
        return found

    @staticmethod
    def verified(note: bytes, origin: str, keys: Iterable[PublicKey]) -> Checkpoint:
        """The tree head, if one of ``keys`` signed it for ``origin``.

        Raises CorruptError if it is malformed or a known key's signature does not fit, UntrustedError if it is another
        log's or no known key signed it.
        """
        found = Checkpoint.parse(note)
        if found.origin != origin:
            raise UntrustedError(f"checkpoint: is of the log {found.origin!r}, not {origin!r}")
        known = {note_key_id(origin, key): key for key in keys}
        text, signatures = _split(note)
        signed = False
        for name, blob in signatures:
            key = known.get(blob[:4]) if name == origin else None
            if key is not None:
                if not key.verifies(blob[4:], text.encode()):
                    raise CorruptError(f"checkpoint: the signature by {key.id[:16]} does not fit")
                signed = True
        if not signed:
            raise UntrustedError("checkpoint: is signed by no key that the trust root names for the log")
        return found


def note_key_id(name: str, key: PublicKey) -> bytes:
    """The four bytes by which a signature line names its key."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + key.raw).digest()[:4]


def _split(note: bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """Text and (key name, key id and signature) lines of a signed note."""
    try:
        text, separator, tail = note.decode().rpartition("\n\n")
        lines = tail.split("\n")
        if not separator or lines.pop() or any(ord(char) < 32 and char != "\n" for char in text + tail):
            raise ValueError("no text, empty line, signature lines")
        signatures = []
        for line in lines:
            dash, name, encoded = line.split(" ")
            blob = base64.b64decode(encoded, validate=True)
            if dash != "—" or not name or "+" in name or len(blob) < 5 or base64.b64encode(blob).decode() != encoded:
                raise ValueError("a malformed signature line")
            signatures.append((name, blob))
    except (ValueError, binascii.Error) as error:
        raise CorruptError(f"checkpoint: is no signed note ({error})") from None
    return text + "\n", signatures
