"""Problems, families of problems, the skill graph and the sampler.

Start-up stays cheap: networkx comes in with ``assay.curriculum.sampler`` and ``assay.curriculum.skills`` only.
"""

from .problem import Family, Problem

__all__ = ["Family", "Problem"]
