"""Set-up: the image, the daemon, and what is said when something is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assay.sandbox import BackendUnavailable, Sandbox, backend_report
from assay.sandbox import dockerd as daemon
from assay.sandbox import image as making
from assay.sandbox.bubblewrap_backend import BubblewrapBackend
from assay.sandbox.owner import runtime_root
from assay.sandbox.runtime import Runtime


def test_making_the_image_again_does_nothing_and_gives_its_digest() -> None:
    said: list[str] = []
    digest = making.ensure_image(say=said.append)
    assert digest.startswith("sha256:")
    assert len(said) == 1
    done = subprocess.run([sys.executable, "-m", "assay.sandbox.image"], capture_output=True, text=True, check=True)
    assert digest in done.stderr


def test_a_box_knows_what_it_ran_in(docker: Runtime) -> None:
    with Sandbox.create(runtime=docker) as box:
        assert box.image_digest == making.ensure_image()


def test_without_a_registry_the_host_s_own_packages_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []

    def refuse(command: list[str], **_: Any) -> Any:
        commands.append(command)
        return subprocess.CompletedProcess(command, 1, b"", b"no space")

    monkeypatch.setattr(making, "_pull", lambda tag, say: False)
    monkeypatch.setattr(making, "read_os_release", lambda: {"ID": "debian", "VERSION_CODENAME": "bookworm"})
    monkeypatch.setattr(making.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(making.subprocess, "run", refuse)
    with pytest.raises(making.SandboxError, match="no space"):
        making.ensure_image("assay-test-none:1")
    assert commands[0][:3] == ["mmdebstrap", "--variant=minbase", "--include=python3"]
    assert "bookworm" in commands[0]


def test_a_system_that_cannot_build_an_image_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_pull", lambda tag, say: False)
    monkeypatch.setattr(making, "read_os_release", lambda: {"ID": "fedora"})
    with pytest.raises(BackendUnavailable, match="docker load"):
        making.ensure_image("assay-test-none:1")


def test_os_release_is_read_with_and_without_quotes(tmp_path: Path) -> None:
    (tmp_path / "os-release").write_text('ID=debian\nVERSION_CODENAME="bookworm"\n# comment\n')
    release = making.read_os_release(tmp_path / "os-release")
    assert (release["ID"], release["VERSION_CODENAME"]) == ("debian", "bookworm")


def test_a_running_daemon_is_left_alone() -> None:
    assert daemon.ensure_daemon() == "a Docker daemon answers"


def test_without_a_daemon_the_mend_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/none.sock")
    with monkeypatch.context() as patch:
        patch.setattr(daemon.shutil, "which", lambda name: None)
        with pytest.raises(BackendUnavailable, match=r"docker\.io"):
            daemon.ensure_daemon()
    report = backend_report()
    assert report["backend"] == "bubblewrap"
    assert report["missing"]
    assert any("dockerd" in line for line in report["mend"])


def test_without_a_daemon_boxes_use_bubblewrap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/none.sock")
    runtime = Runtime()
    with Sandbox.create(runtime=runtime) as box:
        assert box.exec(["echo", "here"], timeout=20).stdout == b"here\n"
        assert box.image_digest.startswith("host:")
    assert isinstance(runtime.backend, BubblewrapBackend)
    runtime.close()


def test_without_either_both_mends_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/none.sock")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackendUnavailable, match=r"Docker.*bubblewrap"):
        Runtime()


def test_unknown_backends_and_stores_are_refused_and_leave_nothing() -> None:
    before = set(runtime_root().iterdir())
    with pytest.raises(BackendUnavailable, match="docker or bubblewrap"):
        Runtime("podman")
    with pytest.raises(BackendUnavailable, match="overlay or cas"):
        Runtime("bubblewrap", "btrfs")
    mine = {path for path in set(runtime_root().iterdir()) - before if path.name.startswith(f"{os.getpid()}-")}
    assert not mine
