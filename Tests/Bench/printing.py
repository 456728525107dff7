"""How fast what a container prints comes into its log, and what that takes: podshim beside conmon,
the monitor of podman and CRI-O, with its `k8s-file` driver. The same program prints the same file
in the same image; both loggers write to the same disk. conmon does not rotate what it writes.
"""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import footprint
from host import has, remove_cgroups, run
from race import median

# name: (lines, bytes of each)
STREAMS = {
    "lines of 100 bytes": (2_000_000, 100),
    "lines of 1000 bytes": (200_000, 1000),
}
PATIENCE = 60
MANIFEST = """\
apiVersion: v1
kind: Pod
metadata:
  name: printer
spec:
  restartPolicy: Never
  volumes:
  - name: marks
    hostPath:
      path: {marks}
  - name: text
    hostPath:
      path: {text}
      type: File
  containers:
  - name: main
    image: busybox
    imagePullPolicy: Never
    command:
    - sh
    - -c
    - "trap 'exit 0' TERM; : > /marks/begun; cat /text; : > /marks/printed; sleep 3600 & wait"
    volumeMounts:
    - name: marks
      mountPath: /marks
    - name: text
      mountPath: /text
"""


class Printing:
    is_slow = True

    def __init__(self, world, quiet):
        self.world = world
        self.quiet = quiet
        self.folder = world.folder / "printing"
        self.marks = self.folder / "marks"
        self.manifest = self.folder / "printer.yaml"
        self.loggers = [Podshim(self)] + ([Conmon(self)] if has("conmon") else [])
        # By (stream, logger): a tuple for each round.
        self.figures = {}

    def run(self, rounds):
        for stream, (lines, width) in STREAMS.items():
            shutil.rmtree(self.folder, ignore_errors=True)
            self.marks.mkdir(parents=True)
            text = self.folder / "text"
            with open(text, "w") as file:
                file.writelines(f"{number:0{width - 1}}\n" for number in range(lines))
            self.manifest.write_text(MANIFEST.format(marks=self.marks, text=text))
            for number in range(-1, rounds):
                for logger in self.loggers:
                    self.quiet.wait()
                    figures = self.turn(logger, lines)
                    if number >= 0:
                        self.figures.setdefault((stream, logger.name), []).append(figures)
        shutil.rmtree(self.folder)

    def write(self, form):
        form.heading("What a container prints, on its way into the log")
        form.table(
            ["", "lines a second", "ratio", "processor", "RssAnon", "RSS"], self.rows())

    def rows(self):
        """A row for each stream and logger. Ratios are against the last logger."""
        found = []
        for (stream, logger), rounds in self.figures.items():
            rate, seconds, private, whole = (median(values) for values in zip(*rounds))
            last = self.figures[stream, self.loggers[-1].name]
            ratio = rate / median([figures[0] for figures in last])
            found.append([
                f"{stream}, {logger}", f"{rate / 1e6:.2f} million", f"{ratio:.2f}",
                f"{seconds:.2f} s", f"{private:.0f} kB", f"{whole:.0f} kB"])
        return found

    def turn(self, logger, lines):
        """Lines a second, seconds of processor, private and resident memory in kB at the most."""
        for mark in self.marks.iterdir():
            mark.unlink()
        logger.begin()
        try:
            private, whole = self.watch(logger.pids)
            # What is still in the pipe.
            time.sleep(0.3)
            used = sum(processor_time(pid) for pid in logger.pids)
        finally:
            logger.end()
        return lines / self.printed_in, used, private, whole

    def watch(self, pids):
        """Until all is printed."""
        private, whole = {}, {}

        def look():
            for pid in pids:
                status = footprint.read(Path(f"/proc/{pid}/status"))
                private[pid] = max(private.get(pid, 0), footprint.field(status, "RssAnon"))
                whole[pid] = footprint.field(status, "VmHWM")

        self.wait_for("printed", look)
        begun, printed = ((self.marks / name).stat().st_mtime for name in ("begun", "printed"))
        self.printed_in = printed - begun
        return sum(private.values()), sum(whole.values())

    def wait_for(self, mark, look=lambda: None):
        deadline = time.monotonic() + PATIENCE
        while not (self.marks / mark).exists():
            if time.monotonic() > deadline:
                raise SystemExit(f"bench: the container that prints has not {mark}")
            look()
            time.sleep(0.01)


