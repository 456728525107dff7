"""The contenders taking turns, and the times that they need."""

import contextlib
import statistics

import clock
import host
from world import CONTAINERS

WARM_UP = 2


class Race:
    is_slow = False

    def __init__(self, contenders, asides, quiet):
        self.contenders = contenders
        # Measured in the same rounds, against nobody.
        self.asides = asides
        self.quiet = quiet
        self.times = {contender.name: {"up": [], "down": []} for contender in contenders}

    def run(self, rounds):
        with contextlib.ExitStack() as cleanup:
            for contender in self.contenders:
                cleanup.callback(contender.remove)
                contender.prepare()
            for number in range(-WARM_UP, rounds):
                if number % 10 == 0 and number > 0:
                    host.say(f"round {number}, load average {host.load():.1f}")
                self.turn(counts=number >= 0)

    def write(self, form):
        form.heading("A pod of two containers: from `create` to running, and away again")
        form.table(["", "up", "middle half", "ratio", "down", "middle half", "ratio"], rows(self))
        for aside in self.asides:
            form.heading(aside.title)
            form.table(["", "time"], [
                [name, f"{median(values):.1f} ms"] for name, values in aside.times.items()])

    def turn(self, counts):
        for contender in self.contenders:
            up, down = self.measure(contender)
            contender.after()
            if counts:
                self.times[contender.name]["up"].append(up)
                self.times[contender.name]["down"].append(down)
        for aside in self.asides:
            aside.turn(counts)

    def measure(self, contender):
        """Milliseconds up and down."""
        world = contender.world
        log = str(world.folder / "command.log")
        world.arrivals.clear()
        self.settle()
        began = clock.now()
        pid = clock.spawn(contender.up, log, contender.environment)
        arrived = world.arrivals.wait(CONTAINERS)
        clock.wait(pid, contender.up, log)
        if arrived is None:
            raise SystemExit(f"bench: the containers of `{contender.name}` do not run")
        self.settle()
        left = clock.now()
        pid = clock.spawn(contender.down, log, contender.environment)
        clock.wait(pid, contender.down, log)
        gone = clock.now()
        return arrived - began, gone - left

    def settle(self):
        """What was begun in the background comes to rest; what others do passes, if it does."""
        self.quiet.wait()
        clock.reap_all()


def median(values):
    return statistics.median(values)


def middle_half(values):
    """The quarter below and the quarter above left out."""
    if len(values) < 4:
        return min(values), max(values)
    low, _, high = statistics.quantiles(values, n=4)
    return low, high


def rows(race):
    """A row for each contender. Ratios are against the script of the same runtime."""
    baselines = {
        contender.world.runtime: race.times[contender.name]
        for contender in race.contenders if contender.baseline
    }
    found = []
    for contender in race.contenders:
        row = [contender.name]
        for way in ("up", "down"):
            values = race.times[contender.name][way]
            low, high = middle_half(values)
            ratio = median(values) / median(baselines[contender.world.runtime][way])
            row += [f"{median(values):.1f} ms", f"{low:.1f}–{high:.1f}", f"{ratio:.2f}"]
        found.append(row)
    return found
