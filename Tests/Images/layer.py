"""One layer of an image, put together in memory and written as a tar archive.

Owners, modes and device nodes are written into the archive and never made on this host, so no
root is needed; times and order are fixed, so the same packages give the same bytes.
"""

import io
import posixpath
import subprocess
import tarfile

# Folders of packages that no container of the tests reads.
UNUSED = tuple(
    f"usr/share/{name}/"
    for name in ("doc", "doc-base", "info", "lintian", "locale", "man", "menu", "bug")
)
# Packages still name these; in the image they are links into /usr, as Debian sets them up.
MERGED = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")


def merged(path):
    """`bin/sh` as `usr/bin/sh`: where the file really is in a system with a merged /usr."""
    top = path.split("/", 1)[0]
    return f"usr/{path}" if top in MERGED else path


class Layer:
    """The entries of one layer by path.

    `below` are the layers that it is laid over; `complete` asks that each entry's folder is in
    one of them, because an extractor would make a missing one with rights of its own choosing.
    """

    def __init__(self, below=(), compression="gzip", complete=True):
        self.below = below
        self.compression = compression
        self.complete = complete
        self.entries = {}

    # What a recipe says

    def directory(self, path, mode=0o755, uid=0, gid=0):
        self._add(path, tarfile.DIRTYPE, mode, uid, gid)

    def file(self, path, data, mode=0o644, uid=0, gid=0, capabilities=None):
        if isinstance(data, str):
            data = data.encode()
        entry = self._add(path, tarfile.REGTYPE, mode, uid, gid, data)
        if capabilities is not None:
            # The kernel's `vfs_cap_data`, version 2, effective: permitted bits, none inherited.
            value = bytes([1, 0, 0, 2]) + capabilities.to_bytes(4, "little") + bytes(12)
            entry.pax_headers["SCHILY.xattr.security.capability"] = value.decode("latin-1")

    def symlink(self, path, target):
        self._add(path, tarfile.SYMTYPE, 0o777).linkname = target

    def hard_link(self, path, target):
        """`target` is a path in this layer or in one below, without the leading slash."""
        self._add(path, tarfile.LNKTYPE, 0o644).linkname = target

    def fifo(self, path, mode=0o644):
        self._add(path, tarfile.FIFOTYPE, mode)

    def character_device(self, path, major, minor, mode=0o666):
        entry = self._add(path, tarfile.CHRTYPE, mode)
        entry.devmajor, entry.devminor = major, minor

    def whiteout(self, path):
        """The file or folder of a layer below is gone."""
        folder, name = posixpath.split(path)
        self.file(posixpath.join(folder, f".wh.{name}"), b"")

    def opaque(self, path):
        """Everything that layers below have in the folder is gone."""
        self.file(f"{path}/.wh..wh..opq", b"")

    def tree(self, folder, at):
        """Every file of a folder of this checkout, owned by root; scripts keep their x bit."""
        for source in sorted(folder.rglob("*")):
            path = posixpath.join(at, source.relative_to(folder).as_posix())
            if source.is_dir():
                self.directory(path)
            else:
                mode = 0o755 if source.stat().st_mode & 0o100 else 0o644
                self.file(path, source.read_bytes(), mode)

    def package(self, deb):
        """What dpkg would unpack of a package, without running its scripts."""
        archive = subprocess.run(
            ["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE, check=True
        ).stdout
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            for entry in tar:
                path = merged(entry.name.removeprefix("./").strip("/"))
                if path in ("", ".") or f"{path}/".startswith(UNUSED):
                    continue
                if entry.islnk():
                    entry.linkname = merged(entry.linkname.removeprefix("./"))
                data = tar.extractfile(entry).read() if entry.isreg() else b""
                self._keep(path, entry, data)

    # What a recipe asks

    def read(self, path):
        return self.entries[path][1]

    def names(self, folder):
        """The names of the files directly inside a folder."""
        return sorted(posixpath.basename(p) for p in self.entries if posixpath.dirname(p) == folder)

    def tar(self):
        """The layer as an uncompressed tar archive."""
        output = io.BytesIO()
        with tarfile.open(fileobj=output, mode="w", format=tarfile.PAX_FORMAT) as tar:
            # Hard links last: the file that they name must be there.
            for path in sorted(self.entries, key=lambda p: (self.entries[p][0].islnk(), p)):
                self._check_parent(path)
                entry, data = self.entries[path]
                tar.addfile(entry, io.BytesIO(data))
        return output.getvalue()

    # The rest

    def _add(self, path, kind, mode, uid=0, gid=0, data=b""):
        entry = tarfile.TarInfo(path)
        entry.type, entry.mode, entry.uid, entry.gid = kind, mode, uid, gid
        self._keep(path, entry, data)
        return entry

    def _keep(self, path, entry, data):
        entry.name, entry.size = path, len(data)
        entry.uname = entry.gname = ""
        entry.mtime = int(entry.mtime)
        self.entries[path] = (entry, data)

    def _check_parent(self, path):
        parent = posixpath.dirname(path)
        layers = (self, *self.below)
        if self.complete and parent and not any(parent in layer.entries for layer in layers):
            raise ValueError(f"`{path}`: the layer has no `{parent}`")
