"""Compiling Lean text inside a box, and what its messages say.

The box is where the elaborator runs on untrusted text. Its word can only refuse: no exit code, message or file that
comes out of it makes anything proved.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from assay.sandbox import Result, Sandbox

from .runtime import LeanRuntime

MAX_OLEAN_BYTES = 16 << 20

# In the box's private /tmp, not in the workspace: that may be read-only, and may hold a candidate's files.
_SCRIPT = 'cat > Sub.lean && "$@"; code=$?; if [ -f Sub.olean ]; then cat Sub.olean >&3; fi; exit $code'


@dataclass(frozen=True)
class Message:
    """One of Lean's diagnostics. ``line`` from 1, ``column`` from 0."""

    severity: str
    text: str
    line: int
    column: int

    @property
    def first_line(self) -> str:
        """The message, cut to one line for people."""
        return " ".join(self.text.split())[:300]


@dataclass(frozen=True)
class Compiled:
    result: Result
    messages: tuple[Message, ...]

    @property
    def olean(self) -> bytes:
        return self.result.channel

    def first_error(self) -> Message | None:
        return next((message for message in self.messages if message.severity == "error"), None)

    def hole(self) -> Message | None:
        """The warning that Lean gives for a declaration with a hole."""
        return next(
            (each for each in self.messages if each.severity == "warning" and "uses `sorry`" in each.text), None
        )

    @property
    def finished(self) -> bool:
        """Exit code 0 and the whole output: necessary, and not sufficient for anything."""
        result = self.result
        return result.returncode == 0 and not (result.truncated or result.timed_out or result.oom) and bool(self.olean)


def compile_text(box: Sandbox, lean: LeanRuntime, text: str, seconds: float) -> Compiled:
    """Compile ``text`` as a module named Sub. Raises the sandbox's errors only."""
    argv = ["sh", "-c", _SCRIPT, "lean", *lean.compile_argv("Sub.lean", "Sub.olean")]
    result = box.exec(argv, timeout=seconds, stdin=text.encode(), max_output=MAX_OLEAN_BYTES, cwd="/tmp")
    return Compiled(result, tuple(_messages(result.stdout)))


def _messages(output: bytes) -> list[Message]:
    """Lean prints one JSON object per message. Lines that are none (a program's own output) say nothing."""
    found = []
    for line in output.decode(errors="replace").splitlines():
        try:
            value = json.loads(line)
        except ValueError:
            continue
        message = _message(value)
        if message is not None:
            found.append(message)
    return found


def _message(value: Any) -> Message | None:
    if not isinstance(value, dict) or not isinstance(value.get("severity"), str):
        return None
    position = value.get("pos")
    line, column = (position.get("line"), position.get("column")) if isinstance(position, dict) else (1, 0)
    if not isinstance(line, int) or not isinstance(column, int):
        return None
    return Message(value["severity"], str(value.get("data", "")), line, column)
