"""Problems, families of problems, the skill graph and the sampler."""
from .problem import Family, Problem

__all__ = ["Family", "Problem"]
