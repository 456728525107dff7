"""What a network costs a pod: our own bridge beside Debian's plugins of CNI, and no network.

The pod has a port of the host, so that both have rules to make. The measurement runs in a network
namespace of its own: nothing of the host's is touched.
"""

import json

from contenders import Podshim
from race import Race, median, middle_half

MODES = {
    "none": "none: loopback alone",
    "bridge": "bridge: podshim's own, with ip and nft",
    "cni": "cni: the plugins bridge, portmap and firewall",
}


class Networks:
    """A race for each runtime, of one pod with different networks."""

    is_slow = False

    def __init__(self, worlds, quiet):
        self.races = [
            (world, Race([Networked(world, mode) for mode in MODES], [], quiet))
            for world in worlds
        ]
        for world in worlds:
            self.configure(world)

    def configure(self, world):
        folder = world.folder / "networks"
        folder.mkdir()
        address = {
            "type": "host-local", "dataDir": str(folder / "leases"),
            "ranges": [[{"subnet": "10.97.0.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}],
        }
        plugins = [
            {"type": "bridge", "bridge": "bench0", "isGateway": True, "ipMasq": True,
             "ipam": address},
            {"type": "portmap", "capabilities": {"portMappings": True}},
            {"type": "firewall"},
        ]
        (folder / "10-bench.conflist").write_text(
            json.dumps({"cniVersion": "1.0.0", "name": "bench", "plugins": plugins}))
        world.write_manifest("two", world.folder / "networked.yaml", host_port=8080)

    def run(self, rounds):
        for _, race in self.races:
            race.run(rounds)

    def write(self, form):
        for world, race in self.races:
            form.heading(f"What a network adds to a pod, over {world.runtime}")
            form.table(
                ["", "up", "middle half", "adds", "down", "middle half", "adds"], rows(race))


class Networked(Podshim):
    def __init__(self, world, mode):
        super().__init__(world)
        self.name = MODES[mode]
        network = ["--network", mode, "--cni-conf-dir", str(world.folder / "networks")]
        manifest = world.folder / "networked.yaml"
        self.up = [*world.command("create", "-f", manifest), *network]


def rows(race):
    """A row for each network; what it adds is the distance to none."""
    alone = race.times[MODES["none"]]
    found = []
    for name, times in race.times.items():
        row = [name]
        for way in ("up", "down"):
            low, high = middle_half(times[way])
            added = median(times[way]) - median(alone[way])
            row += [f"{median(times[way]):.1f} ms", f"{low:.1f}–{high:.1f}", f"{added:.1f} ms"]
        found.append(row)
    return found
