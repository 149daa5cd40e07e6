"""Lean: a verifier that runs from pip, with a core library of our own and a judge that the submission cannot reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .verifier import LeanVerifier

__all__ = ["LeanVerifier"]


def __getattr__(name: str) -> object:
    # On demand: the judge's process and the build import this package and need none of the verifier's imports.
    if name == "LeanVerifier":
        from .verifier import LeanVerifier

        return LeanVerifier
    raise AttributeError(name)
