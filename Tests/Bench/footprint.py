"""What podshim weighs: on disk, when it starts, and in memory while a pod runs."""

import json
import subprocess
import time
from pathlib import Path

import clock
from host import run
from race import median
from world import CONTAINERS

STARTS = 100
PODS = 5


class Footprint:
    is_slow = False

    def __init__(self, world):
        self.world = world

    def run(self, rounds):
        self.facts = facts(self.world)

    def write(self, form):
        form.heading("What podshim weighs")
        form.table(["", "figure"], [list(fact) for fact in self.facts])


def facts(world):
    """(what, figure) in the order in which they are shown."""
    size = world.binary.stat().st_size
    # It fails on a static program, which is what it is asked for.
    linked = subprocess.run(["ldd", world.binary], capture_output=True, text=True)
    found = [
        ("size of the program, stripped", f"{size / 1e6:.1f} MB"),
        ("`ldd podshim`", (linked.stdout + linked.stderr).strip().splitlines()[0]),
    ]
    return found + start_up(world) + memory(world)


def start_up(world):
    """`podshim version` beside a static program that does nothing."""
    nothing = next((world.root / "layers/sha256").glob("*/bin/busybox"))
    commands = {
        "`podshim version`, start to end": world.command("version"),
        "a static program that does nothing (busybox `true`)": [str(nothing), "true"],
    }
    times = {name: [] for name in commands}
    log = str(world.folder / "command.log")
    for _ in range(STARTS):
        for name, command in commands.items():
            began = clock.now()
            clock.wait(clock.spawn(command, log), command, log)
            times[name].append(clock.now() - began)
    return [(name, f"{median(values):.2f} ms") for name, values in times.items()]


def memory(world):
    """Of the processes that each pod has beside its containers."""
    names = [f"weighed-{number}" for number in range(PODS)]
    for name in names:
        world.arrivals.clear()
        manifest = world.folder / f"{name}.yaml"
        world.write_manifest(name, manifest)
        run(*world.command("create", "-f", manifest))
        if world.arrivals.wait(CONTAINERS) is None:
            raise SystemExit(f"bench: the containers of {name} do not run")
    time.sleep(1)
    weights = {}
    for name in names:
        for life, pid in lives(world, name).items():
            weights.setdefault(life, []).append(weight(pid))
    for name in names:
        run(*world.command("delete", "pod", name))
    return [
        (f"memory of {life}, private (RssAnon) and in all (PSS)",
         f"{median(private for private, _ in values):.0f} kB, "
         f"{median(whole for _, whole in values):.0f} kB")
        for life, values in weights.items()
    ]


def lives(world, name):
    """The pids of a pod's keeper, supervisor and pause."""
    answer = run(*world.command("get", "pod", name, "-o", "json"))
    uid = json.loads(answer)["metadata"]["uid"]
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        words = read(process / "cmdline").split("\0")
        if len(words) > 2 and words[2] == uid:
            found[{"keeper": "the keeper", "supervise": "the supervisor"}[words[1]]] = process.name
    pause = (world.state / "pods" / uid / "bundles/_pause/0/pid").read_text().strip()
    return {life: found[life] for life in sorted(found)} | {"pause": pause}


def weight(pid):
    """kB: private, and in all with a share of what is shared."""
    status = read(Path(f"/proc/{pid}/status"))
    rollup = read(Path(f"/proc/{pid}/smaps_rollup"))
    return field(status, "RssAnon"), field(rollup, "Pss")


def field(text, name):
    line = next(line for line in text.splitlines() if line.startswith(name + ":"))
    return int(line.split()[1])


def read(path):
    try:
        return path.read_text()
    except OSError:
        # A process that has ended meanwhile.
        return ""
