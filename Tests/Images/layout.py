"""Images as an OCI image layout, in a folder's shape or as one tar archive.

Written by hand and not by a tool, because the tests need layers that no tool would make, and the
fewest programs on the host.
"""

import functools
import gzip
import hashlib
import io
import json
import subprocess
import tarfile
from dataclasses import dataclass, field

from packages import architecture

SEARCH_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
EPOCH = "1970-01-01T00:00:00Z"
LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar"


@dataclass
class Image:
    """What one archive holds. `config` is the image config's own `config` object."""

    reference: str
    layers: list
    config: dict = field(default_factory=dict)


def compress(data, method):
    """The data and the suffix of its media type."""
    if method == "none":
        return data, ""
    if method == "zstd":
        return subprocess.run(["zstd", "-qc"], input=data, stdout=-1, check=True).stdout, "+zstd"
    output = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=output, mtime=0, compresslevel=6) as stream:
        stream.write(data)
    return output.getvalue(), "+gzip"


@functools.cache
def packed(layer):
    """The layer's diff id, its archive as stored, and the suffix of its media type."""
    tar = layer.tar()
    data, suffix = compress(tar, layer.compression)
    return f"sha256:{hashlib.sha256(tar).hexdigest()}", data, suffix


class Layout:
    """The blobs of any number of images, and the index that names them."""

    def __init__(self):
        self.blobs = {}
        self.manifests = []

    def add(self, image):
        layers = [self._layer(layer) for layer in image.layers]
        config = {
            "created": EPOCH,
            "architecture": architecture(),
            "os": "linux",
            "config": {"Env": [SEARCH_PATH], **image.config},
            "rootfs": {"type": "layers", "diff_ids": [diff_id for diff_id, _ in layers]},
            "history": [{"created": EPOCH, "created_by": "Tests/Images/build"} for _ in layers],
        }
        manifest = {
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": self._json("application/vnd.oci.image.config.v1+json", config),
            "layers": [descriptor for _, descriptor in layers],
        }
        self.manifests.append(
            {
                **self._json(manifest["mediaType"], manifest),
                "annotations": {"org.opencontainers.image.ref.name": image.reference},
            }
        )

    def files(self):
        """Every file of the layout: path and content."""
        index = {"schemaVersion": 2, "manifests": self.manifests}
        yield "oci-layout", b'{"imageLayoutVersion":"1.0.0"}'
        yield "index.json", json.dumps(index).encode()
        for digest, data in sorted(self.blobs.items()):
            yield f"blobs/sha256/{digest}", data

    def write_archive(self, path):
        with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
            for name, data in self.files():
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                tar.addfile(entry, io.BytesIO(data))

    def _layer(self, layer):
        """The layer's diff id and its descriptor."""
        diff_id, data, suffix = packed(layer)
        return diff_id, self._blob(LAYER_TYPE + suffix, data)

    def _json(self, media_type, value):
        return self._blob(media_type, json.dumps(value, separators=(",", ":")).encode())

    def _blob(self, media_type, data):
        digest = hashlib.sha256(data).hexdigest()
        self.blobs[digest] = data
        return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(data)}
