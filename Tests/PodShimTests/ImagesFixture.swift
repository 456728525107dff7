import Glibc
import OCISpec
import PodModel
import Testing

@testable import PodShim

/// An image made of archives, to be written in each of the forms that `load` reads.
struct TestImage: Sendable {
  var layers: [TarArchive]
  var compression: Compression = .gzip
  var command: [String]?
  var created: String?

  /// Writes the blobs into the layout at `path` and adds entries to its index.
  @discardableResult
  func write(into path: String, names: [String?]) throws -> Digest {
    let layout = LayoutDirectory(path: path)
    try Files.makeDirectories(layout.blobDirectory)
    let blobs = try layers.map { try blob(compressed($0.bytes), in: layout, compression.mediaType) }
    let config = try blob(config(), in: layout, .imageConfig)
    let manifest = OCISpec.Manifest(config: config, layers: blobs)
    let entry = try blob(JSON.compact(manifest), in: layout, .imageManifest)
    var index = LayoutDirectory.isOne(path) ? try layout.index() : ImageIndex()
    for name in names {
      index.manifests.append(
        entry.with { $0.annotations = name.map { [Descriptor.nameKey: $0] } })
    }
    try Files.write(JSON.compact(index), to: layout.indexPath)
    return try Digest(config.digest)
  }

  /// Writes the members of a docker-archive, layers in the form of old `docker save`.
  func writeDocker(into path: String, tags: [String]) throws {
    let config = try config()
    let id = try Digest.ofBytes(config).hexadecimal
    try Files.makeDirectories(path)
    try Files.write(config, to: "\(path)/\(id).json")
    var names: [String] = []
    for (number, layer) in layers.enumerated() {
      try Files.makeDirectories("\(path)/\(number)")
      try Files.write(layer.bytes, to: "\(path)/\(number)/layer.tar")
      names.append("\(number)/layer.tar")
    }
    let list = { (texts: [String]) in texts.map { "\"\($0)\"" }.joined(separator: ",") }
    try Files.writeText(
      "[{\"Config\":\"\(id).json\",\"RepoTags\":[\(list(tags))],\"Layers\":[\(list(names))]}]",
      to: path + "/manifest.json")
  }

  private func config() throws -> [UInt8] {
    let diffIDs = try layers.map { try Digest.ofBytes($0.bytes).description }
    var config = ImageConfig(
      architecture: Platform.ours.architecture, os: "linux",
      rootfs: ImageConfig.RootFS(diff_ids: diffIDs))
    config.config = command.map { command in ImageConfig.Config().with { $0.Cmd = command } }
    config.created = created
    return try JSON.compact(config)
  }

  private func compressed(_ bytes: [UInt8]) throws -> [UInt8] {
    guard let tool = compression.tool else { return bytes }
    // gzip writes the time of its input otherwise
    return try tool.run(compression == .gzip ? ["-cn"] : ["-c"], input: bytes)
  }

  private func blob(
    _ bytes: [UInt8], in layout: LayoutDirectory, _ type: MediaType
  ) throws -> Descriptor {
    let digest = try Digest.ofBytes(bytes)
    try Files.write(bytes, to: layout.blobPath(digest))
    return Descriptor(mediaType: type, digest: digest.description, size: Int64(bytes.count))
  }
}

/// A directory of one test with a store in it; everything goes away with the test, mounts too.
final class ImagesScratch {
  let path: String
  let store: ImageStore

  init() throws {
    var template = Array("/tmp/podshim-images-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw SyscallError("mkdtemp", "/tmp", errno: errno)
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    store = ImageStore(root: path + "/root")
  }

  deinit {
    do {
      for mount in try Mount.table().reversed() where mount.path.hasPrefix(path + "/") {
        try Mount.unmount(mount.path)
      }
      try Files.removeTree(path)
    } catch {
      Issue.record(error)
    }
  }

  /// Writes the image as an OCI directory and loads it.
  @discardableResult
  func load(_ image: TestImage, as name: String) throws -> StoredImage {
    let directory = "\(path)/oci-\(UInt64.random(in: 0...(.max)))"
    try image.write(into: directory, names: [ImageReference(name).description])
    return try #require(try store.load(directory).first)
  }

  /// An archive of a directory's content, with the options of tar that choose a compression.
  func pack(_ directory: String, to file: String, _ options: [String] = []) throws -> String {
    try Tool.tar.run(
      options + ["--create", "--file=\(path)/\(file)", "--directory=\(directory)", "."])
    return "\(path)/\(file)"
  }

  /// Where the image is mounted, with an upper directory of its own.
  func mounted(_ image: StoredImage) throws -> String {
    let at = "\(path)/rootfs"
    try Rootfs.mount(
      image, in: store, upper: path + "/upper", work: path + "/work", at: at)
    return at
  }

  /// Every path below a directory, directories with a slash at their end.
  static func tree(_ directory: String) throws -> [String] {
    try Files.list(directory).flatMap { name -> [String] in
      let path = "\(directory)/\(name)"
      var status = stat()
      try checked("lstat", path) { lstat(path, &status) }
      guard status.st_mode & S_IFMT == S_IFDIR else { return [name] }
      return ["\(name)/"] + (try tree(path)).map { "\(name)/\($0)" }
    }
  }

  /// What is in the staging directories, which must be empty between two writers.
  var leftovers: [String] {
    [store.staging, store.layerStaging].filter { Files.exists($0) }
  }
}

extension TarArchive {
  static let hello = TarArchive {
    $0.directory("etc")
    $0.file("etc/hello", "hello\n")
  }
  static let world = TarArchive { $0.file("world", "world\n") }
}
