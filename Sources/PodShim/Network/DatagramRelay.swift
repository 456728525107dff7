import Glibc
import PodModel

/// A UDP port of the host. Each client gets a socket of its own inside the pod, so that answers
/// find their way back; it is forgotten after a minute without a datagram either way, or for a new
/// client when there are too many.
final class DatagramRelay {
  static let idle = Duration.seconds(60)

  private let loop: ForwardLoop
  private let socket: OwnedDescriptor
  private let port: UInt16
  private var clients: [DatagramSender: DatagramClient] = [:]
  private var isSweeping = false
  private let maxClients: Int

  var clientCount: Int { clients.count }

  /// - Parameter port: of the pod.
  init(
    _ loop: ForwardLoop, _ socket: OwnedDescriptor, port: UInt16, maxClients: Int = 1024
  ) throws(SyscallError) {
    self.loop = loop
    self.maxClients = maxClients
    self.socket = socket
    self.port = port
    _ = try loop.watch(socket.raw, .readable) { [unowned self] _ in takeDatagrams() }
  }

  private func takeDatagrams() {
    for _ in 0..<ForwardLoop.turn {
      // An error is one datagram's, and the next one has its own event.
      guard let (count, sender) = try? InternetSocket.receive(socket.raw, into: &loop.scratch)
      else { return }
      pass(count, from: sender)
    }
    loop.later { [unowned self] in takeDatagrams() }
  }

  /// To the pod: the first `count` bytes of the loop's buffer.
  private func pass(_ count: Int, from sender: DatagramSender) {
    guard let client = clients[sender] ?? begin(sender) else { return }
    client.pass(loop.scratch[..<count])
  }

  private func begin(_ sender: DatagramSender) -> DatagramClient? {
    if clients.count >= maxClients { forgetOldest() }
    while true {
      let client = DatagramClient(loop, port: port) { [unowned self] answer in
        // Lost on the way, as any datagram may be.
        _ = try? InternetSocket.answer(socket.raw, answer, to: sender)
      }
      if let client {
        clients[sender] = client
        sweepLater()
        return client
      }
      // No descriptor is free.
      if clients.isEmpty { return nil }
      forgetOldest()
    }
  }

  private func forgetOldest() {
    guard let oldest = clients.min(by: { $0.value.lastUsed < $1.value.lastUsed }) else { return }
    forget(oldest.key)
  }

  private func forget(_ sender: DatagramSender) {
    clients.removeValue(forKey: sender)?.end()
  }

  private func sweepLater() {
    guard !isSweeping, let oldest = clients.values.map(\.lastUsed).min() else { return }
    isSweeping = true
    loop.at(oldest + DatagramRelay.idle) { [unowned self] in
      isSweeping = false
      sweep(at: Clock.boot())
    }
  }

  /// Forgets who was idle for too long.
  func sweep(at now: Duration) {
    for (sender, client) in clients where client.lastUsed + DatagramRelay.idle <= now {
      forget(sender)
    }
    sweepLater()
  }
}
