import CLinux
import Glibc

/// A local socket that carries descriptors beside bytes. Packets by default: one `send` is one
/// `receive`. A peer that is gone is an error (EPIPE), never a signal.
struct UnixSocket: ~Copyable, RawDescriptor {
  enum Kind {
    case packets, stream

    var type: CInt {
      switch self {
      case .packets: CInt(SOCK_SEQPACKET.rawValue)
      case .stream: CInt(SOCK_STREAM.rawValue)
      }
    }
  }

  struct Message {
    var bytes: [UInt8]
    var descriptors: [OwnedDescriptor]
    /// The other end is closed: nothing more will come.
    var isEnd: Bool { bytes.isEmpty && descriptors.isEmpty }
  }

  struct Pair: ~Copyable {
    var first: UnixSocket
    var second: UnixSocket
  }

  let descriptor: FileDescriptor
  var raw: CInt { descriptor.raw }

  init(_ descriptor: consuming FileDescriptor) { self.descriptor = descriptor }
  init(owning raw: CInt) { descriptor = FileDescriptor(owning: raw) }

  static func pair(_ kind: Kind = .packets) throws(SyscallError) -> Pair {
    var ends: [CInt] = [-1, -1]
    try checked("socketpair", "") { linux_socket_pair(kind.type, &ends) }
    return Pair(first: UnixSocket(owning: ends[0]), second: UnixSocket(owning: ends[1]))
  }

  /// A socket file of mode 0600 at `path`, in the place of one that was left there.
  static func listen(
    at path: String, kind: Kind = .packets, backlog: CInt = 16
  ) throws(SyscallError) -> UnixSocket {
    let socket = try make(kind)
    try Files.remove(path)
    try withAddress(path) { (address) throws(SyscallError) in
      try checked("bind", path) { linux_bind(socket.raw, address) }
    }
    try checked("listen", path) { Glibc.listen(socket.raw, backlog) }
    return socket
  }

  static func connect(to path: String, kind: Kind = .packets) throws(SyscallError) -> UnixSocket {
    let socket = try make(kind)
    try withAddress(path) { (address) throws(SyscallError) in
      try checked("connect", path) { linux_connect(socket.raw, address) }
    }
    return socket
  }

  /// Says one thing to who listens at `path`, and does not wait for an answer. False when so many
  /// are in line there that one would have to wait for that.
  static func tell(_ bytes: [UInt8], at path: String) throws(SyscallError) -> Bool {
    let socket = try make(.stream)
    try socket.setNonblocking()
    return try withAddress(path) { (address) throws(SyscallError) in
      let connected = try checkedUnlessBusy("connect", path) { linux_connect(socket.raw, address) }
      guard connected != nil else { return false }
      return try socket.send(bytes) == bytes.count
    }
  }

  /// The next connection; nil when the socket is non-blocking and none is there.
  func accept() throws(SyscallError) -> UnixSocket? {
    guard let raw = try checkedUnlessBusy("accept", name, { linux_accept(raw) }) else { return nil }
    return UnixSocket(owning: raw)
  }

  /// How many bytes were taken, all for packets; nil when it would have blocked. The receiver gets
  /// its own copies of the descriptors, at most 253; a stream needs a byte to carry them.
  @discardableResult
  func send(_ bytes: [UInt8], descriptors: [CInt] = []) throws(SyscallError) -> Int? {
    try checkedUnlessBusy("send", name) {
      linux_send(raw, bytes, bytes.count, descriptors, CInt(descriptors.count))
    }
  }

  /// The next packet, or what a stream holds; nil when it would have blocked. A packet longer than
  /// `max` is an error (EMSGSIZE).
  func receive(max: Int = 65536) throws(SyscallError) -> Message? {
    var bytes = [UInt8](repeating: 0, count: max)
    var raws = [CInt](repeating: -1, count: Int(LINUX_MAX_DESCRIPTORS))
    var descriptorCount: CInt = 0
    let count = try checkedUnlessBusy("receive", name) {
      linux_receive(raw, &bytes, max, &raws, &descriptorCount)
    }
    guard let count else { return nil }
    bytes.removeLast(max - count)
    let descriptors = raws[..<Int(descriptorCount)].map { OwnedDescriptor(owning: $0) }
    return Message(bytes: bytes, descriptors: descriptors)
  }

  /// Who made the other end.
  func peer() throws(SyscallError) -> (pid: pid_t, uid: uid_t, gid: gid_t) {
    var peer = linux_peer()
    try checked("getsockopt", name) { linux_peer(raw, &peer) }
    return (peer.pid, peer.uid, peer.gid)
  }

  consuming func close() { descriptor.close() }

  private static func make(_ kind: Kind) throws(SyscallError) -> UnixSocket {
    UnixSocket(owning: try checked("socket", "") { linux_socket(kind.type) })
  }

  /// The kernel takes 107 bytes; a longer path goes by way of its directory's descriptor.
  @discardableResult
  private static func withAddress<Result>(
    _ path: String, _ body: (String) throws(SyscallError) -> Result
  ) throws(SyscallError) -> Result {
    if path.utf8.count <= 107 { return try body(path) }
    let (directory, name) = Files.split(path)
    let parent = try FileDescriptor.open(directory, FileDescriptor.pathOnly | O_DIRECTORY)
    return try body("/proc/self/fd/\(parent.raw)/\(name)")
  }
}
