"""How a run speaks while it works: a live table on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import time
from pathlib import Path
from types import TracebackType

from rich.console import Console, RenderableType

from .journal import Journal
from .status import status_of
from .view import live, render

LINE_SECONDS = 15.0
"""How often the same kind of line is repeated where there is no terminal."""


class Narrator:
    """``say`` takes what is going on just now, as often as the run likes. Reads the journal through a connection of its
    own, because the live view draws from another thread."""

    def __init__(self, console: Console, directory: Path) -> None:
        self._console = console
        self._journal = Journal(directory, read_only=True)
        self._begun = time.monotonic()
        self._heading = ""
        self._said: dict[str, float] = {}
        self._live = live(self._draw, console) if console.is_terminal else None

    def __enter__(self) -> Narrator:
        if self._live:
            self._live.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._live:
            self._live.__exit__(kind, error, at)
        self._journal.close()

    def say(self, line: str) -> None:
        """Show ``line``. Without a terminal, lines that begin alike are printed every ``LINE_SECONDS`` at most."""
        self._heading = line
        if self._live:
            return
        now, topic = time.monotonic(), line.split(" ")[0]
        if now - self._said.get(topic, float("-inf")) >= LINE_SECONDS:
            self._said[topic] = now
            self._console.print(f"[{now - self._begun:6.1f} s] {line}", highlight=False, markup=False)

    def _draw(self) -> RenderableType:
        elapsed = time.monotonic() - self._begun
        heading = f"{elapsed / 60:.0f}:{elapsed % 60:02.0f}  {self._heading}"
        return render(status_of(self._journal, running=True), self._journal.steps(), heading)
