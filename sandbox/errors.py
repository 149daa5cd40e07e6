"""What can go wrong with a box: infrastructure that failed or a request that was refused, never a judgement.

A caller that maps these to a verdict maps them to ``error``: a box that broke says nothing about the answer in it.
"""

from __future__ import annotations


class SandboxError(Exception):
    """Base of all errors of this package."""


class BackendUnavailable(SandboxError):
    """No sandbox can be made on this machine as it is. The message names the mend."""


class BoxDied(SandboxError):
    """The container behind a box broke, was killed or stopped answering. Roll the box back or close it."""


class BoxBusy(SandboxError):
    """The box is being used by another thread, or something still holds its workspace open."""


class BoxClosed(SandboxError):
    """The box was closed."""


class SnapshotError(SandboxError):
    """A snapshot could not be taken or used: it belongs to another process, or its workspace is over quota."""


class PathRefused(SandboxError):
    """A path leaves the workspace, passes through a symbolic link, or is not a regular file."""


class NoSuchFile(PathRefused, FileNotFoundError):
    """The path does not exist in the workspace."""


class FileTooLarge(PathRefused):
    """The file is larger than the caller allows."""


class QuotaExceeded(SandboxError):
    """The workspace's disk or inode quota is used up."""
