import Glibc

/// A descriptor owned by a reference, closed with the last one. It exists because arrays and
/// dictionaries cannot hold a `FileDescriptor`.
final class OwnedDescriptor: RawDescriptor {
  let raw: CInt

  init(_ descriptor: consuming FileDescriptor) { raw = descriptor.release() }
  init(owning raw: CInt) { self.raw = raw }

  deinit { _ = Glibc.close(raw) }
}
