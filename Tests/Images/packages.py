"""Debian packages as files: what a list of names needs, downloaded by the host's own apt.

Nothing is installed. apt resolves the names against an empty system, so that the answer is the
same on every host, and checks each file against its signed index as it always does.
"""

import os
import subprocess
from pathlib import Path

# Every architecture that Debian and OCI call differently; the others share a name.
OCI_ARCHITECTURES = {"armhf": "arm", "i386": "386", "ppc64el": "ppc64le"}


def architecture():
    """The host's architecture, as an image config names it."""
    name = subprocess.check_output(["dpkg", "--print-architecture"], text=True).strip()
    return OCI_ARCHITECTURES.get(name, name)


class Packages:
    """The download folder. A package is fetched once and kept for the next image."""

    def __init__(self, folder):
        self.folder = Path(folder).resolve()
        self.status = self.folder / "empty-status"
        (self.folder / "partial").mkdir(parents=True, exist_ok=True)
        (self.folder / "none" / "partial").mkdir(parents=True, exist_ok=True)
        self.status.write_bytes(b"")

    def with_dependencies(self, names):
        """The files of `names` and of everything that they depend on."""
        return self._download(["--no-install-recommends", "--yes", "install", *names])

    def alone(self, name):
        """The file of `name`, without what it depends on."""
        return self._download(["download", name])

    def _download(self, arguments):
        # apt names only what it would fetch, so it is asked in a folder that stays empty.
        uris = self._apt(["--print-uris", *arguments], folder=self.folder / "none")
        self._apt(["--download-only", *arguments], folder=self.folder)
        # 'URI' file-name size digest
        return [self.folder / line.split()[1] for line in uris.splitlines()]

    def _apt(self, arguments, folder):
        options = {
            "Dir::State::status": self.status,
            "Dir::Cache::archives": folder,
            "APT::Sandbox::User": "root",
            # The folder is ours alone (Tests/Images/build holds a lock on it).
            "Debug::NoLocking": "1",
        }
        command = ["apt-get", "-qq"]
        for key, value in options.items():
            command += ["-o", f"{key}={value}"]
        return subprocess.run(
            command + arguments,
            cwd=folder,
            env={**os.environ, "LC_ALL": "C"},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
