"""Those who bring the same pod up and down: podshim, a shell script, podman."""

import os
import shutil
from pathlib import Path

import bundles
from host import remove_cgroups, run

SCRIPT = Path(__file__).with_name("crun-pod")


class Podshim:
    """`podshim create -f` and `podshim delete`."""

    baseline = False
    environment = os.environ

    def __init__(self, world, other=None):
        self.world = world
        self.name = f"podshim --runtime {world.runtime}" + (f" ({other})" if other else "")
        self.up = world.command("create", "-f", world.manifest)
        self.down = world.command("delete", "pod", "two")
        if other:
            self.up[0] = self.down[0] = str(other.resolve())

    def prepare(self):
        pass

    def after(self):
        pass

    def remove(self):
        pass


class Script:
    """A shell script that calls the runtime; the containers side by side, or one by one."""

    environment = os.environ

    def __init__(self, world, together):
        self.world = world
        self.baseline = together
        order = "together" if together else "in-turn"
        self.name = f"{world.runtime}, script, " + ("side by side" if together else "one by one")
        words = [order, world.runtime, world.state / "script", world.bundles]
        self.up = [str(word) for word in [SCRIPT, "up", *words]]
        self.down = [str(word) for word in [SCRIPT, "down", *words]]

    def prepare(self):
        if self.baseline:
            bundles.write(self.world)

    def after(self):
        # Each pod of podshim has one of its own to make.
        bundles.remove_parent(self.world)

    def remove(self):
        if self.baseline:
            bundles.remove(self.world)


class Podman:
    """`podman kube play` and `podman pod rm --force`, with a store of its own and no network."""

    baseline = False

    STORAGE = """\
[storage]
driver = "overlay"
graphroot = "{folder}/root"
runroot = "{state}/podman"
"""
    # Without the limits that podman would raise, which not every root may.
    CONTAINERS = """\
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
[engine]
events_logger = "none"
cgroup_manager = "cgroupfs"
runtime = "{runtime}"
tmp_dir = "{state}/podman-tmp"
"""

    def __init__(self, world):
        self.world = world
        self.name = "podman kube play --network none"
        self.folder = world.folder / "podman"
        self.environment = os.environ | {
            "CONTAINERS_CONF": f"{self.folder}/containers.conf",
            "CONTAINERS_STORAGE_CONF": f"{self.folder}/storage.conf",
        }
        self.program = shutil.which("podman")
        self.up = [self.program, "kube", "play", "--network", "none", str(world.manifest)]
        self.down = [self.program, "pod", "rm", "--force", "two"]

    def prepare(self):
        self.folder.mkdir()
        facts = {"folder": self.folder, "state": self.world.state, "runtime": self.world.runtime}
        (self.folder / "storage.conf").write_text(self.STORAGE.format(**facts))
        (self.folder / "containers.conf").write_text(self.CONTAINERS.format(**facts))
        self.had_cgroup = Path("/sys/fs/cgroup/memory/libpod_parent").exists()
        run(self.program, "load", "-i", self.world.image, env=self.environment)

    def after(self):
        pass

    def remove(self):
        run(self.program, "system", "reset", "--force", env=self.environment)
        if not self.had_cgroup:
            remove_cgroups("libpod_parent")
