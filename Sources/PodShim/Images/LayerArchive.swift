import Glibc

/// The archive of one layer, to be unpacked into an empty directory.
///
/// Runs `gzip | tee | tar` with `sha256sum` at the other end of `tee`, so that the archive is read
/// once. GNU tar keeps the members inside the directory: it refuses `..`, strips a leading `/`, and
/// makes links that point outside only after everything else. The directory is the layer's own, so
/// no link of another layer is in the way.
struct LayerArchive {
  let blob: String
  /// What the uncompressed archive must sum up to.
  let diffID: Digest
  /// Held by the programs too: one that survives us still has the store for itself.
  let lock: CInt

  private typealias Stage = (tool: Tool, child: Child)

  /// Fills `directory`, whiteouts in overlayfs form. After an error its content is worthless.
  func unpack(into directory: String) throws {
    // Not on the disk, which may be what they complain of.
    let log = try OwnedDescriptor.memory("complaints")
    var stages: [Stage] = []
    defer { for stage in stages { _ = try? stage.child.wait() } }
    let sum = try start(&stages, into: directory, log).readAll()
    for stage in stages.reversed() {
      let status = try stage.child.wait()
      guard status == .exited(0) else {
        let raw = log.raw
        try checked("lseek", "complaints") { lseek(raw, 0, SEEK_SET) }
        let said = try log.readAll()
        if status == .exited(2), !Privilege.isRoot, Self.isAboutDevices(said) { continue }
        let failure = unpackable(stage.tool.failure(status, said: said))
        throw Privilege.isRoot ? failure : Self.explained(failure)
      }
    }
    let found = try Digest(line: sum[...])
    guard found == diffID else { throw unpackable("its content has the digest `\(found)`") }
    try Whiteouts.convert(in: directory)
  }

  private func unpackable(_ reason: some CustomStringConvertible) -> ImageError {
    ImageError("layer `\(diffID)` cannot be unpacked: \(reason)")
  }

  /// Without root nobody makes device nodes, and no container could open them.
  static func isAboutDevices(_ said: [UInt8]) -> Bool {
    let lines = String(decoding: said, as: UTF8.self).split(separator: "\n")
    return !lines.isEmpty
      && lines.allSatisfy {
        $0.hasSuffix("Cannot mknod: Operation not permitted")
          || $0.hasSuffix("Exiting with failure status due to previous errors")
      }
  }

  private static func explained(_ failure: ImageError) -> ImageError {
    let text = "\(failure)"
    guard text.contains("Cannot change ownership") else { return failure }
    return ImageError(
      text + ": the image needs more IDs than this user has: give more in /etc/subuid and "
        + "/etc/subgid")
  }

  /// Starts all programs and returns where the sum will come out. Every other end is closed on
  /// return, so that each program sees the end of its input.
  private func start(
    _ stages: inout [Stage], into directory: String, _ log: OwnedDescriptor
  ) throws -> FileDescriptor {
    let archive = try FileDescriptor.open(blob, O_RDONLY)
    let plain = try Pipe.make()
    let toTar = try Pipe.make()
    let toSum = try Pipe.make()
    let sum = try Pipe.make()

    func run(_ tool: Tool, _ arguments: [String], _ input: CInt, _ output: CInt, _ other: CInt)
      throws
    {
      let program = try tool.program(
        arguments, descriptors: [input, output, log.raw, other, lock])
      stages.append((tool, try program.spawn()))
    }
    var input = archive.raw
    if let decompressor = try compression(of: archive).tool {
      try run(decompressor, ["-dc"], archive.raw, plain.writer.raw, -1)
      input = plain.reader.raw
    }
    try run(.tee, ["/proc/self/fd/3"], input, toTar.writer.raw, toSum.writer.raw)
    let owners = Privilege.isRoot || Privilege.ids > 1 ? "--same-owner" : "--no-same-owner"
    try run(
      .tar, Self.extraction + [owners, "--directory=\(directory)"], toTar.reader.raw, -1, -1)
    try run(.sha256sum, [], toSum.reader.raw, sum.writer.raw, -1)
    return sum.reader
  }

  private func compression(of archive: borrowing FileDescriptor) throws -> Compression {
    var first = [UInt8](repeating: 0, count: 8)
    let count = try archive.read(into: &first) ?? 0
    let raw = archive.raw
    try checked("lseek", blob) { lseek(raw, 0, SEEK_SET) }
    return Compression(firstBytes: first[..<count])
  }

  /// Owners by number, since the names are those of the image, or where there is one ID alone, that
  /// one; every attribute but overlayfs's own
  /// marks, by which a layer could show directories of another.
  static let extraction = [
    "--extract", "--file=-", "--numeric-owner", "--same-permissions",
    "--delay-directory-restore", "--xattrs", "--xattrs-include=*",
    "--xattrs-exclude=trusted.overlay.*", "--xattrs-exclude=user.overlay.*",
    "--warning=no-timestamp",
  ]
}
