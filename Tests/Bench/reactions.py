"""How soon a supervisor does something about what happens: from the keeper's note of an exit in the
journal until the next run runs, or until the container that failed its probe has ended."""

import json
import time
from pathlib import Path

from host import run

MANIFEST = """\
apiVersion: v1
kind: Pod
metadata:
  name: {name}
spec:
  terminationGracePeriodSeconds: 5
  volumes:
  - name: arrivals
    hostPath:
      path: {arrivals}
  containers:
  - name: main
    image: busybox
    imagePullPolicy: Never
    command: [sh, -c, "{script}"]
    volumeMounts:
    - name: arrivals
      mountPath: /arrivals
{more}
"""
# Both end as soon as they are asked to. The second can hear that before it is unfit, which it is
# once its process is known.
IDLE = "trap 'exit 0' TERM; {first}; sleep 3600 & wait"
AGAIN = IDLE.format(first="test -e /arrivals/again || { : > /arrivals/again; exit 1; }")
UNFIT = IDLE.format(
    first="until test -e /arrivals/known; do sleep 0.02; done; : > /arrivals/unfit")
PROBE = """\
    livenessProbe:
      exec: {command: [test, "!", -e, /arrivals/unfit]}
      periodSeconds: 1
      failureThreshold: 1
"""
PATIENCE = 20


class Reactions:
    AGAIN = "a container's exit to its first restart running"
    UNFIT = "a failed probe to the end of its container"

    def __init__(self, world):
        self.world = world
        self.title = f"What podshim does about something, over {world.runtime}"
        self.times = {}

    def turn(self, counts):
        for name, measure in ((self.AGAIN, self.again), (self.UNFIT, self.unfit)):
            self.world.arrivals.clear()
            value = measure()
            run(*self.world.command("delete", "pod", "reacts"))
            if counts:
                self.times.setdefault(name, []).append(value)

    def again(self):
        uid = self.create(AGAIN, "")

        def settled():
            main = self.life(uid)["containers"][0]
            running = main["state"].get("running")
            return main["ends"] and running and (main, running["_0"])

        main, running = self.wait(settled, "restart")
        return milliseconds(running["since"]) - milliseconds(main["ends"][0]["finished"])

    def unfit(self):
        uid = self.create(UNFIT, PROBE)
        pid_file = self.world.state / "pods" / uid / "bundles/main/0/pid"
        first = self.wait(lambda: pid_file.exists() and pid_file.read_text().strip(), "start")
        (self.world.arrivals.folder / "known").touch()

        def ended():
            lines = self.journal(uid)
            return any(line[0] == first for line in lines) and lines

        lines = self.wait(ended, "end")
        end = next(line for line in lines if line[0] == first)
        failure = next(line for line in lines if line[1:3] == ["exited", "1"])
        return (int(end[3]) - int(failure[3])) / 1e6

    def create(self, script, more):
        manifest = self.world.folder / "reacts.yaml"
        folder = self.world.arrivals.folder
        manifest.write_text(
            MANIFEST.format(name="reacts", arrivals=folder, script=script, more=more))
        run(*self.world.command("create", "-f", manifest))
        answer = run(*self.world.command("get", "pod", "reacts", "-o", "json"))
        return json.loads(answer)["metadata"]["uid"]

    def life(self, uid):
        return json.loads((self.world.state / "pods" / uid / "life.json").read_text())["life"]

    def journal(self, uid):
        path = self.world.state / "pods" / uid / "journal"
        return [line.split() for line in path.read_text().splitlines()]

    def wait(self, look, what):
        """The first answer of `look` that is something."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if answer := look():
                    return answer
            except (FileNotFoundError, KeyError, IndexError, json.JSONDecodeError):
                pass
            time.sleep(0.02)
        raise SystemExit(f"bench: waited in vain for the {what} of a pod")


def milliseconds(duration):
    """Swift writes a Duration as the two halves of its attoseconds."""
    high, low = duration
    return ((high << 64) + low) / 1e15
