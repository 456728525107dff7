import Glibc

/// Reading and writing at a place of one's own, whatever the file's position is.
extension RawDescriptor where Self: ~Copyable {
  /// At most `max` bytes from `offset`; less only at the end of the file.
  func read(from offset: Int64, max: Int = .max) throws(SyscallError) -> [UInt8] {
    let want = min(Int64(max), Swift.max(0, try size() - offset))
    var bytes = [UInt8](repeating: 0, count: Int(want))
    var filled = 0
    while filled < bytes.count {
      let count = try checked("pread", name) {
        bytes.withUnsafeMutableBytes {
          pread(
            raw, $0.baseAddress?.advanced(by: filled), $0.count - filled, off_t(offset) + filled)
        }
      }
      if count == 0 { break }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  /// Fills `buffer` from `offset`; a file that ends before is an error (EIO).
  func read(
    into buffer: UnsafeMutableRawBufferPointer, from offset: Int64
  ) throws(SyscallError) {
    var filled = 0
    while filled < buffer.count {
      let count = try checked("pread", name) {
        pread(
          raw, buffer.baseAddress?.advanced(by: filled), buffer.count - filled,
          off_t(offset) + filled)
      }
      guard count > 0 else { throw SyscallError("pread", name, errno: EIO) }
      filled += count
    }
  }

  func writeAll(_ bytes: UnsafeRawBufferPointer) throws(SyscallError) {
    var written = 0
    while written < bytes.count {
      written += try checked("write", name) {
        Glibc.write(raw, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      }
    }
  }

  func write(_ bytes: [UInt8], at offset: Int64) throws(SyscallError) {
    let count = try checked("pwrite", name) {
      bytes.withUnsafeBytes { pwrite(raw, $0.baseAddress, $0.count, off_t(offset)) }
    }
    guard count == bytes.count else { throw SyscallError("pwrite", name, errno: ENOSPC) }
  }

  func size() throws(SyscallError) -> Int64 { Int64(try status().st_size) }

  /// The number of the file within its file system: the inode.
  func identity() throws(SyscallError) -> UInt64 { UInt64(try status().st_ino) }

  private func status() throws(SyscallError) -> stat {
    var status = stat()
    try checked("fstat", name) { fstat(raw, &status) }
    return status
  }

  func truncate(to size: Int64) throws(SyscallError) {
    try checked("ftruncate", name) { ftruncate(raw, off_t(size)) }
  }
}
