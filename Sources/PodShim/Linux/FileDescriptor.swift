import CLinux
import Glibc

/// What every owner of a descriptor can do with it. Reads and writes follow the descriptor's own
/// blocking mode: nil means that it would have blocked.
protocol RawDescriptor: ~Copyable {
  var raw: CInt { get }
}

extension RawDescriptor where Self: ~Copyable {
  /// The file behind the descriptor, for messages.
  var name: String {
    let link = try? Files.readLink("/proc/self/fd/\(raw)")
    return link ?? "descriptor \(raw)"
  }

  /// A second descriptor for the same open file, closed on exec.
  func duplicate() throws(SyscallError) -> FileDescriptor {
    FileDescriptor(owning: try checked("duplicate", name) { fcntl(raw, F_DUPFD_CLOEXEC, 3) })
  }

  /// Fills the front of `bytes` and returns how many; 0 at the end, nil when nothing is there yet.
  func read(into bytes: inout [UInt8]) throws(SyscallError) -> Int? {
    try checkedUnlessBusy("read", name) {
      bytes.withUnsafeMutableBytes { Glibc.read(raw, $0.baseAddress, $0.count) }
    }
  }

  /// Everything up to the end of the file, or of what a non-blocking descriptor holds now; no more
  /// than `limit` bytes of it.
  func readAll(limit: Int = .max) throws(SyscallError) -> [UInt8] {
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while all.count < limit, let count = try read(into: &chunk), count > 0 {
      all += chunk[..<min(count, limit - all.count)]
    }
    return all
  }

  /// How many bytes were taken; nil when the other end is not reading.
  func write(_ bytes: some Collection<UInt8>) throws(SyscallError) -> Int? {
    let written = try checkedUnlessBusy("write", name) {
      bytes.withContiguousStorageIfAvailable { Glibc.write(raw, $0.baseAddress, $0.count) }
        ?? Array(bytes).withUnsafeBytes { Glibc.write(raw, $0.baseAddress, $0.count) }
    }
    return written
  }

  /// Writes everything; a non-blocking descriptor that is full is an error (EAGAIN).
  func writeAll(_ bytes: [UInt8]) throws(SyscallError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let count = try write(rest) else {
        throw SyscallError("write", name, errno: EAGAIN)
      }
      rest = rest.dropFirst(count)
    }
  }

  func setNonblocking(_ on: Bool = true) throws(SyscallError) {
    let flags = try checked("fcntl", name) { fcntl(raw, F_GETFL) }
    let wanted = on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK
    try checked("fcntl", name) { fcntl(raw, F_SETFL, wanted) }
  }

  /// Makes what was written survive a power cut.
  func synchronize() throws(SyscallError) {
    try checked("fsync", name) { fsync(raw) }
  }
}

/// One open file, closed when the value goes away. It cannot be copied, so a descriptor is never
/// closed twice; where one must sit in an array or a table, `OwnedDescriptor` holds it.
struct FileDescriptor: ~Copyable, RawDescriptor {
  let raw: CInt

  init(owning raw: CInt) { self.raw = raw }

  /// Opens `path` (always `O_CLOEXEC`), relative to the descriptor `directory` when it is given.
  static func open(
    _ path: String, _ flags: CInt, mode: mode_t = 0o644, in directory: CInt = AT_FDCWD
  ) throws(SyscallError) -> FileDescriptor {
    FileDescriptor(
      owning: try checked("open", path) { openat(directory, path, flags | O_CLOEXEC, mode) })
  }

  /// Opens `path` under the limits of `resolution`, which hold for every part of it: the way into
  /// a directory that somebody else can write to.
  static func open(
    _ path: String, _ flags: CInt, mode: mode_t = 0, in directory: CInt, resolution: Resolution
  ) throws(SyscallError) -> FileDescriptor {
    let opened = try checked("open", path) {
      linux_openat2(directory, path, flags, mode, resolution.rawValue)
    }
    return FileDescriptor(owning: opened)
  }

  /// The path of the file without the right to read it. The corresponding C constant is `O_PATH`.
  static let pathOnly: CInt = LINUX_O_PATH

  consuming func close() {
    _ = Glibc.close(raw)
    discard self
  }

  /// Gives the descriptor up, still open.
  consuming func release() -> CInt {
    let raw = raw
    discard self
    return raw
  }

  deinit { _ = Glibc.close(raw) }
}

/// What a path may not do on its way. The corresponding C constants are `RESOLVE_*`.
struct Resolution: OptionSet {
  let rawValue: UInt64

  /// May not cross a mount point.
  static let sameMount = Resolution(rawValue: UInt64(LINUX_RESOLVE_NO_XDEV))
  static let noSymlinks = Resolution(rawValue: UInt64(LINUX_RESOLVE_NO_SYMLINKS))
  /// May not jump through the likes of `/proc/1/root`.
  static let noMagicLinks = Resolution(rawValue: UInt64(LINUX_RESOLVE_NO_MAGICLINKS))
  /// May not leave the directory: `..` above it is an error.
  static let beneath = Resolution(rawValue: UInt64(LINUX_RESOLVE_BENEATH))
  /// The directory is `/`: `..` and absolute links stay inside, as after chroot.
  static let inRoot = Resolution(rawValue: UInt64(LINUX_RESOLVE_IN_ROOT))
}
