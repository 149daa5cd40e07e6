"""A worker's replies are believed only when every length and type is right."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.sandbox import BoxDied, BoxSpec
from assay.sandbox.container import Container
from assay.sandbox.frames import Stream, receive_frame, send_frame


def answered(reply: bytes, read: Callable[[Stream], Any]) -> Any:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(reply)
        theirs.shutdown(socket.SHUT_WR)
        return read(Stream(ours))


def frame(header: Any, *parts: bytes) -> bytes:
    text = json.dumps(header).encode()
    return struct.pack(">I", len(text)) + text + b"".join(parts)


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.booleans()), st.lists(st.binary(), max_size=4))
def test_what_is_sent_is_received(header: dict[str, Any], parts: list[bytes]) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        send_frame(Stream(ours), header, parts)
        got, bodies = receive_frame(Stream(theirs), 5, [len(part) for part in parts])
    assert bodies == parts
    assert got == {**header, "parts": [len(part) for part in parts]}


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\0\0",
        struct.pack(">I", 1 << 30),
        struct.pack(">I", 5) + b"xxxxx",
        frame([]),
        frame({}),
        frame({"parts": None}),
        frame({"parts": [1]}, b"x"),
        frame({"parts": [11, 0, 0]}, b"x" * 11),
        frame({"parts": [-1, 0, 0]}),
        frame({"parts": [1.0, 0, 0]}, b"x"),
        frame({"parts": [True, 0, 0]}, b"x"),
        frame({"parts": [5, 5, 5]}, b"short"),
    ],
)
def test_malformed_frames_are_the_end_of_the_box(reply: bytes) -> None:
    with pytest.raises(BoxDied):
        answered(reply, lambda stream: receive_frame(stream, 5, [10, 10, 10]))


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_do_anything_but_read_or_refuse(reply: bytes) -> None:
    try:
        _, parts = answered(reply, lambda stream: receive_frame(stream, 5, [10]))
    except BoxDied:
        return
    assert len(parts) == 1
    assert len(parts[0]) <= 10


def test_a_silent_worker_is_given_up_in_time() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(TimeoutError):
        receive_frame(Stream(ours), 0.1, [])


@pytest.mark.parametrize(
    "change",
    [
        {"returncode": "0"},
        {"returncode": None},
        {"returncode": True},
        {"timed_out": 0},
        {"oom": None},
        {"seconds": "1"},
    ],
)
def test_a_reply_of_wrong_types_kills_the_container(change: dict[str, Any]) -> None:
    reply = {"returncode": 0, "timed_out": False, "oom": False, "truncated": False, "seconds": 0.1, "clean": True}
    ours, theirs = socket.socketpair()
    killed = threading.Event()
    container = Container(BoxSpec(), "/slot", Stream(ours), killed.set, {})
    theirs.sendall(frame({**reply, **change, "parts": [0, 0, 0]}))
    with theirs, pytest.raises(BoxDied, match="malformed"):
        container.run(["true"], device=None, timeout=5, stdin=b"", max_output=10, env={}, cwd="/", rlimits={})
    assert killed.is_set()
    assert container.dead
