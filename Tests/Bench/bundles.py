"""The three bundles of the pod, as podshim writes them, made ready for a script to run."""

import shutil

from host import remove_cgroups, run
from world import CONTAINERS


def write(world):
    """Writes them, and mounts the containers' root file systems: the image's layer under a layer
    of their own."""
    run(*world.command("bundle", "-f", world.manifest, "-o", world.bundles.parent))
    for name in CONTAINERS:
        (world.bundles / name / "config.json").rename(template(world, name))
    lower = ":".join(str(layer) for layer in (world.root / "layers/sha256").iterdir())
    for name in CONTAINERS:
        # On the disk, where podshim has them too.
        folders = [world.folder / "script" / name / kind for kind in ("upper", "work")]
        for folder in folders:
            folder.mkdir(parents=True)
        options = f"lowerdir={lower},upperdir={folders[0]},workdir={folders[1]}"
        run("mount", "-t", "overlay", "-o", options, "overlay", world.bundles / name / "rootfs")


def template(world, name):
    """The configuration of a container, with PAUSE_PID where pause's process ID belongs."""
    return world.bundles / name / "config.template"


def finish(world, name, pause):
    """Has a container join the namespaces of this pause."""
    text = template(world, name).read_text().replace("PAUSE_PID", str(pause))
    (world.bundles / name / "config.json").write_text(text)


def remove_parent(world):
    """The cgroup above those of the containers, which a runtime leaves behind."""
    remove_cgroups("podshim-default-two")


def remove(world):
    for name in CONTAINERS:
        run("umount", world.bundles / name / "rootfs")
    shutil.rmtree(world.folder / "script")
