import Glibc
import OCISpec

/// Blobs on their way from a source into the store: each is moved or copied into the staging
/// directory, summed up there, and only then read.
///
/// So nothing that the source does meanwhile matters, and what `publish` puts into the store has
/// the digest that its name says.
struct BlobIntake {
  let store: LayoutDirectory
  let source: ImageSource
  private let staged: LayoutDirectory
  private let lock: CInt

  init(
    into store: LayoutDirectory, from source: ImageSource, staging: String, lock: CInt
  ) throws {
    self.store = store
    self.source = source
    self.lock = lock
    staged = LayoutDirectory(path: staging + "/taken")
    try Files.makeDirectories(staged.blobDirectory)
  }

  /// Takes in what is not here yet. Documents are small and are taken `again`, so that loading an
  /// image repairs it.
  func take(_ digests: [Digest], again: Bool = false) throws {
    let missing = Set(digests).filter { !isStaged($0) && (again || !isStored($0)) }
      .sorted { $0.hexadecimal < $1.hexadecimal }
    guard !missing.isEmpty else { return }
    for digest in missing {
      let file = source.layout.blobPath(digest)
      guard Files.exists(file) else { throw ImageError("blob `\(digest)` is missing") }
      _ = try FileKind.size(of: file, following: source.layout.followsLinks)
      if source.isStaged { try Files.rename(file, to: staged.blobPath(digest)) }
    }
    if !source.isStaged {
      try Tool.cp.run(
        ["--reflink=auto", "--target-directory=\(staged.blobDirectory)", "--"]
          + missing.map(source.layout.blobPath), holding: lock)
    }
    if source.isSummed { return }
    for (digest, found) in zip(missing, try Digest.ofFiles(missing.map(staged.blobPath))) {
      guard digest == found else {
        throw ImageError("blob `\(digest)` is corrupt: its content has the digest `\(found)`")
      }
    }
  }

  /// Where a blob that was taken, or was here before, lies now.
  func holder(of digest: Digest) -> LayoutDirectory {
    isStaged(digest) ? staged : store
  }

  /// Moves everything that was taken into the store.
  func publish() throws {
    for name in try Files.list(staged.blobDirectory) {
      try Files.rename("\(staged.blobDirectory)/\(name)", to: "\(store.blobDirectory)/\(name)")
    }
  }

  private func isStaged(_ digest: Digest) -> Bool { Files.exists(staged.blobPath(digest)) }

  /// Here, and whole as far as its length tells.
  private func isStored(_ digest: Digest) -> Bool {
    let own = try? FileKind.size(of: store.blobPath(digest))
    let offered = try? FileKind.size(
      of: source.layout.blobPath(digest), following: source.layout.followsLinks)
    return own != nil && (offered == nil || own == offered)
  }
}
