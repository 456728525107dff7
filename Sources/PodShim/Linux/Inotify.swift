import Glibc

/// News of files and folders: readable when something watched has changed. The corresponding C
/// call is `inotify_init1`.
struct Inotify: ~Copyable, RawDescriptor {
  private let descriptor: FileDescriptor
  var raw: CInt { descriptor.raw }

  init() throws(SyscallError) {
    let flags = CInt(IN_CLOEXEC) | CInt(IN_NONBLOCK)
    descriptor = FileDescriptor(
      owning: try checked("inotify_init", "") { inotify_init1(flags) })
  }

  /// The number by which `changed` calls this watch.
  func watch(_ path: String, _ changes: Changes) throws(SyscallError) -> CInt {
    try checked("inotify_add_watch", path) { inotify_add_watch(raw, path, changes.rawValue) }
  }

  /// The watches that something was told of since the last call; never blocks.
  func changed() throws(SyscallError) -> Set<CInt> {
    var found: Set<CInt> = []
    var bytes = [UInt8](repeating: 0, count: 4096)
    while let count = try read(into: &bytes), count > 0 {
      found.formUnion(Inotify.watches(in: bytes[..<count]))
    }
    return found
  }

  private static func watches(in bytes: ArraySlice<UInt8>) -> [CInt] {
    bytes.withUnsafeBytes { buffer in
      var watches: [CInt] = []
      var offset = 0
      while offset + MemoryLayout<inotify_event>.size <= buffer.count {
        let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
        watches.append(event.wd)
        offset += MemoryLayout<inotify_event>.size + Int(event.len)
      }
      return watches
    }
  }

  /// The corresponding C constants are `IN_*`.
  struct Changes: OptionSet {
    let rawValue: UInt32

    /// Something was written into a file.
    static let written = Changes(rawValue: UInt32(IN_MODIFY))
    /// A name has appeared in a folder.
    static let named = Changes(rawValue: UInt32(IN_CREATE) | UInt32(IN_MOVED_TO))
    /// A name has gone from a folder.
    static let unnamed = Changes(rawValue: UInt32(IN_DELETE) | UInt32(IN_MOVED_FROM))
    /// What is watched itself is gone.
    static let removed = Changes(rawValue: UInt32(IN_DELETE_SELF))
  }
}
