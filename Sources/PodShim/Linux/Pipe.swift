import CLinux
import Glibc

/// Both ends of a pipe, closed on exec. Take an end with `consume`: what is left closes itself.
struct Pipe: ~Copyable {
  var reader: FileDescriptor
  var writer: FileDescriptor

  /// - Parameter capacity: bytes that it holds before a writer has to wait; where nobody may have
  ///   so many, it is as large as any other.
  static func make(
    nonblockingRead: Bool = false, capacity: CInt? = nil
  ) throws(SyscallError) -> Pipe {
    var ends: [CInt] = [-1, -1]
    try checked("pipe", "") { linux_pipe2(&ends, O_CLOEXEC) }
    let pipe = Pipe(
      reader: FileDescriptor(owning: ends[0]), writer: FileDescriptor(owning: ends[1]))
    if let capacity { _ = linux_set_pipe_size(ends[0], capacity) }
    if nonblockingRead { try pipe.reader.setNonblocking() }
    return pipe
  }

  /// The ends as references, for tables.
  consuming func split() -> (reader: OwnedDescriptor, writer: OwnedDescriptor) {
    (OwnedDescriptor(reader), OwnedDescriptor(writer))
  }
}
