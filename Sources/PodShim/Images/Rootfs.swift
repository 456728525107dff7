import Glibc
import PodModel

/// The root file system of one container: an image below, and what the container writes above it.
///
/// An overlay mount over the layers where the host allows it, else a plain copy of them; the answer
/// of `make` tells which. Neither changes the image.
enum Rootfs {
  enum Form: Equatable {
    case overlay
    /// With the kernel's refusal of the overlay.
    case copy(SyscallError)
  }

  /// Shows `image` at `path`. Directories that are missing are made; what `upper` holds already is
  /// shown too, so a fresh start needs `remove` first. The image must be prepared.
  ///
  /// - Parameter owned: shows layers to a pod with IDs of its own.
  static func make(
    _ image: StoredImage, in store: ImageStore, upper: String, work: String, at path: String,
    owned: OwnedTrees? = nil
  ) throws -> Form {
    if let owned {
      try mount(image, in: store, upper: upper, work: work, at: path, owned)
      return .overlay
    }
    do throws(SyscallError) {
      try mount(image, in: store, upper: upper, work: work, at: path)
      return .overlay
    } catch {
      guard isRefusal(error) else { throw error }
      try copy(image, to: path)
      return .copy(error)
    }
  }

  static func mount(
    _ image: StoredImage, in store: ImageStore, upper: String, work: String, at path: String
  ) throws(SyscallError) {
    for directory in [upper, work, path] { try Files.makeDirectories(directory) }
    let lower = image.layers.reversed().map(\.directory)
    try Mount.overlay(
      lower: lower.isEmpty ? [store.emptyDirectory] : withoutRepetition(lower),
      upper: upper, work: work, at: path)
    // Where mounts of a container may show on the host, those of its root must not.
    try Mount.makePrivate(path)
  }

  /// Shows an image alone, for nobody to write to: as a mount where the host allows it, else as a
  /// copy, which is whole when it is there. What is shown already stays.
  static func show(_ image: StoredImage, in store: ImageStore, at path: String) throws {
    if Mount.isPoint(path) { return }
    do throws(SyscallError) {
      try Files.makeDirectories(path)
      let lower = withoutRepetition(image.layers.reversed().map(\.directory))
      // Of a single directory overlay makes nothing.
      if !lower.isEmpty { try Mount.overlay(lower: lower + [store.emptyDirectory], at: path) }
    } catch {
      guard isRefusal(error) else { throw error }
      // A copy has something in it, or the image has nothing.
      guard try Files.list(path).isEmpty else { return }
      let fresh = path + ".new"
      try copy(image, to: fresh)
      try Files.rename(fresh, to: path)
    }
  }

  /// What a container's root writes is its own, in a layer above ones that look as if they were.
  private static func mount(
    _ image: StoredImage, in store: ImageStore, upper: String, work: String, at path: String,
    _ owned: OwnedTrees
  ) throws {
    for directory in [upper, work, path] { try Files.makeDirectories(directory) }
    let root = owned.range.onHost(0)
    try checked("chown", upper) { chown(upper, root, root) }
    let layers = image.layers.reversed().map(\.directory)
    let all = layers.isEmpty ? [store.emptyDirectory] : withoutRepetition(layers)
    let lower = try all.enumerated().map { try owned.add($0.element, as: "layer-\($0.offset)") }
    try Mount.overlay(lower: lower, upper: upper, work: work, at: path)
  }

  /// Unmounts what is at `path`, if anything, and removes `path`, `upper` and `work`.
  static func remove(upper: String, work: String, at path: String) throws(SyscallError) {
    do throws(SyscallError) {
      try Mount.unmount(path)
    } catch {
      if error.errno != EINVAL && error.errno != ENOENT { throw error }
    }
    for directory in [path, upper, work] { try Files.removeTree(directory) }
  }

  /// The kernel refuses a directory that stands twice in a stack (ELOOP). The lower one is never
  /// seen: whatever it holds, the upper one holds too.
  private static func withoutRepetition(_ lower: [String]) -> [String] {
    var seen: Set<String> = []
    return lower.filter { seen.insert($0).inserted }
  }

  /// Overlay is not there, not allowed, or not on this file system. Anything else is an error that
  /// a copy would meet too.
  private static func isRefusal(_ error: SyscallError) -> Bool {
    error.call.hasPrefix("mount")
      && [EPERM, EACCES, ENODEV, EINVAL, ENOTSUP, ENOSYS].contains(error.errno)
  }
}
