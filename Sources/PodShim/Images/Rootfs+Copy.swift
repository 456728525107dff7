import Glibc

extension Rootfs {
  /// Copies the layers over each other into `target`, which is emptied first.
  static func copy(_ image: StoredImage, to target: String) throws {
    try Files.removeTree(target)
    try Files.makeDirectories(target)
    for layer in image.layers {
      let copy = LayerCopy(layer: layer.directory, target: target)
      try copy.run()
    }
  }
}

/// One layer, put over the lower ones by copying: what overlayfs does when it is read, done once.
///
/// First everything that the layer hides or replaces is removed from the target, so that `cp` meets
/// no name that exists but directories on both sides; least of all a link that it could follow.
/// Then `cp` copies, and the whiteouts that it copied too are removed.
private struct LayerCopy {
  let layer: String
  let target: String

  func run() throws {
    let source = try FileDescriptor.open(layer, O_RDONLY | O_DIRECTORY)
    let destination = try FileDescriptor.open(target, O_RDONLY | O_DIRECTORY)
    try clear(source, destination)
    try Tool.cp.run(["--archive", "--reflink=auto", "--", layer + "/.", target])
    try removeMarks(source, destination)
  }

  private func clear(
    _ layer: borrowing FileDescriptor, _ target: borrowing FileDescriptor
  ) throws {
    if try ExtendedAttribute.get(Whiteouts.opaqueAttribute, of: layer) == [UInt8(ascii: "y")] {
      for entry in try DirectoryEntry.all(of: target) {
        try Files.removeTree(entry.name, in: target)
      }
    }
    for entry in try DirectoryEntry.all(of: layer) {
      if entry.isDirectory, isDirectory(entry.name, in: target) {
        try clear(
          Whiteouts.enter(entry.name, in: layer), Whiteouts.enter(entry.name, in: target))
      } else {
        try Files.removeTree(entry.name, in: target)
      }
    }
  }

  private func removeMarks(
    _ layer: borrowing FileDescriptor, _ target: borrowing FileDescriptor
  ) throws {
    for entry in try DirectoryEntry.all(of: layer) {
      if entry.isDirectory {
        try removeMarks(
          Whiteouts.enter(entry.name, in: layer), Whiteouts.enter(entry.name, in: target))
      } else if isWhiteout(entry.name, in: layer) {
        try Files.removeTree(entry.name, in: target)
      }
    }
  }

  private func isDirectory(_ name: [CChar], in directory: borrowing FileDescriptor) -> Bool {
    var status = stat()
    return fstatat(directory.raw, name, &status, AT_SYMLINK_NOFOLLOW) == 0
      && status.st_mode & S_IFMT == S_IFDIR
  }

  private func isWhiteout(_ name: [CChar], in directory: borrowing FileDescriptor) -> Bool {
    var status = stat()
    return fstatat(directory.raw, name, &status, AT_SYMLINK_NOFOLLOW) == 0
      && status.st_mode & S_IFMT == S_IFCHR && status.st_rdev == 0
  }
}
