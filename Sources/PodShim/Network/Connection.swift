import Glibc
import PodModel

/// A client's TCP connection and its twin inside the pod. It holds itself open in the loop until
/// both directions have ended or one side has failed; then the other side sees a reset, after what
/// was sent before the failure.
final class Connection {
  private static let both: EpollEvents = [.readable, .writable, .readHangup]

  private let loop: ForwardLoop
  private let port: UInt16
  private var family: InternetSocket.Family
  private var client: End
  private var upstream: End
  private var isConnected = false
  private var isOver = false
  private var hasMore = false
  private var toPod = Way()
  private var toClient = Way()
  private let news: ((ConnectionNews) -> Void)?

  private init(
    _ loop: ForwardLoop, port: UInt16, client: OwnedDescriptor, upstream: OwnedDescriptor,
    news: ((ConnectionNews) -> Void)?
  ) {
    self.news = news
    self.loop = loop
    self.port = port
    self.client = End(client)
    self.upstream = End(upstream)
    family = .four
  }

  /// Connects `upstream`, an IPv4 socket, to `port` of the pod, and moves bytes from then on.
  static func begin(
    _ loop: ForwardLoop, port: UInt16, client: OwnedDescriptor, upstream: OwnedDescriptor,
    news: ((ConnectionNews) -> Void)? = nil
  ) {
    let connection = Connection(
      loop, port: port, client: client, upstream: upstream, news: news)
    do throws(SyscallError) {
      connection.client.token = try loop.watch(client.raw, Connection.both) { events in
        connection.client.learn(events)
        connection.proceed(hasFailed: events.contains(.error))
      }
    } catch {
      return connection.reset()
    }
    connection.connect()
  }

  private func connect() {
    do throws(SyscallError) {
      try InternetSocket.connect(upstream.socket.raw, family, port: port)
      upstream.token = try loop.watch(upstream.socket.raw, Connection.both) { [self] events in
        if isConnected || hasConnected(events) {
          upstream.learn(events)
          proceed(hasFailed: events.contains(.error))
        }
      }
    } catch {
      connectOtherwise(after: error.errno)
    }
  }

  /// Whether the connection inside the pod stands; one that failed is tried with the other family.
  private func hasConnected(_ events: EpollEvents) -> Bool {
    switch InternetSocket.takeError(of: upstream.socket.raw) {
    case 0: isConnected = events.contains(.writable)
    // Whoever resets a connection had it.
    case ECONNRESET: isConnected = true
    case let error: connectOtherwise(after: error)
    }
    return isConnected
  }

  private func connectOtherwise(after error: CInt) {
    guard family == .four, !isOver else {
      if !isOver { news?(.refused(error)) }
      return reset()
    }
    family = .six
    if let token = upstream.token { loop.forget(token) }
    do throws(SyscallError) {
      try upstream.replace { () throws(SyscallError) in try InternetSocket.make(.tcp, .six) }
    } catch {
      return reset()
    }
    connect()
  }

  private func proceed(hasFailed: Bool) {
    guard !isOver else { return }
    guard !hasFailed else { return fail() }
    guard isConnected else { return }
    do throws(SyscallError) {
      // Answers first: a server that has refused the rest of a request has said why.
      let answered = try toClient.move(from: &upstream, to: &client, by: &loop.scratch)
      let asked = try toPod.move(from: &client, to: &upstream, by: &loop.scratch)
      if toPod.isEnded && toClient.isEnded {
        end()
      } else if !(answered && asked) {
        proceedLater()
      }
    } catch {
      fail()
    }
  }

  private func proceedLater() {
    guard !hasMore else { return }
    hasMore = true
    loop.later { [self] in
      hasMore = false
      proceed(hasFailed: false)
    }
  }

  /// Passes on what the failed side had sent before, then the failure.
  private func fail() {
    if isConnected {
      // It may have come so late that no event has told of it.
      upstream.isReadable = true
      client.isReadable = true
      _ = try? toClient.move(from: &upstream, to: &client, by: &loop.scratch, bytesOnly: true)
      _ = try? toPod.move(from: &client, to: &upstream, by: &loop.scratch, bytesOnly: true)
    }
    reset()
  }

  private func reset() {
    guard !isOver else { return }
    InternetSocket.resetOnClose(client.socket.raw)
    InternetSocket.resetOnClose(upstream.socket.raw)
    end()
  }

  /// The loop lets go of us, and the sockets close with the last reference.
  private func end() {
    isOver = true
    if let token = client.token { loop.forget(token) }
    if let token = upstream.token { loop.forget(token) }
  }
}
