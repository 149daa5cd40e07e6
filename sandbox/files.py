"""Reading and writing a workspace from the trusted side, without following anything that a candidate planted.

All names are resolved with openat2(2): beneath the workspace, through no symbolic link. Files are opened so that a FIFO
or device cannot block or act, and are regular files or refused. Nothing of the box runs while this happens.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import struct
from pathlib import PurePosixPath

from .errors import FileTooLarge, NoSuchFile, PathRefused, QuotaExceeded
from .spec import WORKSPACE

_LIBC = ctypes.CDLL(None, use_errno=True)
_SYS_OPENAT2 = 437
_NO_MAGICLINKS, _NO_SYMLINKS, _BENEATH = 0x02, 0x04, 0x08


def relative(path: str) -> str:
    """The workspace-relative form of ``path``; accepts ``a/b`` and ``/box/a/b``."""
    pure = PurePosixPath(path)
    if pure.is_absolute():
        try:
            pure = pure.relative_to(WORKSPACE)
        except ValueError:
            raise PathRefused(f"{path!r} is outside {WORKSPACE}; give a path relative to the workspace") from None
    if ".." in pure.parts or not pure.parts or "\0" in path:
        raise PathRefused(f"{path!r} does not name a file in the workspace; give a relative path without '..'")
    return str(pure)


def _open_beneath(root: int, path: str, flags: int, mode: int = 0) -> int:
    how = struct.pack("=QQQ", flags | os.O_CLOEXEC, mode, _BENEATH | _NO_SYMLINKS | _NO_MAGICLINKS)
    fd = int(_LIBC.syscall(_SYS_OPENAT2, root, os.fsencode(path), how, len(how)))
    if fd < 0:
        raise _as_sandbox_error(ctypes.get_errno(), path)
    return fd


def _as_sandbox_error(code: int, path: str) -> Exception:
    if code == errno.ENOENT:
        return NoSuchFile(f"no file {path!r} in the workspace")
    if code in (errno.ENOSPC, errno.EDQUOT):
        return QuotaExceeded(f"no room for {path!r}; raise Limits.disk_mb or Limits.inodes, or write less")
    reason = {errno.ELOOP: "a symbolic link is in the way", errno.EXDEV: "it leads out of the workspace"}
    return PathRefused(f"{path!r} refused: {reason.get(code, os.strerror(code))}")


def read_file(root: int, path: str, max_bytes: int) -> bytes:
    """The whole regular file at ``path`` below the directory descriptor ``root``. Raises PathRefused or a subclass."""
    name = relative(path)
    fd = _open_beneath(root, name, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_NOCTTY)
    try:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise PathRefused(f"{path!r} is not a regular file")
        if status.st_size > max_bytes:
            raise FileTooLarge(f"{path!r} has {status.st_size} bytes, more than the {max_bytes} allowed")
        data = bytearray()
        while block := os.read(fd, min(1 << 20, max_bytes + 1 - len(data))):
            data += block
            if len(data) > max_bytes:
                raise FileTooLarge(f"{path!r} has more than the {max_bytes} bytes allowed")
        return bytes(data)
    finally:
        os.close(fd)


def write_file(root: int, path: str, data: bytes, owner: tuple[int, int] | None) -> None:
    """Create or replace ``path`` with ``data``, making parent directories.

    What was there is unlinked, never written through, so a hard link or FIFO planted under the name has no effect.
    ``owner`` is the box's (uid, gid), or None when the caller already has it.
    """
    name = PurePosixPath(relative(path))
    directory = os.dup(root)
    try:
        for part in name.parts[:-1]:
            directory = _enter(directory, part, owner)
        try:
            os.unlink(name.name, dir_fd=directory)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise _as_sandbox_error(error.errno or 0, path) from error
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        fd = _open_beneath(directory, name.name, flags, 0o644)
        with os.fdopen(fd, "wb", buffering=0) as file:
            try:
                view = memoryview(data)
                while view:
                    view = view[file.write(view) :]
                if owner:
                    os.fchown(fd, *owner)
            except OSError as error:
                raise _as_sandbox_error(error.errno or 0, path) from error
    finally:
        os.close(directory)


def _enter(directory: int, part: str, owner: tuple[int, int] | None) -> int:
    """Open (creating it) the subdirectory ``part``; closes ``directory`` on success."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
    try:
        os.mkdir(part, 0o755, dir_fd=directory)
        made = True
    except FileExistsError:
        made = False
    except OSError as error:
        raise _as_sandbox_error(error.errno or 0, part) from error
    fd = _open_beneath(directory, part, flags)
    if made and owner:
        os.fchown(fd, *owner)
    os.close(directory)
    return fd
