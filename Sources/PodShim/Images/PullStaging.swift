import Glibc
import PodModel

/// Where one image arrives from its registry: a folder on the store's file system, which belongs to
/// one process at a time.
///
/// What a killed pull left is found by the next pull of the same image, which does not fetch again
/// what is there; any other writer of the store takes it away.
struct PullStaging: ~Copyable {
  let path: String
  private let lock: FileLock

  /// Waits while another process pulls the image.
  static func enter(_ reference: ImageReference, in store: ImageStore) throws -> PullStaging {
    let name = try Digest.ofBytes(Array(reference.description.utf8)).hexadecimal
    // No other user of the host may reach programs with the set-user-ID bit, nor anything else.
    try Files.makeDirectories(store.pulls, mode: 0o700)
    let path = "\(store.pulls)/\(name)"
    guard let lock = try FileLock.acquire(directory: path) else {
      throw ImageError("`\(path)` is held by another program")
    }
    try Files.makeDirectories(LayoutDirectory(path: path + "/layout").blobDirectory)
    return PullStaging(path: path, lock: lock)
  }

  private init(path: String, lock: consuming FileLock) {
    self.path = path
    self.lock = lock
  }

  static let layoutName = "layout"
  var layout: LayoutDirectory { LayoutDirectory(path: "\(path)/\(Self.layoutName)") }

  /// Puts a document under its digest.
  func add(_ bytes: [UInt8], as digest: Digest) throws {
    try Files.replace(layout.blobPath(digest), with: bytes)
  }

  /// Lends a blob of the store, so that nobody fetches it; does nothing where it has none.
  func lend(_ digest: Digest, size: Int64, from store: ImageStore) {
    let path = store.layout.blobPath(digest)
    guard (try? FileKind.size(of: path)) == size else { return }
    link(path, layout.blobPath(digest))
  }

  /// Takes away the beginnings of blobs that a killed pull left.
  func clear() throws {
    for name in try Files.list(layout.path) where name.hasPrefix(PullMeter.unfinished) {
      try Files.remove("\(layout.path)/\(name)")
    }
  }

  /// It stays ours until the value goes.
  func remove() throws {
    try Files.removeTree(path)
  }

  /// Takes away what was left by pulls that nobody goes on with.
  static func sweep(_ store: ImageStore) throws {
    for name in try Files.listIfThere(store.pulls) {
      let path = "\(store.pulls)/\(name)"
      guard let lock = try FileLock.acquire(directory: path, wait: false) else { continue }
      try withExtendedLifetime(lock) { try Files.removeTree(path) }
    }
  }
}
