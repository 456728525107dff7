"""One world of podshim under a folder of its own, with the pod that is measured."""

import json

from clock import Arrivals
from host import run

# Both containers say that they run by making a file, and end as soon as they are asked to.
MANIFEST = """\
apiVersion: v1
kind: Pod
metadata:
  name: {name}
spec:
  volumes:
  - name: arrivals
    hostPath:
      path: {arrivals}
  containers:
  - name: first
    image: {image}
    imagePullPolicy: Never
    command: [sh, -c, "trap 'exit 0' TERM; : > /arrivals/first; sleep 3600 & wait"]
    ports: {ports}
    volumeMounts:
    - name: arrivals
      mountPath: /arrivals
  - name: second
    image: {image}
    imagePullPolicy: Never
    command: [sh, -c, "trap 'exit 0' TERM; : > /arrivals/second; sleep 3600 & wait"]
    volumeMounts:
    - name: arrivals
      mountPath: /arrivals
"""
CONTAINERS = ["first", "second"]


class World:
    def __init__(self, folder, binary, runtime, image):
        self.folder = folder
        self.binary = binary
        self.runtime = runtime
        self.image = image
        self.root = folder / "root"
        self.state = folder / "run"
        # As `podshim bundle` names it for the pod.
        self.bundles = self.state / "bundles/two"
        self.manifest = folder / "two.yaml"

    def command(self, *words):
        """What to execute for a podshim command."""
        common = ["--root", self.root, "--state", self.state, "--runtime", self.runtime]
        common += ["--network", "none"]
        return [str(word) for word in [self.binary, *common, *words]]

    def prepare(self):
        folder = self.folder / "arrivals"
        folder.mkdir(parents=True)
        # What is noted until the next boot is not on a disk, here as in /run.
        self.state.mkdir()
        run("mount", "-t", "tmpfs", "none", self.state)
        self.arrivals = Arrivals(folder)
        self.write_manifest("two", self.manifest)
        run(*self.command("load", "-i", self.image))

    def write_manifest(self, name, path, image="busybox", host_port=None):
        ports = [{"containerPort": 80, "hostPort": host_port}] if host_port else []
        path.write_text(MANIFEST.format(
            name=name, image=image, ports=json.dumps(ports), arrivals=self.arrivals.folder))

    def remove(self):
        """Deletes every pod that was left behind."""
        run(*self.command("delete", "pods", "--all", "--grace-period", "0"))
        run("umount", self.state)
