import Glibc

/// Where a runtime hands over the master of a container's terminal: a socket in the bundle, named
/// without its folder, because a socket's path may not be long.
final class ConsoleSocket {
  static let name = "console"
  private let listener: UnixSocket

  init(in bundle: String) throws(SyscallError) {
    listener = try UnixSocket.listen(at: bundle + "/" + ConsoleSocket.name, kind: .stream)
    try listener.setNonblocking()
  }

  struct NoTerminal: Error, CustomStringConvertible {
    var description: String { "the runtime handed over no terminal" }
  }

  /// The terminal that the runtime sent before it answered.
  func takeTerminal() throws -> OwnedDescriptor {
    guard let connection = try listener.accept(), let message = try connection.receive(),
      let terminal = message.descriptors.first
    else { throw NoTerminal() }
    try terminal.setNonblocking()
    return terminal
  }
}
