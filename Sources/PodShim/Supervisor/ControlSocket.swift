import Glibc
import PodModel

/// Where commands reach a running pod: a stream socket that takes one line a connection.
///
/// `delete <seconds>|default` asks for the pod's end and keeps the connection until it is gone;
/// `attach <container> [whole]` becomes a stream of `AttachFrame`s after the answer, with `whole`
/// from the run's beginning; `update` says that the pod's record was changed, `objects` that what
/// it reads was, `node` that this host was, `images` that some were brought, `names` that another
/// pod of the namespace has got addresses, or has none any more.
final class ControlSocket {
  private unowned let supervisor: Supervisor
  private let listener: UnixSocket
  /// Connections whose line has not come yet, and those that wait for the end of the pod.
  private var connections: [CInt: UnixConnection] = [:]

  /// A final class, so that a table can hold it.
  final class UnixConnection {
    private var socket: UnixSocket?
    let raw: CInt
    var line: [UInt8] = []

    init(_ socket: consuming UnixSocket) {
      raw = socket.raw
      self.socket = consume socket
    }

    /// Gives the socket up to somebody else.
    func take() -> UnixSocket? { socket.take() }
  }

  init(supervisor: Supervisor) throws(SyscallError) {
    self.supervisor = supervisor
    listener = try UnixSocket.listen(at: supervisor.paths.control, kind: .stream)
    try listener.setNonblocking()
    try supervisor.loop.watch(listener.raw, .readable) { [unowned self] _ in accept() }
  }

  private func accept() {
    guard let socket = (try? listener.accept()) ?? nil else { return }
    try? socket.setNonblocking()
    let connection = UnixConnection(socket)
    connections[connection.raw] = connection
    try? supervisor.loop.watch(connection.raw, .readable) { [unowned self] _ in
      readLine(connection)
    }
  }

  private func readLine(_ connection: UnixConnection) {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = Glibc.recv(connection.raw, &bytes, bytes.count, CInt(MSG_DONTWAIT))
    // A client that waits for a deletion closes when it is no longer interested.
    guard count > 0 else { return drop(connection) }
    connection.line += bytes[..<count]
    guard let end = connection.line.firstIndex(of: newline) else {
      if connection.line.count > 4096 { drop(connection) }
      return
    }
    let words = String(decoding: connection.line[..<end], as: UTF8.self).split(separator: " ")
    connection.line = []
    if words.first == "attach", words.count > 1 {
      attach(connection, to: String(words[1]), fromStart: words.count == 3 && words[2] == "whole")
    } else {
      answer(connection, verb: words.first ?? "", argument: words.dropFirst().first)
    }
  }

  private func answer(_ connection: UnixConnection, verb: Substring, argument: Substring?) {
    switch (verb, argument) {
    case ("delete", let grace?):
      guard grace == "default" || Int(grace) != nil else {
        return say("error not a number of seconds: \(grace)", connection)
      }
      // What is frozen does not hear that it has to end.
      try? PodFreezer(group: supervisor.paths.cgroup).thawAll()
      say("ok", connection)
      supervisor.tell(.deletionRequested(grace: Int(grace).map { .seconds($0) }))
    case ("update", nil):
      answer(connection) { try supervisor.reload() }
    case ("objects", nil):
      answer(connection) { try supervisor.lookAtObjects() }
    case ("images", nil):
      answer(connection) { supervisor.lookAtImages() }
    case ("node", nil):
      supervisor.place()
      say("ok", connection)
      drop(connection)
    case ("names", nil):
      supervisor.neighboursChanged()
      drop(connection)
    default:
      say("error unknown request", connection)
      drop(connection)
    }
  }

  /// Says whether the work was done.
  private func answer(_ connection: UnixConnection, _ work: () throws -> Void) {
    do {
      try work()
      say("ok", connection)
    } catch {
      say("error \(error)", connection)
    }
    drop(connection)
  }

  private func attach(_ connection: UnixConnection, to name: String, fromStart: Bool) {
    guard let run = supervisor.runs[name], run.process != nil else {
      say("error container \"\(name)\" is not running", connection)
      return drop(connection)
    }
    say(run.stdio.terminal == nil ? "ok" : "ok tty", connection)
    supervisor.loop.unwatch(connection.raw)
    connections[connection.raw] = nil
    guard let socket = connection.take() else { return }
    let session = try? AttachSession(socket, to: run, loop: supervisor.loop)
    if fromStart { session?.showPast() }
  }

  private func say(_ line: String, _ connection: UnixConnection) {
    let bytes = Array("\(line)\n".utf8)
    _ = Glibc.send(connection.raw, bytes, bytes.count, CInt(MSG_NOSIGNAL))
  }

  private func drop(_ connection: UnixConnection) {
    supervisor.loop.unwatch(connection.raw)
    connections[connection.raw] = nil
  }
}
