import Glibc
import OCISpec
import PodModel

/// The unpacked tar of `docker save`, with its `manifest.json`, to be made an OCI layout.
///
/// Such an archive names configurations and layers by paths, and has no digests that one could
/// trust; so every file is summed up here and the manifests are written anew. The files are moved,
/// not copied: the directory is ours and goes away.
struct DockerArchive {
  let path: String

  /// One element of `manifest.json`, in Docker's own capitals.
  private struct Entry: Decodable {
    var Config: String
    var RepoTags: [String]?
    var Layers: [String]?
  }

  private struct Blob {
    var file: String
    var digest: Digest
    var size: Int64
  }

  static func isOne(_ path: String) -> Bool { Files.exists(path + "/manifest.json") }

  /// Makes a layout of it in the new directory `target`, on the same file system.
  func convert(into target: String) throws -> LayoutDirectory {
    let layout = LayoutDirectory(path: target)
    try Files.makeDirectories(layout.blobDirectory)
    let entries = try LayoutDirectory(path: path).decode(
      [Entry].self, from: path + "/manifest.json", as: "`manifest.json`")
    let blobs = try sum(entries.flatMap { [$0.Config] + ($0.Layers ?? []) })

    var index = ImageIndex()
    for entry in entries {
      let manifest = try JSON.compact(manifest(entry, blobs))
      let digest = try Digest.ofBytes(manifest)
      try Files.write(manifest, to: layout.blobPath(digest))
      let descriptor = Descriptor(
        mediaType: .imageManifest, digest: digest.description, size: Int64(manifest.count))
      let names: [ImageReference?] = try entry.RepoTags?.map { try ImageReference($0) } ?? []
      index.manifests += (names.isEmpty ? [nil] : names).map { descriptor.named($0) }
    }
    for blob in blobs.values where Files.exists(blob.file) {
      try Files.rename(blob.file, to: layout.blobPath(blob.digest))
    }
    try Files.write(JSON.compact(index), to: layout.indexPath)
    return layout
  }

  private func manifest(_ entry: Entry, _ blobs: [String: Blob]) throws -> OCISpec.Manifest {
    func descriptor(_ name: String, _ type: MediaType) throws -> Descriptor {
      guard let blob = blobs[name] else { throw ImageError("`\(name)` is not in the archive") }
      return Descriptor(mediaType: type, digest: blob.digest.description, size: blob.size)
    }
    return OCISpec.Manifest(
      config: try descriptor(entry.Config, .imageConfig),
      layers: try (entry.Layers ?? []).map { layer in
        let file = blobs[layer]?.file ?? ""
        let start = try FileDescriptor.open(file, O_RDONLY)
        var bytes = [UInt8](repeating: 0, count: 8)
        let count = try start.read(into: &bytes) ?? 0
        return try descriptor(layer, Compression(firstBytes: bytes[..<count]).mediaType)
      }
    ).with { $0.mediaType = .imageManifest }
  }

  /// The files of these names, each summed up once: images share layers, by name or by link.
  private func sum(_ names: [String]) throws -> [String: Blob] {
    let files = try Dictionary(names.map { ($0, try resolve($0)) }) { first, _ in first }
    let unique = Array(Set(files.values))
    let digests = Dictionary(
      uniqueKeysWithValues: zip(unique, try Digest.ofFiles(unique)))
    return try files.compactMapValues { file in
      guard let digest = digests[file] else { return nil }
      return Blob(file: file, digest: digest, size: try FileKind.size(of: file))
    }
  }

  /// Where a name of the archive leads, links followed; never out of the directory.
  private func resolve(_ name: String) throws -> String {
    let inside = try Self.realPath(path)
    let file = try Self.realPath("\(path)/\(name)")
    guard file.hasPrefix(inside + "/") else {
      throw ImageError("`\(name)` of `manifest.json` leads out of the archive")
    }
    _ = try FileKind.size(of: file)
    return file
  }

  private static func realPath(_ path: String) throws -> String {
    guard let real = realpath(path, nil) else {
      throw SyscallError("realpath", path, errno: errno)
    }
    defer { free(real) }
    return String(cString: real)
  }
}
