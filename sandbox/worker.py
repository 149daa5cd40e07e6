"""PID 1 of every container: runs one command at a time and leaves nothing behind.

Standard library only, Python 3.9 or later, sent to the container as source (it imports nothing of this package). It
speaks frames over one socket, which it finds as its stdin or at the path it is given: four bytes of length, a JSON
header, then raw bytes whose lengths the header gives under ``parts``. After every command it kills and reaps every
other process of the container and empties ``/tmp``, so a container holds no state between commands. When the socket
ends (the supervisor closed it, or was killed) it exits, and the kernel takes the whole container with it.

The commands share its user id, so it defends itself: it is not dumpable (no ptrace, no ``/proc/1/fd`` or ``mem``),
PID 1 ignores signals from its own namespace that it does not handle, and commands run under a seccomp filter.
It does not judge anything and its replies carry nothing that a command can forge except that command's own output.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import json
import os
import resource
import select
import signal
import socket
import stat
import struct
import sys
import time
from collections.abc import Sequence
from typing import Any

MAX_HEADER = 1 << 20
BLOCK = 1 << 16
LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 4, 22, 38


class SockFprog(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def read_exactly(fd: int, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        block = os.read(fd, min(count - len(data), 1 << 20))
        if not block:
            os._exit(0)
        data += block
    return bytes(data)


def receive(fd: int) -> tuple[dict[str, Any], list[bytes]]:
    (length,) = struct.unpack(">I", read_exactly(fd, 4))
    if length > MAX_HEADER:
        os._exit(3)
    header = json.loads(read_exactly(fd, length))
    return header, [read_exactly(fd, size) for size in header.get("parts", ())]


def send(fd: int, header: dict[str, Any], parts: Sequence[bytes] = ()) -> None:
    header["parts"] = [len(part) for part in parts]
    text = json.dumps(header).encode()
    view = memoryview(b"".join([struct.pack(">I", len(text)), text, *parts]))
    while view:
        view = view[os.write(fd, view) :]


def oom_kills() -> int:
    """How often the kernel has killed something of this container for memory (cgroup v2, then v1)."""
    for path in ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control"):
        try:
            with open(path) as file:
                for line in file:
                    if line.startswith("oom_kill "):
                        return int(line.split()[1])
        except OSError:
            continue
    return 0


def wipe(path: str) -> bool:
    """Empty a directory of everything; True if it is empty afterwards. Deep trees are taken apart without recursion."""
    for _ in range(3):
        try:
            todo = [path]
            for directory in todo:
                for entry in os.scandir(directory):
                    if entry.is_dir(follow_symlinks=False):
                        os.chmod(entry.path, 0o700)
                        todo.append(entry.path)
                    else:
                        os.unlink(entry.path)
            for directory in reversed(todo[1:]):
                os.rmdir(directory)
            return True
        except OSError:
            continue
    return False


def start(request: dict[str, Any], seccomp: bytes) -> tuple[int, int, list[int]]:
    """Fork and exec the command; returns (pid, fd to write its stdin, fds to read its stdout, stderr, channel)."""
    in_read, in_write = os.pipe()
    pipes = [os.pipe() for _ in range(3)]
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            os.dup2(in_read, 0)
            for target, (_, write_end) in enumerate(pipes, start=1):
                os.dup2(write_end, target)
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            LIBC.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
            with open("/proc/self/oom_score_adj", "w") as file:
                file.write("1000")
            for name, value in request["rlimits"].items():
                resource.setrlimit(getattr(resource, name), (value, value))
            os.chdir(request["cwd"])
            if seccomp:
                program = SockFprog(len(seccomp) // 8, seccomp)
                LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
                if LIBC.prctl(PR_SET_SECCOMP, 2, ctypes.byref(program), 0, 0):
                    raise OSError(ctypes.get_errno(), "the seccomp filter was refused")
            os.execvpe(request["argv"][0], request["argv"], request["env"])
        except (OSError, ValueError) as error:
            os.write(2, f"cannot run {request['argv'][0]!r}: {error}\n".encode())
        finally:
            os._exit(127)
    os.close(in_read)
    for _, write_end in pipes:
        os.close(write_end)
    for fd in (in_write, *(read_end for read_end, _ in pipes)):
        os.set_blocking(fd, False)
    return pid, in_write, [read_end for read_end, _ in pipes]


class Stream:
    """What came out of one pipe: the first ``cap`` bytes kept, all counted."""

    def __init__(self, fd: int, cap: int) -> None:
        self.fd, self.cap, self.kept, self.total = fd, cap, bytearray(), 0

    def drain(self) -> bool:
        """Read what is there now; False once every writer is gone."""
        for _ in range(16):
            try:
                block = os.read(self.fd, BLOCK)
            except BlockingIOError:
                return True
            if not block:
                return False
            self.total += len(block)
            self.kept += block[: self.cap - len(self.kept)]
        return True


def reap(pid: int) -> int | None:
    """Collect dead children; the wait status of ``pid`` if it is among them."""
    status = None
    while True:
        try:
            found, code = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return status
        if not found:
            return status
        if found == pid:
            status = code


def kill_everything(pid: int, status: int | None) -> int:
    """SIGKILL every process of the container except this one, and wait until the last is reaped."""
    while True:
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        try:
            found, code = os.waitpid(-1, 0)
        except ChildProcessError:
            assert status is not None
            return status
        if found == pid:
            status = code


def run(
    request: dict[str, Any], stdin: bytes, control: int, wakeup: int, seccomp: bytes
) -> tuple[dict[str, Any], list[bytes]]:
    before, began = oom_kills(), time.monotonic()
    pid, in_write, outputs = start(request, seccomp)
    streams = {fd: Stream(fd, request["max_output"]) for fd in outputs}
    poll = select.poll()
    for fd in (control, wakeup, *streams):
        poll.register(fd, select.POLLIN)
    view = memoryview(stdin)
    if view:
        poll.register(in_write, select.POLLOUT)
    else:
        os.close(in_write)
    deadline = began + request["timeout"]
    status, timed_out, open_streams = None, False, set(streams)
    while status is None:
        left = deadline - time.monotonic()
        if left <= 0:
            timed_out = True
            break
        for fd, event in poll.poll(min(left, 1.0) * 1000 + 1):
            if fd == control:  # Nothing is sent while a command runs: this is the end of the supervisor.
                os._exit(0)
            elif fd == wakeup:
                os.read(wakeup, BLOCK)
            elif fd in streams:
                if not streams[fd].drain():
                    poll.unregister(fd)
                    open_streams.discard(fd)
            elif event & (select.POLLOUT | select.POLLERR | select.POLLHUP):
                try:
                    view = view[os.write(in_write, view[:BLOCK]) :]
                except BlockingIOError:
                    continue
                except BrokenPipeError:
                    view = memoryview(b"")
                if not view:
                    poll.unregister(in_write)
                    os.close(in_write)
        status = reap(pid)
    seconds = time.monotonic() - began
    status = kill_everything(pid, status)
    for fd in outputs:
        while fd in open_streams and streams[fd].drain():
            pass
        os.close(fd)
    if view:
        os.close(in_write)
    send_back = [bytes(streams[fd].kept) for fd in outputs]
    reply = {
        "returncode": os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status),
        "timed_out": timed_out,
        "oom": oom_kills() > before,
        "seconds": seconds,
        "truncated": any(stream.total > len(stream.kept) for stream in streams.values()),
        "clean": wipe("/tmp"),
    }
    return reply, send_back


def main() -> None:
    LIBC.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    sock = socket.socket(fileno=os.dup(0)) if len(sys.argv) < 2 else socket.socket(socket.AF_UNIX)
    if len(sys.argv) > 1:
        sock.connect(sys.argv[1])
    control = fcntl.fcntl(sock.detach(), fcntl.F_DUPFD_CLOEXEC, 10)
    null = os.open("/dev/null", os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd, inheritable=False)
    if null != 3:
        os.dup2(null, 3, inheritable=False)  # Held, so that no pipe gets the number of the channel.
    wakeup, signalled = os.pipe()
    os.set_blocking(wakeup, False)
    os.set_blocking(signalled, False)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(signalled, warn_on_full_buffer=False)
    hello, (seccomp,) = receive(control)
    send(control, {"ready": True, "python": sys.version.split()[0], "uid": os.getuid(), "protocol": hello["protocol"]})
    while True:
        request, (stdin,) = receive(control)
        root = os.stat("/box")
        if not stat.S_ISDIR(root.st_mode) or request["dev"] not in (None, root.st_dev):
            send(control, {"wrong_workspace": True}, (b"", b"", b""))
            continue
        send(control, *run(request, stdin, control, wakeup, seccomp))


if __name__ == "__main__":
    main()
