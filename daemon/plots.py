"""The curves of a run as one PNG in the run directory: success per skill and level, and what the learner saw."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from .journal import Journal

WINDOW = 20
"""Groups in the running mean of a success curve."""


def plot_curves(journal: Journal, directory: Path) -> Path | None:
    """Write ``plots/curves.png``; None if the run has nothing to show yet."""
    groups = journal.group_successes()
    if not groups:
        return None
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    start = groups[0][0]
    by_cell: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for at, cell, share in groups:
        by_cell[cell].append(((at - start) / 60, share))
    skills = sorted({cell.split("/")[0] for cell in by_cell})
    figure, axes = pyplot.subplots(1, len(skills) + 1, figsize=(4.2 * (len(skills) + 1), 3.6), layout="constrained")
    for axis, skill in zip(axes, skills, strict=False):
        for cell in sorted(c for c in by_cell if c.split("/")[0] == skill):
            times, shares = zip(*by_cell[cell], strict=True)
            axis.plot(times, _running_mean(shares), label=f"level {cell.split('/')[1]}", linewidth=1.6)
        axis.set(title=skill, xlabel="minutes", ylabel=f"success, mean of {WINDOW} groups", ylim=(-0.03, 1.03))
        axis.legend(fontsize=8)
        axis.grid(alpha=0.3)
    steps = journal.steps()
    axes[-1].plot([step for step, _, _ in steps], [m.get("reward", 0.0) for _, _, m in steps], linewidth=1.2)
    axes[-1].set(title="learner", xlabel="gradient step", ylabel="mean reward of the batch")
    axes[-1].grid(alpha=0.3)
    path = directory / "plots" / "curves.png"
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, dpi=110)
    pyplot.close(figure)
    return path


def _running_mean(values: tuple[float, ...]) -> list[float]:
    means = []
    for end in range(1, len(values) + 1):
        window = values[max(0, end - WINDOW) : end]
        means.append(sum(window) / len(window))
    return means
