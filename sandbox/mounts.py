"""Linux mounts through ctypes: tmpfs, shared binds, and overlays as *detached* mounts.

A detached mount is a file descriptor. It needs no mount point, is usable with ``openat2`` at once, goes away by itself
when the descriptor closes (also when the process is killed), and can be moved under a container later with
``move_mount``. Everything here needs CAP_SYS_ADMIN; :mod:`assay.sandbox.cas` is the way without it.

``lowerdir+`` (Linux 6.7) has no length limit; older kernels get one ``mount(2)`` string of at most a page. See
fsopen(2), move_mount(2), and Documentation/filesystems/overlayfs.rst.
"""

from __future__ import annotations

import ctypes
import errno
import os
import tempfile
from collections.abc import Sequence

_LIBC = ctypes.CDLL(None, use_errno=True)

# Numbers that all architectures share.
_SYS_OPEN_TREE, _SYS_MOVE_MOUNT, _SYS_FSOPEN, _SYS_FSCONFIG, _SYS_FSMOUNT = 428, 429, 430, 431, 432
_AT_FDCWD = -100
_MS_BIND, _MS_PRIVATE, _MS_SHARED = 1 << 12, 1 << 18, 1 << 20
_MS_RDONLY, _MS_NOSUID, _MS_NODEV = 1, 2, 4
_MNT_DETACH = 2
_FSCONFIG_SET_STRING, _FSCONFIG_CMD_CREATE = 1, 6
_ATTR_RDONLY, _ATTR_NOSUID, _ATTR_NODEV = 1, 2, 4
_OPEN_TREE_CLONE = 1
_MOVE_FROM_EMPTY_PATH = 4

_OVERLAY_OPTIONS = {"redirect_dir": "on", "metacopy": "off", "index": "off", "xino": "off"}


def _check(result: int, what: str) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), what)
    return result


def _mount(source: str | None, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    encoded = [None if text is None else os.fsencode(text) for text in (source, target, kind, options)]
    _check(_LIBC.mount(encoded[0], encoded[1], encoded[2], ctypes.c_ulong(flags), encoded[3]), target)


def mount_tmpfs(target: str, *, size_mb: int, inodes: int, mode: int = 0o711) -> None:
    """A private tmpfs, a hard quota in bytes and inodes. ``size_mb`` 0 means no limit."""
    options = f"size={size_mb}m,nr_inodes={inodes},mode={mode:o}"
    _mount("assay", target, "tmpfs", _MS_NOSUID | _MS_NODEV, options)
    _mount(None, target, None, _MS_PRIVATE)


def make_shared_slot(target: str) -> None:
    """Turn a directory into a mount of its own whose later mounts propagate into containers bound to it as slaves."""
    _mount(target, target, None, _MS_BIND)
    _mount(None, target, None, _MS_SHARED)


def unmount(target: str, *, lazy: bool = False) -> None:
    """Unmount the topmost mount at ``target``.

    Plain, it raises OSError EBUSY while any process, here or in a container, has a file or directory of it open: an
    exact check of quiescence. ``lazy`` is for tearing down what nobody will read again.
    """
    _check(_LIBC.umount2(os.fsencode(target), _MNT_DETACH if lazy else 0), target)


def overlay(lowers: Sequence[str], upper: str | None, work: str | None) -> int:
    """Mount an overlay, topmost lower directory first, and return the detached mount's descriptor.

    Without ``upper`` the mount is read-only and needs at least two lowers.
    """
    try:
        return _overlay_by_fsconfig(lowers, upper, work)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOSYS):
            raise
        return _overlay_by_mount(lowers, upper, work)


def _overlay_by_fsconfig(lowers: Sequence[str], upper: str | None, work: str | None) -> int:
    context = _check(_LIBC.syscall(_SYS_FSOPEN, b"overlay", 1), "fsopen overlay")
    try:
        pairs = [("lowerdir+", lower) for lower in lowers]
        if upper is not None and work is not None:
            pairs += [("upperdir", upper), ("workdir", work)]
        pairs += [("source", "assay"), *_OVERLAY_OPTIONS.items()]
        for key, value in pairs:
            arguments = (context, _FSCONFIG_SET_STRING, key.encode(), os.fsencode(value), 0)
            _check(_LIBC.syscall(_SYS_FSCONFIG, *arguments), f"overlay {key}={value}")
        _check(_LIBC.syscall(_SYS_FSCONFIG, context, _FSCONFIG_CMD_CREATE, None, None, 0), "overlay create")
        attributes = _ATTR_NOSUID | _ATTR_NODEV | (0 if upper else _ATTR_RDONLY)
        return _check(_LIBC.syscall(_SYS_FSMOUNT, context, 1, attributes), "fsmount overlay")
    finally:
        os.close(context)


def _overlay_by_mount(lowers: Sequence[str], upper: str | None, work: str | None) -> int:
    options = {"lowerdir": ":".join(lowers), **_OVERLAY_OPTIONS}
    if upper is not None and work is not None:
        options |= {"upperdir": upper, "workdir": work}
    flags = _MS_NOSUID | _MS_NODEV | (0 if upper else _MS_RDONLY)
    with tempfile.TemporaryDirectory(prefix="assay-mount-") as target:
        _mount("assay", target, "overlay", flags, ",".join(f"{key}={value}" for key, value in options.items()))
        try:
            flags = _OPEN_TREE_CLONE | os.O_CLOEXEC
            return _check(_LIBC.syscall(_SYS_OPEN_TREE, _AT_FDCWD, os.fsencode(target), flags), "open_tree")
        finally:
            unmount(target)


def move(mount_fd: int, target: str) -> None:
    """Attach a detached mount at ``target``; the descriptor stays open and must be closed before an unmount."""
    arguments = (mount_fd, b"", _AT_FDCWD, os.fsencode(target), _MOVE_FROM_EMPTY_PATH)
    _check(_LIBC.syscall(_SYS_MOVE_MOUNT, *arguments), target)


def mounts_below(root: str) -> list[str]:
    """Mount points at or below ``root``, deepest and newest first: the order in which to unmount them."""
    found = []
    with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as table:
        for line in table:
            point = line.split(" ")[4].encode("utf-8", "surrogateescape").decode("unicode_escape")
            if point == root or point.startswith(root.rstrip("/") + "/"):
                found.append(point)
    return found[::-1]


def can_mount() -> bool:
    """Whether this process holds CAP_SYS_ADMIN and the kernel has overlay mounts."""
    with open("/proc/self/status", encoding="ascii", errors="replace") as status:
        effective = next((int(line.split()[1], 16) for line in status if line.startswith("CapEff:")), 0)
    if not effective >> 21 & 1:
        return False
    with tempfile.TemporaryDirectory(prefix="assay-probe-") as root:
        lowers = [os.path.join(root, name) for name in ("a", "b")]
        for lower in lowers:
            os.mkdir(lower)
        try:
            os.close(overlay(lowers, None, None))
        except OSError:
            return False
    return True