def processor_time(pid):
    """Seconds on a processor since its start."""
    return int(footprint.read(Path(f"/proc/{pid}/schedstat")).split()[0]) / 1e9


class Podshim:
    """A pod's keeper and supervisor."""

    name = "podshim: keeper and supervisor"

    def __init__(self, printing):
        self.printing = printing
        self.world = printing.world

    def begin(self):
        run(*self.world.command("create", "-f", self.printing.manifest))
        self.printing.wait_for("begun")
        lives = footprint.lives(self.world, "printer")
        self.pids = [pid for life, pid in lives.items() if life != "pause"]

    def end(self):
        run(*self.world.command("delete", "pod", "printer", "--grace-period", "0"))


class Conmon:
    """conmon as podman calls it, over the bundle that podshim makes of the same pod."""

    name = "conmon, k8s-file"
    ID = "podshim-bench-printer"

    def __init__(self, printing):
        self.printing = printing
        self.world = printing.world
        self.root = ["--root", str(self.world.state / "conmon")]
        self.program = shutil.which(self.world.runtime)

    def begin(self):
        self.folder = self.printing.folder / "conmon"
        run(*self.world.command("bundle", "-f", self.printing.manifest, "-o", self.folder))
        bundle = self.folder / "printer/main"
        config = json.loads((bundle / "config.json").read_text())
        # There is no pause whose namespaces could be joined.
        for namespace in config["linux"]["namespaces"]:
            namespace.pop("path", None)
        (bundle / "config.json").write_text(json.dumps(config))
        self.mount(bundle / "rootfs")
        for name in ("exits", "sockets"):
            (self.folder / name).mkdir()
        pid_file = self.folder / "conmon.pid"
        reader, writer = os.pipe()
        words = [
            "conmon", "--api-version", "1", "-c", self.ID, "-u", self.ID, "-n", self.ID,
            "-r", self.program, "--runtime-arg", self.root[0], "--runtime-arg", self.root[1],
            "-b", bundle, "-p", self.folder / "pid", "--conmon-pidfile", pid_file,
            "--exit-dir", self.folder / "exits", "--socket-dir-path", self.folder / "sockets",
            "-l", f"k8s-file:{self.folder}/log"]
        os.set_inheritable(writer, True)
        subprocess.run(
            [str(word) for word in words], env=os.environ | {"_OCI_SYNCPIPE": str(writer)},
            pass_fds=[writer], stderr=subprocess.DEVNULL, check=True)
        os.close(writer)
        with open(reader) as answer:
            # {"data": pid}, or what went wrong.
            made = json.loads(answer.readline())
        if made["data"] < 0:
            raise SystemExit(f"bench: conmon: {made.get('message')}")
        self.pids = [pid_file.read_text().strip()]
        run(self.program, *self.root, "start", self.ID)

    def mount(self, rootfs):
        lower = ":".join(str(layer) for layer in (self.world.root / "layers/sha256").iterdir())
        folders = [self.folder / name for name in ("upper", "work")]
        for folder in folders:
            folder.mkdir()
        options = f"lowerdir={lower},upperdir={folders[0]},workdir={folders[1]}"
        run("mount", "-t", "overlay", "-o", options, "overlay", rootfs)

    def end(self):
        run(self.program, *self.root, "delete", "--force", self.ID)
        # It notes the exit, and goes.
        while footprint.read(Path(f"/proc/{self.pids[0]}/stat")).split()[2:3] not in ([], ["Z"]):
            time.sleep(0.01)
        run("umount", self.folder / "printer/main/rootfs")
        shutil.rmtree(self.folder)
        remove_cgroups("podshim-default-printer")
