"""What podshim adds to a call when it is called as a runtime: each call is made of the runtime
itself and of `podshim-runtime` over it, in turns, on one container that runs.
"""

import os
import time

from host import run
from race import median

# As engines say them, behind the global flags.
CALLS = {
    "state": ["state", "{id}"],
    "kill with signal 0": ["kill", "{id}", "0"],
    "exec of a program that does nothing": ["exec", "{id}", "true"],
}
# Of each call in a round: a call takes milliseconds, and its noise is as large.
TURNS = 4


class Calls:
    is_slow = False

    def __init__(self, worlds, quiet):
        self.worlds = worlds
        self.quiet = quiet
        # By (runtime, call): a pair of milliseconds for each turn.
        self.figures = {}

    def run(self, rounds):
        for world in self.worlds:
            run(*world.command("create", "-f", world.manifest, "--wait"))
            uid = os.readlink(world.root / "names/default/two")
            link = world.folder / f"podshim-runtime-{world.runtime}"
            link.symlink_to(world.binary)
            for number in range(-1, rounds):
                self.quiet.wait()
                for name, words in CALLS.items():
                    words = ["--root", world.state / world.runtime] + words
                    words = [str(word).format(id=f"{uid}_first_0") for word in words]
                    for _ in range(TURNS):
                        pair = tuple(timed(program, words) for program in (world.runtime, link))
                        if number >= 0:
                            self.figures.setdefault((world.runtime, name), []).append(pair)
            run(*world.command("delete", "pod", "two", "--grace-period", "0"))

    def write(self, form):
        form.heading("What podshim adds to a call as a runtime")
        rows = []
        for (runtime, call), pairs in self.figures.items():
            alone, over = (median(values) for values in zip(*pairs))
            rows.append([
                f"{runtime}, {call}", f"{alone:.2f} ms", f"{over:.2f} ms",
                f"{over - alone:.2f} ms"])
        form.table(["", "the runtime", "podshim over it", "more"], rows)


def timed(program, words):
    """Milliseconds until the program has ended, which has to succeed."""
    begun = time.monotonic()
    run(program, *words)
    return (time.monotonic() - begun) * 1000
