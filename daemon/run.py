"""A run from its directory: put the parts together, warm up or resume, loop, and leave everything in order.

Crash safety is not here but in the journal, the store and the checkpoints; this module only opens them in the right
order and closes them again.
"""

from __future__ import annotations

import signal
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.artifacts import Store
from assay.curriculum import Family, Problem
from assay.curriculum.problem_set import problem_set
from assay.curriculum.registry import family
from assay.curriculum.sampler import Sampler
from assay.curriculum.user_problems import UserSampler

from .config import ConfigError, RunConfig
from .executor import LocalExecutor
from .gate import Panel
from .journal import Journal
from .lock import run_lock
from .loop import Loop, step_metrics
from .pipeline import Pipeline, Proposer
from .stopwatch import Stopwatch

WARMUP_LEVELS = (1, 2)
WARMUP_PROBLEMS = 1500
"""Warm-up examples a skill and level."""


class RunExists(RuntimeError):
    """The directory holds a run, and the user did not say --resume or wants to go on with another one."""


@dataclass(frozen=True)
class Request:
    """What the user asked for. ``problems`` is None for the curriculum's own, else the user's claims."""

    directory: Path
    config: RunConfig
    minutes: float | None
    steps: int | None
    resume: bool
    problems: tuple[Problem, ...] | None = None


class Stopper:
    """Ctrl-C and SIGTERM: the first asks the loop to end cleanly, the second ends the process at once."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def __call__(self) -> bool:
        return self._asked.is_set()

    @contextmanager
    def installed(self) -> Iterator[None]:
        def ask(*_: object) -> None:
            if self._asked.is_set():
                raise KeyboardInterrupt
            self._asked.set()

        before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def run(request: Request, journal: Journal, say: Callable[[str], None]) -> None:
    """Run until the time, the steps or a signal. ``journal`` is the run directory's, open for writing.

    Raises RunExists, AlreadyRunning (through ``prepare``) and whatever is wrong with the machine.
    """
    config, directory = request.config, request.directory
    stopper = Stopper()
    stopwatch = Stopwatch(journal.get("time_spent", {}))
    families = {} if request.problems is not None else {name: family(name) for name in config.skills}
    proposer = _proposer(request, journal, families)
    journal.put("skills", proposer.table())
    executor = LocalExecutor(config.executors, directory / "logs" / "workers.log")
    try:
        with stopper.installed(), Store.open(directory / "store", create=True) as store:
            journal.put("state", "warm-up")
            say("loading the learner")
            with stopwatch.phase("train"):
                learner = _learner(request, journal, {name: family(name) for name in config.skills}, stopper, say)
            loop = Loop(
                directory=directory,
                config=config,
                journal=journal,
                pipeline=Pipeline(journal, store, proposer, executor, run_id=journal.get("run_id")),
                executor=executor,
                panel=Panel.of(families, config.gate_problems),
                learner=learner,
                stopwatch=stopwatch,
                minutes=request.minutes,
                steps=request.steps,
                stopping=stopper,
                say=say,
            )
            loop.start()
            journal.put("state", "running")
            say("running")
            learner.train(loop.next_batch)
            loop.finish()
            journal.put("state", "finished")
    finally:
        executor.close()


@contextmanager
def prepare(request: Request) -> Iterator[Journal]:
    """Lock the run directory and open its journal. Raises RunExists, AlreadyRunning, JournalError.

    What a run cannot change half-way is kept with it: the feed holds groups of one size, and the curriculum's state is
    that of generated problems or of the user's.
    """
    fixed = {"group_size": request.config.group_size, "--problems": request.problems is not None}
    directory = request.directory
    for folder in ("logs", "checkpoints", "plots"):
        (directory / folder).mkdir(parents=True, exist_ok=True)
    with run_lock(directory):
        journal = Journal(directory)
        try:
            if journal.get("run_id") is None:
                with journal.transaction():
                    journal.put("run_id", uuid.uuid4().hex)
                    journal.put("fixed", fixed)
            elif not request.resume:
                raise RunExists(f"{directory} holds a run: go on with --resume, or give another --dir")
            for name, before in journal.get("fixed", {}).items():
                if fixed[name] != before:
                    raise RunExists(
                        f"the run in {directory} began with {name} {before}, this is {fixed[name]}: go on as it began, "
                        "or give another --dir"
                    )
            yield journal
        finally:
            journal.close()


def _proposer(request: Request, journal: Journal, families: Mapping[str, Family]) -> Proposer:
    saved, seed = journal.get("curriculum"), request.config.seed
    if request.problems is not None:
        problems = list(request.problems)
        return UserSampler.from_json(saved, problems) if saved else UserSampler(problems, seed)
    return Sampler.from_json(saved, families) if saved else Sampler(families, seed)


def _learner(
    request: Request,
    journal: Journal,
    families: Mapping[str, Family],
    stopping: Callable[[], bool],
    say: Callable[[str], None],
) -> Any:
    """The learner of the newest checkpoint, or a warm one. Raises KeyboardInterrupt if warm-up is to end early: there
    is nothing yet to finish cleanly."""
    from assay.learner.checkpoint import latest
    from assay.learner.grpo import GRPOSettings, Learner
    from assay.learner.policy import NanoConfig, Policy
    from assay.learner.warmup import Progress, WarmupConfig, warm_up

    config, checkpoints = request.config, request.directory / "checkpoints"
    settings = GRPOSettings(
        groups=config.groups_per_step,
        group_size=config.group_size,
        lr=config.learning_rate,
        temperature=config.temperature,
        seed=config.seed,
    )

    def on_step(report: Any) -> None:
        journal.step(report.update, learner.feed_seq, step_metrics(report))

    newest = latest(checkpoints)
    if newest is not None:
        say(f"resuming from {newest.name}")
        learner = Learner.resume(newest, settings, on_step)
        _require_room(request, learner.policy)
        return learner

    def progress(at: Progress) -> None:
        if stopping():
            raise KeyboardInterrupt
        if at.step % 10 == 0:
            say(f"warm-up {at.step}/{at.steps}, loss {at.loss:.3f}")

    policy = Policy.new(NanoConfig(), config.seed)
    _require_room(request, policy)
    if config.warmup_steps:
        warm = WarmupConfig(steps=config.warmup_steps, seconds=config.warmup_seconds, seed=config.seed)
        warmed = warm_up(policy, _examples(families), warm, checkpoints, progress)
        policy = warmed.policy
        journal.event("warm-up", {"directory": warmed.directory.name, "cached": warmed.cached})
    learner = Learner(policy, settings, on_step)
    return learner


def _require_room(request: Request, policy: Any) -> None:
    """Before the warm-up rather than when the problem is posed. Raises ConfigError naming the line."""
    for problem in request.problems or ():
        try:
            policy.require_room([policy.encode(problem.prompt)], request.config.max_new_tokens)
        except ValueError as error:
            raise ConfigError(f"--problems, line {problem.seed}: {error}") from error


def _examples(families: Mapping[str, Family]) -> Sequence[Any]:
    from assay.learner.warmup import Example

    return [
        Example(problem.prompt, each.completion(problem.reference))
        for each in families.values()
        for level in WARMUP_LEVELS
        if level in each.levels
        for problem in problem_set(each, level, WARMUP_PROBLEMS)
    ]
