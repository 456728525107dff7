import Glibc

/// A file without a name, for what curl reads and writes beside its output.
enum MemoryFile {
  /// With `bytes` in it, to be read from the beginning.
  static func make(_ bytes: [UInt8]) throws(TransportError) -> OwnedDescriptor {
    try told { () throws(SyscallError) in
      try OwnedDescriptor.memory("probe", holding: bytes)
    }
  }

  /// All that is in it.
  static func read(_ file: OwnedDescriptor) throws(TransportError) -> [UInt8] {
    try told { () throws(SyscallError) in
      try checked("lseek", "probe") { lseek(file.raw, 0, SEEK_SET) }
      return try file.readAll()
    }
  }

  private static func told<Result>(
    _ body: () throws(SyscallError) -> Result
  ) throws(TransportError) -> Result {
    do throws(SyscallError) { return try body() } catch { throw .failed("\(error)") }
  }
}
