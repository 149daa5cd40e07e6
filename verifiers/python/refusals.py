"""What an answer outside the language earns: the table from a refused name to a status.

An answer that merely leaves the language (a class, a float, an unknown module) is a wrong answer: ``refuted``. The
names below say more than that, because each belongs to a known way of attacking a grader (``tests/cheats/python`` has a
case for each way). The table decides only how bad a refusal is. Whether an answer is refused is decided by the
allow-list in ``language``, so a name that is missing here weakens nothing.

=========  ==================================================================================================
status     what the name is for
=========  ==================================================================================================
cheat      reaching for the grader: files, descriptors, ``/proc``, sockets, foreign memory, start-up hooks
error      ending or escaping the run: exits, signals, forks, threads, pickles, test-framework skips
unknown    asking for chance, so that one run says nothing about the next
refuted    everything else
=========  ==================================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assay.verifiers.verdict import Status


def words(text: str) -> list[str]:
    """The identifiers in a text, in order."""
    return re.findall(r"[A-Za-z_]\w*", text)


_CHEAT = words("""
    open input read write read_text write_text read_bytes write_bytes readline readlines writelines stdin stdout stderr
    environ getenv putenv listdir scandir walk glob system popen Popen subprocess socket ctypes mmap pathlib Path io
    shutil tempfile importlib site sitecustomize usercustomize conftest fcntl dup dup2 pipe fdopen sendfile ptrace gc
    get_objects get_referrers unlink rename symlink chmod chdir memfd_create spawn execv execve
""")
_ERROR = words("""
    _exit abort exit quit SystemExit KeyboardInterrupt GeneratorExit BaseException fork forkpty kill killpg setsid
    signal raise_signal multiprocessing threading _thread concurrent asyncio pickle marshal shelve copyreg dill
    __reduce__ __reduce_ex__ __getstate__ __setstate__ hypothesis assume reject unittest pytest SkipTest skip skipTest
    atexit
""")
_UNKNOWN = words("random secrets uuid urandom id hash randint randrange choice shuffle getrandbits")

STATUS_OF_NAME: dict[str, Status] = {
    **dict.fromkeys(_UNKNOWN, "unknown"),
    **dict.fromkeys(_ERROR, "error"),
    **dict.fromkeys(_CHEAT, "cheat"),
}
_SEVERITY: tuple[Status, ...] = ("refuted", "unknown", "error", "cheat")

DYNAMIC = frozenset({"eval", "exec", "compile", "getattr", "setattr", "__import__", "globals", "vars"})
"""Names through which a text becomes a name; with one of them in the answer its texts are read as names too."""


def severity(status: Status) -> int:
    """How grave a refusal is, for comparing."""
    return _SEVERITY.index(status)


def status_of(names: Iterable[str]) -> Status:
    """The gravest status among the refused names; ``refuted`` if the table knows none of them."""
    return max((STATUS_OF_NAME.get(name, "refuted") for name in names), key=severity, default="refuted")
