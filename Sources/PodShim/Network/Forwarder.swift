import Glibc

/// The process that forwards a pod's host ports: the program itself, with the sockets that listen.
enum Forwarder {
  /// Starts forwarding into the network of `pause`. The sockets in `bound` are the forwarder's from
  /// here on: let go of them, or the ports stay taken after its end. Its end cuts what is open.
  ///
  /// - Parameters:
  ///   - pod: its name, for those who find the process in their way.
  ///   - directory: where the record is written, the pod's state directory.
  ///   - position: the end of the keeper's journal, read before this call.
  static func start(
    _ bound: [BoundPort], of pod: String, into pause: pid_t, recordIn directory: String,
    at position: Int, program: String = "/proc/self/exe"
  ) throws(SyscallError) -> Companion {
    let words = bound.map { ForwardProgram.Target($0.port).text }
    var forward = Program(program, ["podshim", "forward", pod, "\(pause)"] + words)
    forward.descriptors = [-1, -1, 2] + bound.map(\.socket.raw)
    return try Companion.start(
      forward, as: .forwarder, of: pause, recordIn: directory, at: position)
  }
}
