"""The two systems that every test image stands on: a shell, and Debian.

Both are unpacked packages. What the packages' own scripts would do at installation, and a
container needs, is written out here, line by line.
"""

import subprocess
import tempfile
from pathlib import Path

from layer import MERGED, Layer

# What `debootstrap --variant=minbase` installs, without the two that only convert old systems.
MINIMAL = ["?essential", "apt", "usr-is-merged"]

PASSWD = """\
root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
"""
GROUP = """\
root:x:0:
daemon:x:1:
tty:x:5:
www-data:x:33:
nogroup:x:65534:
"""


def shell(packages):
    """Busybox under the name of each of its applets, and the folders of a small system."""
    unpacked = Layer()
    for deb in packages.with_dependencies(["busybox-static"]):
        unpacked.package(deb)
    program = unpacked.read("usr/bin/busybox")

    layer = Layer()
    folders = ("bin", "dev", "etc", "home", "proc", "sys", "usr", "usr/bin", "usr/sbin", "var")
    for path in folders:
        layer.directory(path)
    layer.directory("root", mode=0o700)
    layer.directory("tmp", mode=0o1777)
    layer.file("etc/passwd", PASSWD)
    layer.file("etc/group", GROUP)
    layer.file("bin/busybox", program, mode=0o755)
    for applet in applets(program):
        if applet != "busybox":
            layer.symlink(f"bin/{applet}", "busybox")
    # Scripts name it by this path.
    layer.symlink("usr/bin/env", "../../bin/busybox")
    return layer


def applets(program):
    """The names that this busybox answers to."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "busybox"
        path.write_bytes(program)
        path.chmod(0o755)
        return subprocess.check_output([path, "--list"], text=True).split()


def debian(packages):
    """A minimal Debian."""
    layer = Layer()
    for deb in packages.with_dependencies(MINIMAL):
        layer.package(deb)
    for name in MERGED:
        if f"usr/{name}" in layer.entries:
            layer.symlink(name, f"usr/{name}")
    # base-passwd
    layer.file("etc/passwd", layer.read("usr/share/base-passwd/passwd.master"))
    layer.file("etc/group", layer.read("usr/share/base-passwd/group.master"))
    # libc-bin
    layer.file("etc/nsswitch.conf", layer.read("usr/share/libc-bin/nsswitch.conf"))
    # base-files
    layer.file("etc/profile", layer.read("usr/share/base-files/profile"))
    layer.file("root/.profile", layer.read("usr/share/base-files/dot.profile"))
    layer.file("root/.bashrc", layer.read("usr/share/base-files/dot.bashrc"))
    for path in ("media", "mnt", "opt", "srv", "usr/local", "usr/local/bin", "usr/local/sbin"):
        layer.directory(path)
    layer.directory("run/lock", mode=0o1777)
    layer.symlink("var/run", "/run")
    layer.symlink("var/lock", "/run/lock")
    # update-alternatives
    layer.symlink("usr/bin/awk", "mawk")
    layer.symlink("usr/bin/which", "which.debianutils")
    return layer
