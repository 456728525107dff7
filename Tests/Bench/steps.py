"""What single calls of the runtime cost: the scale for everything else."""

import os
import shutil

import bundles
import clock


class Steps:
    """The calls that bring one container up beside a pause, and down again."""

    def __init__(self, world):
        self.world = world
        self.title = f"Single calls of {world.runtime}"
        self.program = shutil.which(world.runtime)
        self.times = {}

    def turn(self, counts):
        self.counts = counts
        pause = self.call("run, namespaces made", "run", "--detach", *self.bundle("pause"))
        bundles.finish(self.world, "first", pause)
        first = self.call("create, namespaces joined", "create", *self.bundle("first"))
        self.call("start", "start", "first")
        self.end("first", first)
        self.call("delete", "delete", "first")
        self.end("pause", pause)
        self.call("", "delete", "pause")
        bundles.remove_parent(self.world)

    def bundle(self, name):
        bundle = self.world.bundles / name
        return ["--bundle", bundle, "--pid-file", bundle / "pid", name]

    def call(self, step, *words):
        """Times one call; answers the pid of the container that it made, if any."""
        root = self.world.state / "script"
        command = [str(word) for word in [self.program, "--root", root, *words]]
        log = str(self.world.folder / "command.log")
        began = clock.now()
        clock.wait(clock.spawn(command, log), command, log)
        if step and self.counts:
            self.times.setdefault(step, []).append(clock.now() - began)
        if words[0] in ("run", "create"):
            return int((self.world.bundles / words[-1] / "pid").read_text())

    def end(self, name, pid):
        os.kill(pid, 9)
        try:
            os.waitpid(pid, 0)
        except ChildProcessError:
            pass
