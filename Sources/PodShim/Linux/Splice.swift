import CLinux
import Glibc

/// Moving bytes inside the kernel: from a pipe into a file without reading them, and giving back
/// the space of those that were read since.
enum Splice {
  /// Moves at most `max` bytes from a pipe into a file at `offset`. Zero is the pipe's end, nil an
  /// empty pipe; it never blocks. The file must not be open for appending.
  static func splice(
    from pipe: CInt, to file: CInt, at offset: Int64, max: Int
  ) throws(SyscallError) -> Int? {
    var offset = offset
    return try checkedUnlessBusy("splice", "descriptor \(pipe)") {
      linux_splice(pipe, file, &offset, max)
    }
  }

  /// Moves at most `max` bytes where one of the two is a pipe and the other has no position, such
  /// as a socket.
  static func splice(from source: CInt, to target: CInt, max: Int) throws(SyscallError) -> Int? {
    try checkedUnlessBusy("splice", "descriptor \(source)") {
      linux_splice(source, target, nil, max)
    }
  }

  /// Copies from one pipe to another and leaves the bytes in the first.
  static func tee(from source: CInt, to target: CInt, max: Int) throws(SyscallError) -> Int? {
    try checkedUnlessBusy("tee", "descriptor \(source)") { linux_tee(source, target, max) }
  }

  /// Gives the space of a range back to the file system; it reads as zeros, and the file keeps its
  /// size.
  static func punchHole(_ fd: CInt, offset: Int64, length: Int64) throws(SyscallError) {
    try checked("fallocate", "descriptor \(fd)") { linux_punch_hole(fd, offset, length) }
  }
}
