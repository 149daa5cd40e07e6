"""The verifier of ``python/function/v1`` claims: property tests of a candidate that runs in a box."""

from .verifier import PythonVerifier

__all__ = ["PythonVerifier"]
