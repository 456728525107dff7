"""Starting programs and taking times, with as little of our own in between as can be."""

import ctypes
import os
import select
import struct
import sys
import time

from host import libc

IN_CREATE = 0x100
IN_NONBLOCK = os.O_NONBLOCK
TIMEOUT = 30


def now():
    """Milliseconds."""
    return time.monotonic_ns() / 1e6


def spawn(command, log, environment=os.environ):
    """Starts a program whose output goes to `log`; answers its pid."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return os.posix_spawn(command[0], command, environment, file_actions=actions)


def wait(pid, command, log):
    """Blocks until `pid` has ended, and reaps whatever else ends meanwhile."""
    while True:
        ended, status = os.waitpid(-1, 0)
        if ended == pid:
            break
    if status != 0:
        with open(log) as file:
            sys.exit(f"bench: `{' '.join(command)}` failed: {file.read()}")


def reap_all():
    """Reaps what has ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


class Quiet:
    """Waits for moments in which nobody else uses the machine, as long as patience lasts."""

    GLANCE = 0.06
    # Share of all processors' time.
    BUSY = 0.25

    def __init__(self, patience):
        self.patience = patience
        self.moments = 0
        self.busy_moments = 0

    def wait(self):
        self.moments += 1
        while (busy := self.glance()) and self.patience > 0:
            self.patience -= self.GLANCE
        self.busy_moments += busy

    def glance(self):
        before = self.times()
        time.sleep(self.GLANCE)
        idle, whole = (after - before for after, before in zip(self.times(), before))
        return whole > 0 and 1 - idle / whole > self.BUSY

    def times(self):
        """Of all processors: idle, and in all."""
        with open("/proc/stat") as file:
            fields = [int(word) for word in file.readline().split()[1:9]]
        return fields[3] + fields[4], sum(fields)


class Arrivals:
    """Files that appear in one folder: the kernel wakes us, nothing is polled."""

    def __init__(self, folder):
        self.folder = folder
        self.descriptor = libc.inotify_init1(IN_NONBLOCK | os.O_CLOEXEC)
        if libc.inotify_add_watch(self.descriptor, str(folder).encode(), IN_CREATE) < 0:
            sys.exit(f"bench: cannot watch {folder}: {os.strerror(ctypes.get_errno())}")

    def clear(self):
        for file in self.folder.iterdir():
            file.unlink()
        self.read()

    def read(self):
        names = set()
        try:
            events = os.read(self.descriptor, 65536)
        except BlockingIOError:
            return names
        while events:
            _, _, _, length = struct.unpack_from("iIII", events)
            names.add(events[16:16 + length].rstrip(b"\0").decode())
            events = events[16 + length:]
        return names

    def wait(self, names):
        """Blocks until all `names` have appeared; answers when the last did, nil for never."""
        missing = set(names)
        deadline = time.monotonic() + TIMEOUT
        while missing:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.descriptor], [], [], left)[0]:
                return None
            at = now()
            missing -= self.read()
        return at
