import Glibc
import PodModel

/// A TCP port of the host. Connections are taken only when there is a descriptor for their twin,
/// too: at the limit they wait in the kernel's queue instead of being reset.
final class StreamListener {
  private let loop: ForwardLoop
  private let socket: OwnedDescriptor
  private let port: UInt16
  /// The twin of the next connection.
  private var spare: OwnedDescriptor?
  private var isStarved = false
  /// Who wants to hear of each connection.
  var news: ((ConnectionNews) -> Void)?

  /// - Parameter port: of the pod.
  init(_ loop: ForwardLoop, _ socket: OwnedDescriptor, port: UInt16) throws(SyscallError) {
    self.loop = loop
    self.socket = socket
    self.port = port
    _ = try loop.watch(socket.raw, .readable) { [unowned self] _ in takeConnections() }
  }

  private func takeConnections() {
    guard !isStarved else { return }
    for _ in 0..<ForwardLoop.turn {
      do throws(SyscallError) {
        guard try takeConnection() else { return }
      } catch {
        // The client has gone again before it was taken; anything else is a lack of something.
        if error.errno != ECONNABORTED { return starve() }
      }
    }
    loop.later { [unowned self] in takeConnections() }
  }

  private func takeConnection() throws(SyscallError) -> Bool {
    if spare == nil { spare = try InternetSocket.make(.tcp, .four) }
    guard let client = try InternetSocket.accept(socket.raw), let upstream = spare else {
      return false
    }
    spare = nil
    news?(.accepted)
    Connection.begin(loop, port: port, client: client, upstream: upstream, news: news)
    return true
  }

  private func starve() {
    isStarved = true
    loop.whenDescriptorsAreFree { [unowned self] in
      isStarved = false
      takeConnections()
    }
  }
}

/// What a person may want to know of a connection.
enum ConnectionNews {
  case accepted
  /// Nobody takes it inside the pod; the `errno` of the attempt.
  case refused(CInt)
}
