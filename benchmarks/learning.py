"""Does the loop learn? Runs from scratch, each compared with its own frozen warm-up on the same held-out problems.

    python benchmarks/learning.py [--seeds 0,1,2] [--minutes 5] [--problems 40] [--json]

Each seed is a whole `assay run` in a directory of its own: own curriculum, own warm-up, own training. Then the promoted
policy and the frozen warm-up of that run answer the same held-out problems, at the temperature they act at, and the
verifiers judge both. The baseline is the frozen policy; the difference is paired by problem. Over the seeds, the mean
difference carries a 95 % interval by Student's t with (seeds - 1) degrees of freedom, which treats a run as one sample.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from math import sqrt
from pathlib import Path
from typing import Any

from report import machine, report

from assay.curriculum.registry import family
from assay.daemon import config as settings
from assay.daemon.executor import LocalExecutor
from assay.daemon.gate import Outcomes, Panel, paired
from assay.daemon.journal import Journal
from assay.learner import paired_difference

STUDENT_T = {2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776, 6: 2.571, 8: 2.365, 10: 2.262}
"""97.5 % quantiles by the number of seeds."""


def train(directory: Path, seed: int, minutes: float) -> None:
    command = [sys.executable, "-m", "assay.daemon", "run", "--dir", str(directory)]
    subprocess.run([*command, "--seed", str(seed), "--minutes", str(minutes)], check=True, stdout=sys.stderr)


def held_out(config: settings.RunConfig, per_skill: int) -> Panel:
    """Held-out problems that the runs' own promotion gates do not ask: those chose which weights to keep."""
    families = {name: family(name) for name in config.skills}
    seen = {problem.claim.id for problem in Panel.of(families, config.gate_problems).problems}
    wider = Panel.of(families, per_skill + config.gate_problems)
    return Panel(tuple(problem for problem in wider.problems if problem.claim.id not in seen))


def measure(directory: Path, panel: Panel, config: settings.RunConfig) -> tuple[Outcomes, Outcomes]:
    """Held-out outcomes of the run's frozen warm-up and of its promoted policy."""
    from assay.learner.policy import Policy

    journal = Journal(directory, read_only=True)
    warm = journal.events("warm-up")[-1][2]["directory"]
    names = (warm, journal.get("promoted"))
    journal.close()
    executor = LocalExecutor(config.executors, directory / "logs" / "benchmark.log")
    try:
        first, second = (ask(panel, Policy.load(directory / "checkpoints" / name), executor, config) for name in names)
    finally:
        executor.close()
    return first, second


def ask(panel: Panel, policy: Any, executor: LocalExecutor, config: settings.RunConfig) -> Outcomes:
    tasks = panel.tasks(policy, temperature=config.temperature, max_new_tokens=config.max_new_tokens)
    for task in tasks:
        executor.submit(task)
    results = [executor.result(timeout=600) for _ in tasks]
    if None in results:
        raise RuntimeError("the executor went silent for ten minutes")
    return panel.outcomes([result for result in results if result is not None])


def rows_of(panel: Panel, measured: list[tuple[Outcomes, Outcomes]]) -> list[dict[str, Any]]:
    """One row a cell and one for all together; the last also says how clear of zero the rise is."""
    rows = []
    for cell in [*dict.fromkeys(problem.cell for problem in panel.problems), "all"]:
        befores, afters, differences = [], [], []
        for first, second in measured:
            wanted = {p.claim.id for p in panel.problems if cell in (p.cell, "all")}
            before, after = paired(
                {key: first[key] for key in first.keys() & wanted}, {key: second[key] for key in second.keys() & wanted}
            )
            befores.append(statistics.mean(before))
            afters.append(statistics.mean(after))
            differences.append(paired_difference(before, after).mean)
        before, after = statistics.mean(befores), statistics.mean(afters)
        half = STUDENT_T[len(measured)] * statistics.stdev(differences) / sqrt(len(measured))
        mean = statistics.mean(differences)
        rows.append(
            {
                "name": cell,
                "value": round(after, 4),
                "unit": "success on held-out problems",
                "p90": round(sorted(afters)[int(0.9 * (len(afters) - 1))], 4),
                "n": len(measured),
                "baseline": "frozen warm-up policy",
                "baseline_value": round(before, 4),
                "ratio": round(after / before, 3) if before else None,
                "rise": round(mean, 4),
                "rise_low": round(mean - half, 4),
                "rise_high": round(mean + half, 4),
                "rise_by_seed": [round(difference, 4) for difference in differences],
            }
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="0,1,2", help="between commas")
    parser.add_argument("--minutes", type=float, default=5.0, help="of each run, after its warm-up")
    parser.add_argument("--problems", type=int, default=40, help="held-out problems per skill")
    parser.add_argument("--keep", type=Path, help="keep the runs in this folder, and measure those already there")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    seeds = [int(seed) for seed in options.seeds.split(",")]
    if len(seeds) not in STUDENT_T:
        parser.error(f"--seeds: give {', '.join(map(str, STUDENT_T))} of them")
    config = settings.RunConfig()
    panel = held_out(config, options.problems)
    with tempfile.TemporaryDirectory() as scratch:
        root = options.keep or Path(scratch)
        measured = []
        for seed in seeds:
            directory = root / f"seed-{seed}"
            if not (directory / settings.FILE).exists():
                train(directory, seed, options.minutes)
            measured.append(measure(directory, panel, config))
    rows = rows_of(panel, measured)
    if options.json:
        report(rows, as_json=True)
        return
    print(f"{machine()}; {len(seeds)} seeds of {options.minutes:g} minutes, {options.problems} problems a skill")
    print(f"{'held-out':<12} {'frozen':>7} {'trained':>8} {'rise':>7}  95 % interval     by seed")
    for row in rows:
        interval = f"[{row['rise_low']:+.3f}, {row['rise_high']:+.3f}]"
        by_seed = " ".join(f"{rise:+.3f}" for rise in row["rise_by_seed"])
        numbers = f"{row['baseline_value']:>7.3f} {row['value']:>8.3f} {row['rise']:>+7.3f}"
        print(f"{row['name']:<12} {numbers}  {interval:<17} {by_seed}")


if __name__ == "__main__":
    main()
