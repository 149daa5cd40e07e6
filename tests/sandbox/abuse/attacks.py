"""The attacks, as programs. Each is plain Python that a box (or, for its positive control, the host) runs with -c."""

FORK_BOMB = """
import os, time
made = 0
try:
    for _ in range(200):
        if os.fork() == 0:
            time.sleep(30); os._exit(0)
        made += 1
except OSError as error:
    pass
print(made, flush=True)
"""

MEMORY_BOMB = """
import sys
blocks = []
for _ in range(int(sys.argv[1])):
    blocks.append(bytearray(b'x') * (1 << 20))
print('allocated', flush=True)
"""

DISK_FILL = """
import sys
with open(sys.argv[1] + '/big', 'wb', buffering=0) as file:
    for _ in range(int(sys.argv[2])):
        view = memoryview(bytes(1 << 20))
        while view:
            view = view[file.write(view):]
print('written', flush=True)
"""

INODE_FILL = """
import sys
for number in range(int(sys.argv[2])):
    open(f'{sys.argv[1]}/f{number}', 'w').close()
print('made', flush=True)
"""

FD_EXHAUSTION = """
import os
fds = []
try:
    while len(fds) < 2000:
        fds.append(os.open('/dev/null', os.O_RDONLY))
except OSError as error:
    print(error.errno, flush=True)
print(len(fds), flush=True)
"""

# A daemon by double fork, in a session of its own, that ignores every signal it can and proves that it lives.
DAEMON = """
import os, signal, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in range(1, 32):
            try: signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError): pass
        for fd in range(3): os.close(fd)
        while True:
            with open(sys.argv[1] + '/alive', 'a') as file: file.write('x')
            time.sleep(0.02)
    os._exit(0)
print('daemon started', flush=True)
if len(sys.argv) > 2: time.sleep(60)
"""

# Connects to each address given as host:port or as a path of a unix socket; prints those that answer.
CONNECT = """
import socket, sys
for address in sys.argv[1:]:
    unix = address.startswith(('/', '@'))
    host, _, port = address.rpartition(':')
    sock = socket.socket(socket.AF_UNIX if unix else socket.AF_INET)
    sock.settimeout(2)
    try:
        sock.connect(address.replace('@', '\\0', 1) if unix else (host, int(port)))
        print('reached', address, flush=True)
    except OSError as error:
        print('refused', address, error, flush=True)
"""

# Tries everything on the process given: read its memory, descriptors and environment, trace, stop and limit it.
TAMPER = """
import ctypes, os, resource, signal, sys
pid = int(sys.argv[1])
libc = ctypes.CDLL(None, use_errno=True)
def attempt(name, action):
    try:
        action()
    except OSError as error:
        print('refused', name, flush=True)
    else:
        print('did', name, flush=True)
def ptrace():
    if libc.ptrace(16, pid, None, None) < 0:  # PTRACE_ATTACH
        raise OSError(ctypes.get_errno(), 'ptrace')
    os.waitpid(pid, 0)
    libc.ptrace(17, pid, None, None)
attempt('mem', lambda: open(f'/proc/{pid}/mem', 'rb').close())
attempt('fd', lambda: os.listdir(f'/proc/{pid}/fd'))
attempt('environ', lambda: open(f'/proc/{pid}/environ', 'rb').close())
attempt('oom_score_adj', lambda: open(f'/proc/{pid}/oom_score_adj', 'w').write('1000') or None)
attempt('ptrace', ptrace)
attempt('prlimit', lambda: resource.prlimit(pid, resource.RLIMIT_NOFILE, (64, 64)))
attempt('setpriority', lambda: os.setpriority(os.PRIO_PROCESS, pid, 19))
attempt('affinity', lambda: os.sched_setaffinity(pid, {0}))
"""

# System calls that would reach out of a box. Prints 'did NAME' for each that works; the directory to use and, if not
# all shall be tried, the names are arguments.
ESCAPES = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
def attempt(name, action):
    if sys.argv[2:] and name not in sys.argv[2:]:
        return
    try:
        result = action()
        if isinstance(result, int) and result < 0:
            raise OSError(ctypes.get_errno(), name)
    except OSError as error:
        print('refused', name, flush=True)
    else:
        print('did', name, flush=True)
os.chdir(sys.argv[1])
os.makedirs('m', exist_ok=True)
attempt('mount', lambda: libc.mount(b'none', b'm', b'tmpfs', 0, None))
attempt('umount', lambda: libc.umount2(b'm' if 'umount' in sys.argv else b'/tmp', 2))
attempt('remount', lambda: libc.mount(None, b'/', None, 32, None))
attempt('mknod', lambda: os.mknod('null', 0o20666, os.makedev(1, 3)))
attempt('whiteout', lambda: os.mknod('wh', 0o20000, 0))
attempt('trusted', lambda: os.setxattr('m', 'trusted.overlay.opaque', b'y'))
attempt('setcap', lambda: os.setxattr('m', 'security.capability', bytes(20)))
attempt('setuid', lambda: os.setuid(0))
attempt('sethostname', lambda: libc.sethostname(b'x', 1))
attempt('settime', lambda: libc.settimeofday(bytes(16), None))
attempt('bpf', lambda: libc.syscall(321, 0, 0, 0))
attempt('keyctl', lambda: libc.syscall(250, 0, -3, 1))
attempt('shm', lambda: libc.shmget(0x5eed, 4096, 0o1600))
attempt('sysrq', lambda: open('/proc/sysrq-trigger', 'w').close())
attempt('sysctl', lambda: open('/proc/sys/kernel/core_pattern', 'w').close())
attempt('kcore', lambda: open('/proc/kcore', 'rb').read(1))
attempt('kmsg', lambda: open('/dev/kmsg', 'rb').close())
attempt('rootfs', lambda: open('/usr/bin/evil', 'w').close())
attempt('dev', lambda: open('/dev/evil', 'w').close())
attempt('shm-file', lambda: open('/dev/shm/evil', 'w').close())
attempt('kill-init', lambda: os.kill(1, 0) and None)
attempt('setns', lambda: libc.setns(os.open('/proc/1/ns/mnt', os.O_RDONLY), 0))
attempt('userns', lambda: libc.unshare(0x10000000))
attempt('netns', lambda: libc.unshare(0x40000000))
attempt('chroot', lambda: os.chroot('m'))
"""

# Directories nested so deep that no absolute path reaches the last of them.
DEEP_TREE = """
import os, sys
os.chdir(sys.argv[1])
for _ in range(int(sys.argv[2])):
    os.mkdir('d' * 100)
    os.chdir('d' * 100)
print('deep', flush=True)
"""
