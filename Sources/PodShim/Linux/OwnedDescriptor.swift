import CLinux
import Glibc

/// A descriptor owned by a reference, closed with the last one. It exists because arrays and
/// dictionaries cannot hold a `FileDescriptor`.
final class OwnedDescriptor: RawDescriptor {
  let raw: CInt

  init(_ descriptor: consuming FileDescriptor) { raw = descriptor.release() }
  init(owning raw: CInt) { self.raw = raw }

  deinit { _ = Glibc.close(raw) }

  /// A file without a name that holds `bytes`, to be read from the beginning: nobody is left to
  /// remove one with a name, and nobody else can open it.
  static func memory(
    _ purpose: String, holding bytes: [UInt8] = []
  ) throws(SyscallError) -> OwnedDescriptor {
    let raw = try checked("memfd_create", purpose) { linux_memfd_create(purpose) }
    let file = OwnedDescriptor(owning: raw)
    try file.writeAll(bytes)
    try checked("lseek", purpose) { lseek(raw, 0, SEEK_SET) }
    return file
  }
}
