"""The seccomp filter under which commands run: a deny-list in classic BPF, on top of what the backend already forbids.

It denies what no candidate needs and what would reach out of a command: new namespaces and mounts, tracing, kernel
interfaces with a history of escapes, IPC objects that outlive processes, and changing the limits or scheduling of other
processes (the worker has the same user id). Calls of a foreign architecture are denied. See seccomp(2).
"""

from __future__ import annotations

import errno
import functools
import platform
import struct

_LOAD, _JEQ, _JSET, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_NR, _ARCH, _ARGUMENTS = 0, 4, 16
_X32_BIT = 0x40000000
# CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET
_CLONE_NEW = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000

# name: (x86_64, aarch64)
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

_DENIED: dict[str, tuple[int | None, int | None]] = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "fspick": (433, 433), "mount_setattr": (442, 442), "unshare": (272, 97), "setns": (308, 268),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "keyctl": (250, 219), "add_key": (248, 217),
    "request_key": (249, 218), "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "reboot": (169, 142), "swapon": (167, 224),
    "swapoff": (168, 225), "syslog": (103, 116), "acct": (163, 89), "quotactl": (179, 60), "personality": (135, 92),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171), "clock_adjtime": (305, 266),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "fanotify_init": (300, 262),
    "shmget": (29, 194), "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180),
    "sched_setscheduler": (144, 119), "sched_setparam": (142, 118), "sched_setattr": (314, 274),
    "setpriority": (141, 140), "ioprio_set": (251, 30),
    "iopl": (172, None), "ioperm": (173, None), "modify_ldt": (154, None), "lookup_dcookie": (212, 18),
}  # fmt: skip

# Allowed only when the given argument, a process id, is 0: the caller itself.
_SELF_ONLY: dict[str, tuple[int, int, int]] = {
    "prlimit64": (302, 261, 0), "sched_setaffinity": (203, 122, 0),
}  # fmt: skip


def _step(code: int, k: int, true: int = 0, false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, true, false, k)


@functools.cache
def filter_program() -> bytes:
    """The filter as an array of ``struct sock_filter``, for prctl(PR_SET_SECCOMP); empty on other architectures, where
    the backend's own confinement has to do (``backend_report`` says so)."""
    if platform.machine() not in _ARCHITECTURES:
        return b""
    column, audit = _ARCHITECTURES[platform.machine()]
    refuse = _step(_RETURN, _ERRNO | errno.EPERM)
    steps = [_step(_LOAD, _ARCH), _step(_JEQ, audit, 1, 0), refuse, _step(_LOAD, _NR)]
    if column == 0:
        steps += [_step(_JSET, _X32_BIT, 0, 1), refuse]
    for numbers in _DENIED.values():
        number = numbers[column]
        if number is not None:
            steps += [_step(_JEQ, number, 0, 1), refuse]
    for x86, arm, argument in _SELF_ONLY.values():
        steps += [
            _step(_JEQ, (x86, arm)[column], 0, 4),
            _step(_LOAD, _ARGUMENTS + 8 * argument),
            _step(_JEQ, 0, 1, 0),
            refuse,
            _step(_RETURN, _ALLOW),
        ]
    # clone3 hides its flags in memory: say "not implemented", and libraries fall back to clone, whose flags show.
    steps += [_step(_JEQ, 435, 0, 1), _step(_RETURN, _ERRNO | errno.ENOSYS)]
    steps += [_step(_JEQ, (56, 220)[column], 0, 3), _step(_LOAD, _ARGUMENTS), _step(_JSET, _CLONE_NEW, 0, 1), refuse]
    steps.append(_step(_RETURN, _ALLOW))
    return b"".join(steps)
