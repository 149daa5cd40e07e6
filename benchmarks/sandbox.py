"""Times boxes beside plain Docker containers, in the same run on the same machine.

Plain Docker means its Python SDK as most people use it: ``exec_run``, ``commit``, ``run`` from the commit. Both sides
hold a workspace of 1,000 files and 10 MB, and keep the same things (files; other systems' figures often keep memory).
"snapshot", "rollback" and "branch8" of boxes are timed until a file has been read again, so that nothing is left over.

    python benchmarks/sandbox.py [--json] [--quick]
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import docker
from report import report

from assay.sandbox import DEFAULT_IMAGE, BoxSpec, Sandbox, warm
from assay.sandbox.runtime import Runtime

SPEC = BoxSpec()
SEED = "import os\nfor n in range(1000):\n with open(f'/box/f{n}','wb') as f: f.write(os.urandom(10240))"
BIG = "import os\nwith open('/box/big','wb') as f: f.write(os.urandom(5<<20)*10)"


class Clock:
    """Collects milliseconds by name."""

    def __init__(self) -> None:
        self.times: defaultdict[str, list[float]] = defaultdict(list)

    @contextlib.contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.times[name].append((time.perf_counter() - began) * 1e3)


def all_at_once(work: Callable[[Any], Any], over: list[Any]) -> None:
    threads = [threading.Thread(target=work, args=(one,)) for one in over]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def versions(clock: Clock, box: Sandbox, count: int) -> None:
    """Snapshots and rollbacks in one box with 1,000 files."""
    box.exec(["python3", "-c", SEED], timeout=60)
    first = box.snapshot()
    for number in range(count):
        with clock("exec"):
            box.exec(["true"], timeout=60)
        box.exec(["sh", "-c", f"echo {number} > f0"], timeout=60)
        with clock("snapshot"):
            snapshot = box.snapshot()
            box.read("f1")
        box.exec(["sh", "-c", "echo junk > junk"], timeout=60)
        with clock("rollback"):
            box.rollback(snapshot)
            box.read("f1")
        box.exec(["sh", "-c", "echo junk > junk"], timeout=60)
        with clock("rollback_exec"):
            box.rollback(snapshot)
            box.exec(["true"], timeout=60)
        if number % 16 == 15:
            box.rollback(first)
    box.rollback(first)


def ours(count: int) -> dict[str, list[float]]:
    clock = Clock()
    for _ in range(min(count, 8)):
        warm(SPEC, 10, seconds=60)
        with clock("create"):
            box = Sandbox.create(SPEC)
            box.exec(["true"], timeout=60)
        box.close()
    with Sandbox.create(SPEC) as box:
        versions(clock, box, count)
        first = box.snapshot()
        for _ in range(min(count, 8)):
            warm(SPEC, 10, seconds=60)
            with clock("branch8"):
                children = box.branch(8)
                for child in children:
                    child.read("f1")
            with clock("branch8_exec"):
                all_at_once(lambda child: child.exec(["true"], timeout=60), children)
            for child in children:
                child.close()
        for _ in range(min(count, 10)):
            box.exec(["python3", "-c", BIG], timeout=60)
            with clock("snapshot_50mb"):
                box.snapshot()
                box.read("f1")
            box.rollback(first)
    return clock.times


def throughput(count: int) -> float:
    """Commands per second of 16 boxes, each driven by a thread of its own."""
    boxes = [Sandbox.create(SPEC) for _ in range(16)]
    all_at_once(lambda box: box.exec(["true"], timeout=60), boxes)
    began = time.perf_counter()
    all_at_once(lambda box: [box.exec(["true"], timeout=60) for _ in range(count)], boxes)
    spent = time.perf_counter() - began
    for box in boxes:
        box.close()
    return 16 * count / spent


class Plain:
    """Containers and images by the SDK, removed at the end."""

    def __init__(self) -> None:
        self._client = docker.from_env()
        self._made: list[Any] = []
        self._images: list[Any] = []

    def start(self, image: str = DEFAULT_IMAGE) -> Any:
        container = self._client.containers.run(
            image,
            ["python3", "-c", "import signal; signal.pause()"],
            init=True,
            detach=True,
            network_mode="none",
            cap_drop=["ALL"],
            security_opt=["no-new-privileges"],
            mem_limit="1g",
            pids_limit=64,
            nano_cpus=1_000_000_000,
            labels={"assay": "benchmark"},
        )
        self._made.append(container)
        return container

    def commit(self, container: Any) -> str:
        self._images.append(container.commit())
        return str(self._images[-1].id)

    def reset(self, container: Any, image: str) -> Any:
        container.remove(force=True, v=True)
        self._made.remove(container)
        return self.start(image)

    def close(self) -> None:
        for container in self._made:
            container.remove(force=True, v=True)
        for image in reversed(self._images):
            # Removing the last image of a chain removes its untagged parents too.
            with contextlib.suppress(docker.errors.ImageNotFound):
                self._client.images.remove(image.id, force=True)


def plain(count: int) -> dict[str, list[float]]:
    """The same operations with plain containers; where Docker has none, what one does instead."""
    clock, docked = Clock(), Plain()
    try:
        for _ in range(count):
            with clock("create"):
                box = docked.start()
                box.exec_run("true")
        box.exec_run(["python3", "-c", "import os\nos.mkdir('/box')\n" + SEED])
        for number in range(count):
            with clock("exec"):
                box.exec_run("true")
            box.exec_run(["sh", "-c", f"echo {number} > /box/f0"])
            with clock("snapshot"):
                image = docked.commit(box)
            with clock("rollback"):
                box = docked.reset(box, image)
            with clock("rollback_exec"):
                box = docked.reset(box, image)
                box.exec_run("true")
        for _ in range(max(2, count // 3)):
            with clock("branch8"):
                image = docked.commit(box)
                children = [docked.start(image) for _ in range(8)]
            with clock("branch8_exec"):
                all_at_once(lambda child: child.exec_run("true"), children)
        for _ in range(max(2, count // 2)):
            box.exec_run(["python3", "-c", BIG])
            with clock("snapshot_50mb"):
                docked.commit(box)
    finally:
        docked.close()
    return clock.times


def row(name: str, mine: list[float], baseline: str, other: list[float]) -> dict[str, Any]:
    value, against = statistics.median(mine), statistics.median(other)
    return {
        "name": name,
        "value": round(value, 3),
        "unit": "ms",
        "p90": round(sorted(mine)[int(len(mine) * 0.9)], 3),
        "n": len(mine),
        "baseline": baseline,
        "baseline_value": round(against, 3),
        "ratio": round(against / value, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Boxes beside plain Docker.")
    parser.add_argument("--json", action="store_true", help="print JSON only")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    arguments = parser.parse_args()
    count = 12 if arguments.quick else 48
    mine = ours(count)
    other = plain(3 if arguments.quick else 7)
    rows = [row(name, mine[name], "plain docker", other[name]) for name in mine]
    rate = {"name": "parallel16", "value": round(throughput(count), 1), "unit": "exec/s", "p90": None, "n": 16 * count}
    rows.append({**rate, "baseline": None, "baseline_value": None, "ratio": None})
    without_mounts, clock = Runtime(store="cas"), Clock()
    with Sandbox.create(SPEC, runtime=without_mounts) as box:
        versions(clock, box, count)
    without_mounts.close()
    rows += [row(f"cas_{name}", values, "overlay", mine[name]) for name, values in clock.times.items()]
    report(rows, as_json=arguments.json)


if __name__ == "__main__":
    main()
