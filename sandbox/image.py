"""Makes the default image: a small Linux with Python 3, which is all that the worker needs.

From the public Python image when a registry answers within seconds, else from the packages that this Debian or Ubuntu
is itself installed from (``mmdebstrap``, with the host's own apt configuration), imported as one layer. Idempotent.

``python -m assay.sandbox.image`` does it from the shell, with a line of progress per step.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docker.errors
import requests.exceptions

from .docker_backend import connect
from .errors import BackendUnavailable, SandboxError
from .spec import DEFAULT_IMAGE

PUBLIC_IMAGE = "python:3.12-slim"
# A registry that is not there shows at once or never; a pull that has begun sends progress all the time.
_REGISTRY_SECONDS = 20
_BUILD_SECONDS = 1800

Say = Callable[[str], None]


def _silent(line: str) -> None:
    """Say nothing."""


def ensure_image(tag: str = DEFAULT_IMAGE, say: Say = _silent) -> str:
    """Make sure that ``tag`` exists and return its digest. Raises BackendUnavailable naming what to install."""
    client: Any = connect()
    try:
        digest = str(client.inspect_image(tag)["Id"])
        say(f"image {tag} is there: {digest}")
        return digest
    except docker.errors.ImageNotFound:
        pass
    if not _pull(tag, say):
        _build(tag, say)
    digest = str(client.inspect_image(tag)["Id"])
    say(f"image {tag} is ready: {digest}")
    return digest


def _pull(tag: str, say: Say) -> bool:
    """Get the public image under our name; False if no registry can be reached."""
    client: Any = connect(timeout=_REGISTRY_SECONDS)
    say(f"asking the registry for {PUBLIC_IMAGE}")
    repository, _, version = PUBLIC_IMAGE.partition(":")
    try:
        for event in client.pull(repository, tag=version, stream=True, decode=True):
            if "error" in event:
                say(f"no registry: {event['error']}")
                return False
            if event.get("status", "").startswith(("Pull complete", "Status")):
                say(event["status"])
    except (docker.errors.APIError, requests.exceptions.RequestException) as error:
        say(f"no registry: {error}")
        return False
    name, _, label = tag.partition(":")
    return bool(client.tag(PUBLIC_IMAGE, name, label or "latest", force=True))


def _build(tag: str, say: Say) -> None:
    """A minimal system with Python from the host's own package sources, imported as one layer."""
    release = read_os_release()
    if not {"debian", "ubuntu"} & {release.get("ID", ""), *release.get("ID_LIKE", "").split()}:
        mend = f"load an image with python3 in it as {tag} (docker load, docker tag)"
        raise BackendUnavailable(f"no registry answers, and this system is neither Debian nor Ubuntu; {mend}")
    if shutil.which("mmdebstrap") is None:
        raise BackendUnavailable("no registry answers; install the package `mmdebstrap`, then try again")
    suite = release.get("VERSION_CODENAME", "stable")
    say(f"building {tag} from the packages of {suite} (mmdebstrap; about a minute)")
    command = ["mmdebstrap", "--variant=minbase", "--include=python3", "--quiet", suite, "-", *_apt_sources()]
    name, _, label = tag.partition(":")
    with tempfile.TemporaryFile() as archive:
        done = subprocess.run(command, stdout=archive, stderr=subprocess.PIPE, check=False, timeout=_BUILD_SECONDS)
        if done.returncode:
            raise SandboxError(f"mmdebstrap failed: {done.stderr.decode(errors='replace').strip()[-800:]}")
        archive.seek(0)
        client: Any = connect(timeout=_BUILD_SECONDS)
        client.import_image_from_stream(archive, repository=name, tag=label or "latest")


def _apt_sources(etc: Path = Path("/etc/apt")) -> list[str]:
    """The host's package sources, as mmdebstrap takes them. Its proxy settings apply by themselves."""
    candidates = [etc / "sources.list", *sorted((etc / "sources.list.d").glob("*.sources"))]
    return [str(path) for path in candidates if path.exists() and path.stat().st_size]


def read_os_release(path: Path = Path("/etc/os-release")) -> Mapping[str, str]:
    """The fields of os-release(5)."""
    pairs = (line.partition("=") for line in path.read_text("utf-8").splitlines() if "=" in line)
    return {key: value.strip("\"'") for key, _, value in pairs}


def main() -> int:
    try:
        ensure_image(say=lambda line: print(line, file=sys.stderr, flush=True))  # noqa: T201
    except SandboxError as error:
        print(f"no sandbox image: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
