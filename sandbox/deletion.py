"""Deleting trees that a box made: any modes, any depth, following nothing.

A box can nest directories deeper than a path may be long or Python may recurse; ``rm`` walks by descriptors and copes.
"""

from __future__ import annotations

import os
import subprocess


def remove_tree(path: str) -> None:
    """Delete a file or a tree. Missing is fine. Raises OSError when something is left."""
    if not os.path.lexists(path):
        return
    if os.path.islink(path) or not os.path.isdir(path):
        os.unlink(path)
        return
    try:
        _remove(path)
    except OSError:
        subprocess.run(["chmod", "-R", "u+rwX", "--", path], check=False, capture_output=True)
        done = subprocess.run(["rm", "-rf", "--", path], check=False, capture_output=True)
        if done.returncode:
            raise OSError(f"cannot delete {path}: {done.stderr.decode(errors='replace').strip()[-300:]}") from None


def _remove(path: str) -> None:
    directories = [path]
    for directory in directories:
        os.chmod(directory, 0o700)
        with os.scandir(directory) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    directories.append(entry.path)
                else:
                    os.unlink(entry.path)
    for directory in reversed(directories):
        os.rmdir(directory)
