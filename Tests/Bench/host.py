"""The machine that is measured on: what it is, and what has to be put right before a run."""

import ctypes
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

PRIVATE = "PODSHIM_BENCH_PRIVATE"
PR_SET_CHILD_SUBREAPER = 36
SYSTEM_PATH = os.environ.get("PATH", "/usr/bin:/bin") + ":/usr/local/sbin:/usr/sbin:/sbin"
CGROUPS = Path("/sys/fs/cgroup")

libc = ctypes.CDLL(None, use_errno=True)


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def has(name):
    return shutil.which(name, path=SYSTEM_PATH) is not None


def enter_private_namespaces():
    """Starts this program again where its mounts and its network are its own, then gives crun
    cgroups that it accepts: version 1.8 refuses a hybrid host whose version 2 tree holds a
    controller."""
    if PRIVATE not in os.environ:
        os.environ.update({PRIVATE: "1", "PATH": SYSTEM_PATH})
        words = ["unshare", "--net", "--mount", "--propagation", "private", *sys.orig_argv]
        os.execvp("unshare", words)
    run("ip", "link", "set", "lo", "up")
    unified = CGROUPS / "unified"
    controllers = unified / "cgroup.controllers"
    if controllers.exists() and controllers.read_text().strip():
        run("umount", unified)
        # crun leaves a folder here for each container.
        run("mount", "-t", "tmpfs", "-o", "size=64m", "none", unified)
    # podman's locks are a file here, the same for every root.
    run("mount", "-t", "tmpfs", "none", "/dev/shm")


def become_subreaper():
    """Containers whose runtime has ended become ours: we learn of their end and reap them."""
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def remove_cgroups(name):
    """Removes the empty cgroup of that name, and what is in it, from every tree."""
    for tree in [CGROUPS, *CGROUPS.glob("*/")]:
        if not (tree / "cgroup.procs").exists():
            continue
        for folder, _, _ in os.walk(tree / name, topdown=False):
            os.rmdir(folder)


def run(*command, **options):
    """Runs a program that has to succeed; answers what it printed."""
    command = [str(word) for word in command]
    result = subprocess.run(command, capture_output=True, text=True, **options)
    if result.returncode != 0:
        sys.exit(f"bench: `{' '.join(command)}` failed: {result.stderr.strip()}")
    return result.stdout.strip()


def load():
    return os.getloadavg()[0]


def description(arguments, loads, quiet):
    """Of the machine, of the versions, of the run."""
    names = [*arguments.runtime, "podman", "umoci"]
    versions = [run(name, "--version").splitlines()[0] for name in names if has(name)]
    lines = [
        f"{processors()}, {memory()} GB, Linux {platform.release()}, cgroups {cgroup_mode()}",
        ", ".join([run(arguments.binary, "version"), *versions]),
        f"medians of {arguments.rounds} rounds in which all take turns,"
        f" {arguments.slow_rounds} of images and of those who print",
        f"load average {loads[0]:.1f} at the beginning, {loads[1]:.1f} at the end; "
        f"{quiet.busy_moments} of {quiet.moments} measurements began on a busy machine",
    ]
    if cgroup_mode() == "v1" and has("podman"):
        lines.append("podman 4 waits for seconds to remove its monitor's cgroup with cgroups v1")
    return lines


def processors():
    text = Path("/proc/cpuinfo").read_text()
    names = [line for line in text.splitlines() if line.startswith("model name")]
    name = names[0].split(":")[1].strip() if names else platform.machine()
    return f"{os.cpu_count()} × {name}"


def memory():
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def cgroup_mode():
    return "v2" if (CGROUPS / "cgroup.controllers").exists() else "v1"
