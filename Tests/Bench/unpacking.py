"""How long an image takes to be there: podshim beside umoci and podman, of the same archive, on the
same disk; and how long a container takes to run, by the number of its image's layers.

The image is made here: some layers of files whose sizes and whose contents are spread as a
distribution's are, half of them text that is easily compressed.
"""

import gzip
import hashlib
import io
import json
import os
import random
import shutil
import tarfile
import time

import clock
from contenders import Podman
from host import has, run
from race import median

LAYERS = 5
FILES = 800
# Bytes of one layer before it is compressed.
LAYER = 20_000_000
DEPTHS = (1, 8, 32, 96)


class Unpacking:
    is_slow = True

    def __init__(self, world, quiet):
        self.world = world
        self.quiet = quiet
        self.folder = world.folder / "unpacking"
        # By contender: milliseconds.
        self.times = {}
        self.depths = {}

    def run(self, rounds):
        self.folder.mkdir()
        self.layout = self.folder / "layout"
        write_layout(self.layout, "big", [filled_layer(number) for number in range(LAYERS)])
        contenders = [Load(self)]
        contenders += [Umoci(self)] if has("umoci") else []
        contenders += [PodmanLoad(self)] if has("podman") else []
        for number in range(-1, rounds):
            for contender in contenders:
                self.quiet.wait()
                contender.before()
                # What is still to be written is no part of what comes.
                os.sync()
                began = clock.now()
                run(*contender.command, env=contender.environment)
                if number >= 0:
                    self.times.setdefault(contender.name, []).append(clock.now() - began)
        for contender in contenders:
            contender.remove()
        self.measure_depths(rounds)
        shutil.rmtree(self.folder)

    def measure_depths(self, rounds):
        """From `create` until a container has made a file, by layers under it."""
        for depth in DEPTHS:
            layout = self.folder / f"deep-{depth}"
            write_layout(layout, f"deep-{depth}", [one_file(n) for n in range(depth - 1)],
                         base=self.world.image)
            run(*self.world.command("load", "-i", layout, "--name", f"deep-{depth}"))
            manifest = self.folder / f"deep-{depth}.yaml"
            self.world.write_manifest("deep", manifest, image=f"deep-{depth}")
        for number in range(-1, rounds):
            for depth in DEPTHS:
                self.world.arrivals.clear()
                self.quiet.wait()
                began = clock.now()
                run(*self.world.command("create", "-f", self.folder / f"deep-{depth}.yaml"))
                arrived = self.world.arrivals.wait(["first", "second"])
                if arrived is None:
                    raise SystemExit(f"bench: a pod of {depth} layers does not run")
                run(*self.world.command("delete", "pod", "deep"))
                if number >= 0:
                    self.depths.setdefault(depth, []).append(arrived - began)

    def write(self, form):
        size = LAYERS * LAYER / 1e6
        form.heading(f"An image of {size:.0f} MB in {LAYERS} layers, gzip, made ready to run")
        umoci = self.times.get(Umoci.name)
        form.table(["", "time", "ratio to umoci"], [
            [name, f"{median(values):.0f} ms",
             f"{median(values) / median(umoci):.2f}" if umoci else "–"]
            for name, values in self.times.items()])
        form.heading(f"A pod of two containers over {self.world.runtime}, by layers of its image")
        form.table(["layers", "up"], [
            [str(depth), f"{median(values):.1f} ms"] for depth, values in self.depths.items()])


class Load:
    name = "podshim load"
    environment = None

    def __init__(self, bench):
        self.root = bench.folder / "podshim"
        self.command = [
            bench.world.binary, "--root", self.root, "load", "-i", bench.layout, "--name", "big"]

    def before(self):
        shutil.rmtree(self.root, ignore_errors=True)

    remove = before


class Umoci:
    name = "umoci unpack"
    environment = None

    def __init__(self, bench):
        self.bundle = bench.folder / "umoci"
        self.command = ["umoci", "unpack", "--image", f"{bench.layout}:big", self.bundle]

    def before(self):
        shutil.rmtree(self.bundle, ignore_errors=True)

    remove = before


class PodmanLoad:
    name = "podman pull oci:"

    def __init__(self, bench):
        self.podman = Podman(bench.world)
        self.environment = self.podman.environment
        self.podman.prepare()
        self.command = [self.podman.program, "pull", "--quiet", f"oci:{bench.layout}:big"]

    def before(self):
        run(self.podman.program, "rmi", "--force", "--all", env=self.environment)

    def remove(self):
        self.podman.remove()


# MARK: Making images


def filled_layer(seed):
    """A tar archive of files of many sizes; every other one is text."""
    chance = random.Random(seed)
    words = [bytes(chance.choices(b"abcdefghijklmnop", k=7)) for _ in range(300)]
    weights = [chance.paretovariate(1.1) for _ in range(FILES)]
    whole = sum(weights)

    def files():
        for number, weight in enumerate(weights):
            size = int(LAYER * weight / whole)
            if number % 2:
                yield f"layer{seed}/{number % 40}/{number}", chance.randbytes(size)
            else:
                text = b" ".join(chance.choices(words, k=size // 8 + 1))
                yield f"layer{seed}/{number % 40}/{number}", text[:size]
    return archive(files())


def one_file(number):
    return archive([(f"layer-{number}", b"")])


def archive(files):
    """The bytes of a tar archive."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, content in files:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = len(content), 0o644, int(time.time())
            tar.addfile(entry, io.BytesIO(content))
    return target.getvalue()


def write_layout(folder, name, archives, base=None):
    """An OCI image layout of those layers, on top of those of another image's archive."""
    if base:
        run("skopeo", "copy", "--quiet", f"oci-archive:{base}", f"oci:{folder}:{name}")
        manifest = blob(folder, json.loads((folder / "index.json").read_text())["manifests"][0])
        config = blob(folder, manifest["config"])
    else:
        folder.mkdir()
        (folder / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')
        config = {"architecture": architecture(), "os": "linux",
                  "rootfs": {"type": "layers", "diff_ids": []}}
        manifest = {"schemaVersion": 2, "layers": [],
                    "mediaType": "application/vnd.oci.image.manifest.v1+json"}
    config.pop("history", None)
    for content in archives:
        config["rootfs"]["diff_ids"].append(digest(content))
        manifest["layers"].append(
            add(folder, gzip.compress(content, 6), "application/vnd.oci.image.layer.v1.tar+gzip"))
    manifest["config"] = add(
        folder, json.dumps(config).encode(), "application/vnd.oci.image.config.v1+json")
    entry = add(folder, json.dumps(manifest).encode(), manifest["mediaType"])
    entry["annotations"] = {"org.opencontainers.image.ref.name": name}
    (folder / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [entry]}))


def add(folder, content, media_type):
    """Stores a blob; answers its descriptor."""
    name = digest(content)
    path = folder / "blobs" / name.replace(":", "/")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return {"mediaType": media_type, "digest": name, "size": len(content)}


def blob(folder, descriptor):
    return json.loads((folder / "blobs" / descriptor["digest"].replace(":", "/")).read_text())


def digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def architecture():
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(os.uname().machine, os.uname().machine)
