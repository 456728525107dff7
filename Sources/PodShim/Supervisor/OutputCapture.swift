import Glibc

/// What a hook, a probe or a tool of the host prints: the beginning is kept, the rest is read and
/// let go, so that who prints without end is neither stopped by a full pipe nor takes our memory.
final class OutputCapture {
  /// The kubelet keeps as much of a probe's output (`maxReadLength`).
  static let longest = 10 * 1024

  private(set) var bytes: [UInt8] = []
  private let reader: OwnedDescriptor
  /// For the program; ours is closed once it was started.
  private(set) var writer: OwnedDescriptor?
  private unowned let loop: Loop
  private let most: Int

  /// - Parameter most: bytes that are kept.
  init(_ loop: Loop, keeping most: Int = longest) throws(SyscallError) {
    self.most = most
    let (reader, writer) = try Pipe.make(nonblockingRead: true).split()
    self.reader = reader
    self.writer = writer
    self.loop = loop
    try loop.watch(reader.raw, .readable) { [unowned self] _ in take() }
  }

  func wasStarted() { writer = nil }

  /// What was printed by now, without what comes later.
  func finish() -> [UInt8] {
    take()
    close()
    return bytes
  }

  func close() {
    writer = nil
    loop.unwatch(reader.raw)
  }

  /// One read at a time: other descriptors have their turn between two of them.
  private func take() {
    var buffer = [UInt8](repeating: 0, count: 65536)
    guard let count = (try? reader.read(into: &buffer)) ?? nil else { return }
    // Everybody has closed the other end.
    guard count > 0 else { return loop.unwatch(reader.raw) }
    bytes += buffer[..<count].prefix(most - bytes.count)
  }
}
