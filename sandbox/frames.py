"""The trusted end of the worker's protocol: frames out, frames in, every length checked before it is believed.

A reply comes from a container that ran untrusted code, so a frame that is malformed, too long or late is not repaired:
the caller kills the container and reports BoxDied.
"""

from __future__ import annotations

import json
import os
import select
import socket
import struct
import threading
import time
import weakref
from collections.abc import Sequence
from typing import Any

from .errors import BoxDied

PROTOCOL = 1
_MAX_HEADER = 1 << 16

# A container lives as long as anybody holds the other end of its worker's socket. A forked child must therefore let go
# of all of them, and no fork may fall between the making of a socket and its being noted here.
_OPEN: weakref.WeakSet[socket.socket] = weakref.WeakSet()
_FORK = threading.Lock()


def _let_go() -> None:
    for sock in list(_OPEN):
        sock.close()
    _FORK.release()


os.register_at_fork(before=_FORK.acquire, after_in_parent=_FORK.release, after_in_child=_let_go)


def new_listener() -> socket.socket:
    """A Unix socket, not yet bound."""
    with _FORK:
        listener = socket.socket(socket.AF_UNIX)
        _OPEN.add(listener)
        return listener


class Stream:
    """A connection to a worker, made by :meth:`pair` or :meth:`accept`."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        _OPEN.add(sock)

    @classmethod
    def pair(cls) -> tuple[Stream, socket.socket]:
        """A stream and the other end of it."""
        with _FORK:
            ours, theirs = socket.socketpair()
            return cls(ours), theirs

    @classmethod
    def accept(cls, listener: socket.socket, seconds: float) -> Stream:
        """A stream to the next caller. Raises TimeoutError after ``seconds``."""
        poll = select.poll()
        poll.register(listener, select.POLLIN)
        if not poll.poll(seconds * 1000):
            raise TimeoutError("nobody called")
        with _FORK:
            return cls(listener.accept()[0])

    def send(self, data: bytes) -> None:
        self._sock.settimeout(60)
        self._sock.sendall(data)

    def receive(self, count: int, seconds: float) -> bytes:
        self._sock.settimeout(max(seconds, 0.001))
        return self._sock.recv(count)

    def close(self) -> None:
        self._sock.close()


def send_frame(stream: Stream, header: dict[str, Any], parts: Sequence[bytes]) -> None:
    text = json.dumps({**header, "parts": [len(part) for part in parts]}).encode()
    stream.send(b"".join([struct.pack(">I", len(text)), text, *parts]))


def receive_frame(stream: Stream, seconds: float, max_parts: Sequence[int]) -> tuple[dict[str, Any], list[bytes]]:
    """One frame with exactly ``len(max_parts)`` parts, part i at most ``max_parts[i]`` bytes long, within ``seconds``.

    Raises TimeoutError, or BoxDied when the stream ended or the frame is not well formed.
    """
    deadline = time.monotonic() + seconds
    (length,) = struct.unpack(">I", _exactly(stream, 4, deadline))
    if length > _MAX_HEADER:
        raise BoxDied(f"the worker announced a header of {length} bytes")
    try:
        header = json.loads(_exactly(stream, length, deadline))
        sizes = header["parts"]
        sound = len(sizes) == len(max_parts) and all(
            type(size) is int and 0 <= size <= most for size, most in zip(sizes, max_parts, strict=True)
        )
    except (ValueError, KeyError, TypeError) as error:
        raise BoxDied(f"the worker sent a malformed header: {error}") from error
    if not sound:
        raise BoxDied("the worker announced parts that were not asked for")
    return header, [_exactly(stream, size, deadline) for size in sizes]


def _exactly(stream: Stream, count: int, deadline: float) -> bytes:
    data = bytearray()
    while len(data) < count:
        block = stream.receive(min(count - len(data), 1 << 20), deadline - time.monotonic())
        if not block:
            raise BoxDied("the worker is gone: its container exited or was killed")
        data += block
    return bytes(data)
