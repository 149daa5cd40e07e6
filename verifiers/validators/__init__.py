"""Validators: is the verified thing the thing that was meant? They can veto an acceptance and do nothing else."""

from .lookup_table import LookupTable
from .trivial import TrivialClaim, trivial_answers
from .weak_spec import WeakSpec

__all__ = ["LookupTable", "TrivialClaim", "WeakSpec", "trivial_answers"]
