"""What `doctor` tells about sandboxes on this machine: which backend and store would be used, and what is missing."""

from __future__ import annotations

from typing import Any

from .bubblewrap_backend import BubblewrapBackend
from .docker_backend import connect
from .errors import BackendUnavailable
from .mounts import can_mount
from .runtime import box_user
from .seccomp import filter_program
from .spec import DEFAULT_IMAGE

_BUBBLEWRAP_LACKS = (
    "no memory, CPU or process limit for a box as a whole (only per process)",
    "no image: commands see the host's /usr, read-only",
)
_CAS_LACKS = (
    "disk quotas are checked at snapshots, not enforced at every write",
    "snapshots take time that grows with the number of files",
)


def backend_report() -> dict[str, Any]:
    """``{"backend", "store", "image", "missing": [...], "mend": [...]}``; ``backend`` is None when there is none.

    ``missing`` says what isolation or speed is lost against Docker with overlay snapshots. Starts nothing.
    """
    missing: list[str] = []
    mend: list[str] = []
    backend: str | None = None
    image: str | None = None
    try:
        client = connect(timeout=10)
        backend = "docker"
        image = next((found["Id"] for found in client.images(DEFAULT_IMAGE)), None)
        client.close()
        if image is None:
            mend.append(f"no image {DEFAULT_IMAGE}: run `python -m assay.sandbox.image`")
    except BackendUnavailable as error:
        mend.append(str(error))
        try:
            BubblewrapBackend(box_user())
            backend = "bubblewrap"
            missing += _BUBBLEWRAP_LACKS
        except BackendUnavailable as no_bubblewrap:
            mend.append(str(no_bubblewrap))
    store = "overlay" if can_mount() else "cas"
    if store == "cas":
        missing += _CAS_LACKS
    if not filter_program():
        missing.append("no system-call filter of our own on this architecture")
    return {
        "backend": backend,
        "store": store,
        "image": image,
        "missing": missing,
        "mend": mend,
    }
