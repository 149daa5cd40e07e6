"""Runtimes to test with: every combination of backend and store that this machine can have, one of each a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assay.sandbox import BoxSpec, Limits, Sandbox
from assay.sandbox.runtime import Runtime

SMALL = BoxSpec(limits=Limits(pids=24, memory_mb=128, disk_mb=16, inodes=500, nofile=64, output_bytes=64 << 10))


@pytest.fixture(scope="session", params=["docker", "bubblewrap"])
def runtime(request: pytest.FixtureRequest) -> Iterator[Runtime]:
    """Overlay snapshots behind either backend."""
    runtime = Runtime(request.param, "overlay")
    yield runtime
    runtime.close()


@pytest.fixture(scope="session")
def docker() -> Iterator[Runtime]:
    runtime = Runtime("docker", "overlay")
    yield runtime
    runtime.close()


@pytest.fixture(scope="session", params=["overlay", "cas"])
def store_runtime(request: pytest.FixtureRequest) -> Iterator[Runtime]:
    """Either store behind bubblewrap, which starts fastest."""
    runtime = Runtime("bubblewrap", request.param)
    yield runtime
    runtime.close()


@pytest.fixture
def box(runtime: Runtime) -> Iterator[Sandbox]:
    with Sandbox.create(SMALL, runtime=runtime) as box:
        yield box
