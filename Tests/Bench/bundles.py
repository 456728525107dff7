"""The three bundles of the pod, as podshim writes them, made ready for a script to run."""

import json
import shutil

from host import libc, remove_cgroups, run
from world import CONTAINERS

CGROUP = "podshim-bench"


def write(world):
    """The bundles of a pod that keeps running, so that what they mount stays there."""
    model = world.folder / "model.yaml"
    world.write_manifest("model", model)
    run(*world.command("create", "-f", model))
    if world.arrivals.wait(CONTAINERS) is None:
        raise SystemExit("bench: the model of the bundles does not run")
    uid = json.loads(run(*world.command("get", "pod", "model", "-o", "json")))["metadata"]["uid"]
    source = world.state / "pods" / uid / "bundles"
    pid = int((source / "pause/0/pid").read_text())
    for name in ["pause", *CONTAINERS]:
        bundle = world.bundles / name
        (bundle / "rootfs").mkdir(parents=True)
        text = (source / name / "0/config.json").read_text()
        text = text.replace(f"/proc/{pid}/ns/", "/proc/@PAUSE@/ns/")
        text = text.replace(f'"/podshim-{uid}/', f'"/{CGROUP}-{world.runtime}/')
        (bundle / "config.template").write_text(text)
    shutil.copy(world.bundles / "pause/config.template", world.bundles / "pause/config.json")
    mount(world)


def mount(world):
    """The containers' root file systems: the image's layer under a layer of their own."""
    lower = ":".join(str(layer) for layer in (world.root / "layers/sha256").iterdir())
    for name in CONTAINERS:
        bundle = world.bundles / name
        for folder in ["upper", "work"]:
            (bundle / folder).mkdir()
        options = f"lowerdir={lower},upperdir={bundle}/upper,workdir={bundle}/work"
        run("mount", "-t", "overlay", "-o", options, "overlay", bundle / "rootfs")


def remove(world):
    run(*world.command("delete", "pod", "model", "--grace-period", "0"))
    for name in CONTAINERS:
        run("umount", world.bundles / name / "rootfs")
    remove_cgroups(f"{CGROUP}-{world.runtime}")
