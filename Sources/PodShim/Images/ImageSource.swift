import OCISpec
import PodModel

/// What the user gave to `load`: an archive or a directory, in one of three forms.
///
/// Whatever its form, it is seen as an OCI layout. Archives are unpacked into the staging directory
/// of the store, by GNU tar, which knows their compression by itself.
struct ImageSource {
  let layout: LayoutDirectory
  /// The layout is in the staging directory: its files may be moved.
  let isStaged: Bool
  /// The blobs were summed up to get their names.
  let isSummed: Bool

  /// What a pull has brought: a layout of our own, to be taken apart.
  init(arrived layout: LayoutDirectory) {
    self.layout = layout
    isStaged = true
    isSummed = false
  }

  /// `path` may be `-` for an archive on standard input.
  init(_ path: String, staging: String, lock: CInt) throws {
    if path != "-", Files.isDirectory(path) {
      guard LayoutDirectory.isOne(path) else {
        throw ImageError("`\(path)` is not an OCI image layout: it has no `index.json`")
      }
      layout = LayoutDirectory(path: path, followsLinks: true)
      isStaged = false
      isSummed = false
      return
    }
    let unpacked = staging + "/archive"
    try Files.makeDirectories(unpacked)
    try Self.unpack(path, into: unpacked, staging: staging, lock: lock)
    isStaged = true
    isSummed = !LayoutDirectory.isOne(unpacked)
    if LayoutDirectory.isOne(unpacked) {
      layout = LayoutDirectory(path: unpacked)
      try layout.checkDirectories()
    } else if DockerArchive.isOne(unpacked) {
      layout = try DockerArchive(path: unpacked).convert(into: staging + "/converted")
    } else {
      throw ImageError(
        "`\(path)` holds no image: neither `index.json` (OCI) nor `manifest.json` (Docker) is in it"
      )
    }
  }

  private static func unpack(
    _ path: String, into directory: String, staging: String, lock: CInt
  ) throws {
    var file = path
    if path == "-" {
      // tar sees the compression of a file that it can read twice, not of a pipe
      file = staging + "/input"
      let copy = try Tool.cp.program(["/proc/self/fd/0", file], descriptors: [0, -1, 2, lock])
      let status = try copy.spawn().wait()
      guard status == .exited(0) else { throw Tool.cp.failure(status, said: []) }
    } else {
      _ = try FileKind.size(of: path, following: true)
    }
    do {
      try Tool.tar.run(
        [
          "--extract", "--file=\(file)", "--force-local", "--directory=\(directory)",
          "--no-same-owner", "--no-same-permissions", "--warning=no-timestamp",
        ], holding: lock)
    } catch let error as ImageError {
      throw ImageError("`\(path)` cannot be unpacked: \(error)")
    }
  }

  /// The images of the source, each with at least one name. `name` is for the only image of a
  /// source and takes the place of all its own names.
  func offers(named name: ImageReference?, from path: String) throws -> [LayoutDirectory.Offer] {
    var offers = try layout.offers()
    guard !offers.isEmpty else {
      throw ImageError("`\(path)` holds no image for \(Platform.name)")
    }
    if let name {
      guard offers.count == 1 else {
        throw ImageError("`\(path)` holds \(offers.count) images: `--name` is for a single one")
      }
      offers[0].names = [name]
    }
    guard offers.allSatisfy({ !$0.names.isEmpty }) else {
      let advice = offers.count == 1 ? "say `--name NAME`" : "name each image when you save it"
      throw ImageError("`\(path)` holds an image without a name: \(advice)")
    }
    return offers
  }
}
