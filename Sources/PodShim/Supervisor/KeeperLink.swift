import Glibc

/// What the keeper and its supervisor say to each other over their socket pair.
///
/// One datagram a message: a word, a space, an argument, and at most one descriptor beside it.
enum KeeperMessage: Equatable {
  /// To the keeper: keep this descriptor open, under this name, whatever becomes of me.
  case hold(String)
  case drop(String)
  /// To the keeper: the pod is finished, follow me out.
  case finish
  /// To the supervisor: a descriptor that you gave me before you came back.
  case held(String)
  /// To the supervisor: that was all of them.
  case ready
  /// To the supervisor: the journal has grown.
  case journal

  init?(_ bytes: [UInt8]) {
    let words = String(decoding: bytes, as: UTF8.self).split(separator: " ", maxSplits: 1)
    switch (words.first, words.dropFirst().first) {
    case ("hold", let name?): self = .hold(String(name))
    case ("drop", let name?): self = .drop(String(name))
    case ("held", let name?): self = .held(String(name))
    case ("finish", nil): self = .finish
    case ("ready", nil): self = .ready
    case ("journal", nil): self = .journal
    default: return nil
    }
  }

  var bytes: [UInt8] {
    switch self {
    case .hold(let name): Array("hold \(name)".utf8)
    case .drop(let name): Array("drop \(name)".utf8)
    case .held(let name): Array("held \(name)".utf8)
    case .finish: Array("finish".utf8)
    case .ready: Array("ready".utf8)
    case .journal: Array("journal".utf8)
    }
  }
}

/// The supervisor's end of the link: what the keeper holds for it, by name.
final class KeeperLink {
  private let socket: UnixSocket
  /// What the keeper gave back when this supervisor began.
  private(set) var held: [String: OwnedDescriptor] = [:]

  var raw: CInt { socket.raw }

  /// Takes over `descriptor` and waits for everything that the keeper holds.
  init(descriptor: CInt) throws {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    socket = UnixSocket(owning: descriptor)
    while true {
      guard let message = try socket.receive(), !message.isEnd else { throw KeeperGone() }
      switch KeeperMessage(message.bytes) {
      case .held(let name): held[name] = message.descriptors.first
      case .ready: return
      default: break
      }
    }
  }

  struct KeeperGone: Error {}

  func hold(_ descriptor: CInt, as name: String) throws(SyscallError) {
    try socket.send(KeeperMessage.hold(name).bytes, descriptors: [descriptor])
  }

  func drop(_ name: String) {
    held[name] = nil
    _ = try? socket.send(KeeperMessage.drop(name).bytes)
  }

  func finish() {
    _ = try? socket.send(KeeperMessage.finish.bytes)
  }

  /// One message, or nil when the keeper is gone.
  func receive() throws(SyscallError) -> KeeperMessage? {
    guard let message = try socket.receive(), !message.isEnd else { return nil }
    return KeeperMessage(message.bytes)
  }
}
