import Glibc
import PodModel

/// One client of a UDP port, as the pod sees it. A server that is not there on 127.0.0.1 is tried
/// on ::1, and the other way round, until one of them has answered.
final class DatagramClient {
  private let loop: ForwardLoop
  private let port: UInt16
  private let answer: (ArraySlice<UInt8>) -> Void
  private var family = InternetSocket.Family.four
  private var socket: OwnedDescriptor?
  private var token: UInt64?
  private var hasAnswered = false
  private(set) var lastUsed = Clock.boot()

  /// Nil when there is no descriptor for it.
  init?(_ loop: ForwardLoop, port: UInt16, answer: @escaping (ArraySlice<UInt8>) -> Void) {
    self.loop = loop
    self.port = port
    self.answer = answer
    guard open() else { return nil }
  }

  func end() {
    if let token { loop.forget(token) }
    token = nil
    socket = nil
  }

  /// Sends it into the pod, or loses it.
  func pass(_ datagram: ArraySlice<UInt8>) {
    lastUsed = Clock.boot()
    for _ in 0..<2 {
      send(datagram)
      // Inside one host a refusal is known at once, while the datagram is still at hand.
      if hasAnswered || !isRefused() { return }
      changeFamily()
    }
  }

  private func send(_ datagram: ArraySlice<UInt8>) {
    guard socket != nil || open(), let socket else { return }
    // Lost, as any datagram may be.
    _ = datagram.withUnsafeBytes { Glibc.send(socket.raw, $0.baseAddress, $0.count, 0) }
  }

  private func isRefused() -> Bool {
    guard let socket else { return false }
    return InternetSocket.takeError(of: socket.raw) == ECONNREFUSED
  }

  private func changeFamily() {
    end()
    family = family.other
    if open() { return }
    // A host may have no IPv6.
    family = family.other
    _ = open()
  }

  private func open() -> Bool {
    guard let socket = try? InternetSocket.make(.udp, family) else { return false }
    self.socket = socket
    do throws(SyscallError) {
      try InternetSocket.connect(socket.raw, family, port: port)
      token = try loop.watch(socket.raw, .readable) { [unowned self] _ in takeAnswers() }
      return true
    } catch {
      end()
      return false
    }
  }

  private func takeAnswers() {
    for _ in 0..<ForwardLoop.turn {
      guard let socket else { return }
      do throws(SyscallError) {
        let count = try checkedUnlessBusy("receive", "") {
          loop.scratch.withUnsafeMutableBytes { recv(socket.raw, $0.baseAddress, $0.count, 0) }
        }
        guard let count else { return }
        hasAnswered = true
        lastUsed = Clock.boot()
        answer(loop.scratch[..<count])
      } catch {
        // The server has gone: whoever comes next may listen on the other address.
        if error.errno == ECONNREFUSED { hasAnswered = false }
        return
      }
    }
    loop.later { [weak self] in self?.takeAnswers() }
  }
}
