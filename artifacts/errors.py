"""Errors of the artifact layer. Each says what is wrong with what, and names the mend where a user has one."""

from __future__ import annotations


class ArtifactError(Exception):
    """Base of everything that this package raises on purpose."""


class CertificationError(ArtifactError, ValueError):
    """The caller asked to certify something that no certificate may say: a refuted verdict, a vetoed one, a gap."""


class StoreError(ArtifactError):
    """A store cannot be opened or written as asked: missing, locked by another writer, opened with the wrong key."""


class CorruptError(ArtifactError):
    """Bytes are missing, or differ from what a digest, a signature by a known key or the log binds."""


class UntrustedError(ArtifactError):
    """Bytes are well formed, but signed by a key that the trust root does not name for this role."""
