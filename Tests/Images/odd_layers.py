"""Layers that no tool would make: one of each thing that a layer may hold, and a hostile one.

`layers-test/show` prints what a container sees of them, `layers-test/expected.txt` says what that
must be.
"""

from pathlib import Path

from layer import Layer

SHOW = Path(__file__).parent / "layers-test" / "show"
CAP_DAC_OVERRIDE = 1 << 1


def everything(base):
    """Three layers over `base`, each packed in a way of its own, all their files under /t."""
    first = first_layer(base)
    second = second_layer([base, first])
    return [base, first, second, third_layer([base, first, second])]


def first_layer(base):
    """What the later layers change."""
    layer = Layer(below=[base], compression="gzip")
    layer.file("usr/bin/show", SHOW.read_bytes(), mode=0o755)
    layer.directory("t")
    layer.file("t/kept", "first\n")
    layer.file("t/changed", "first\n")
    layer.file("t/gone", "first\n")
    layer.file("t/gone-and-back", "first\n")
    layer.directory("t/gone-folder")
    layer.file("t/gone-folder/inside", "first\n")
    layer.directory("t/emptied")
    layer.file("t/emptied/old", "first\n")
    layer.directory("t/emptied/old-folder")
    layer.file("t/emptied/old-folder/inside", "first\n")
    layer.directory("t/folder-then-file")
    layer.file("t/folder-then-file/inside", "first\n")
    layer.file("t/file-then-folder", "first\n")
    layer.file("t/file-then-link", "first\n")
    layer.directory("t/rights", mode=0o755)
    return layer


def second_layer(below):
    """What is taken away, and every kind of file."""
    layer = Layer(below=below, compression="zstd")
    layer.whiteout("t/gone")
    layer.whiteout("t/gone-and-back")
    layer.whiteout("t/gone-folder")
    layer.whiteout("t/never-there")
    layer.directory("t/emptied", mode=0o700)
    layer.opaque("t/emptied")
    layer.file("t/emptied/new", "second\n")
    layer.file("t/changed", "second\n")
    layer.directory("t/rights", mode=0o2775, uid=1000, gid=5)
    layer.directory("t/sticky", mode=0o1777)
    layer.file("t/empty", b"")
    layer.file("t/owned", "second\n", mode=0o640, uid=1000, gid=1001)
    layer.file("t/large-ids", "second\n", uid=3_000_000, gid=4_000_000)
    layer.file("t/setuid", "second\n", mode=0o4755)
    layer.fifo("t/fifo", mode=0o620)
    layer.character_device("t/null", 1, 3)
    layer.symlink("t/link-absolute", "/t/kept")
    layer.symlink("t/link-relative", "../t/kept")
    layer.symlink("t/link-nowhere", "no such file")
    layer.directory("t/links")
    layer.file("t/hard-link-1", "one file, two names\n")
    layer.hard_link("t/links/hard-link-2", "t/hard-link-1")
    layer.file("t/with space", "second\n")
    layer.file("t/-dash", "second\n")
    layer.file("t/żółw", "second\n")
    layer.file(f"t/{'long-' * 40}name", "second\n")
    layer.file("t/secret", "read by a capability\n", mode=0o600)
    program = below[0].read("bin/busybox")
    layer.file("t/busybox-capable", program, mode=0o755, capabilities=CAP_DAC_OVERRIDE)
    return layer


def third_layer(below):
    """What comes back, or becomes another kind of file."""
    layer = Layer(below=below, compression="none")
    layer.file("t/gone-and-back", "third\n")
    layer.directory("t/emptied", mode=0o700)
    layer.file("t/emptied/newer", "third\n")
    layer.file("t/folder-then-file", "third\n")
    layer.directory("t/file-then-folder")
    layer.file("t/file-then-folder/inside", "third\n")
    layer.symlink("t/file-then-link", "kept")
    layer.whiteout("t/empty")
    return layer


def hostile(base):
    """A layer that tries to leave the folder that it is unpacked into, by a link and by dots."""
    up = "/".join([".."] * 16)
    layer = Layer(below=[base], complete=False)
    layer.symlink("exit", f"{up}/tmp")
    layer.file("exit/podshim-escaped-by-link", "out\n")
    layer.file(f"{up}/tmp/podshim-escaped-by-dots", "out\n")
    return [base, layer]
