import Glibc

/// One end of a forwarded connection: its socket and what the kernel last said can be done with it.
struct End {
  private(set) var socket: OwnedDescriptor
  var token: UInt64?
  var isReadable = false
  var isWritable = false

  init(_ socket: OwnedDescriptor) { self.socket = socket }

  /// Closes the socket before its successor is made, which may get the last free descriptor.
  mutating func replace(
    _ make: () throws(SyscallError) -> OwnedDescriptor
  ) throws(SyscallError) {
    self = End(OwnedDescriptor(owning: -1))
    socket = try make()
  }

  mutating func learn(_ events: EpollEvents) {
    let over: EpollEvents = [.hangup, .error]
    if !events.isDisjoint(with: over.union([.readable, .readHangup])) { isReadable = true }
    if !events.isDisjoint(with: over.union(.writable)) { isWritable = true }
  }

  /// 0 at the end, nil when nothing is there.
  mutating func read(into bytes: inout [UInt8]) throws(SyscallError) -> Int? {
    let count = try checkedUnlessBusy("read", "") {
      bytes.withUnsafeMutableBytes { Glibc.read(socket.raw, $0.baseAddress, $0.count) }
    }
    if count == nil { isReadable = false }
    return count
  }

  /// How many bytes were taken.
  mutating func write(_ bytes: ArraySlice<UInt8>) throws(SyscallError) -> Int {
    let count = try checkedUnlessBusy("write", "") {
      bytes.withUnsafeBytes { Glibc.write(socket.raw, $0.baseAddress, $0.count) }
    }
    if count == nil { isWritable = false }
    return count ?? 0
  }
}

/// One of the two directions of a connection, which ends on its own: the source's end of file is
/// passed on once everything before it was. What the target did not take is kept, at most one
/// buffer full, and nothing more is read until it is gone.
struct Way {
  private enum State {
    case open
    /// The source has ended, the target does not know yet.
    case ending
    case ended
  }

  private var held: ArraySlice<UInt8> = []
  private var state = State.open

  var isEnded: Bool { state == .ended }

  /// Moves what can be moved now; false when there was more than fits in one turn. With
  /// `bytesOnly` an end is not passed on: after a failure it would look like an orderly one.
  mutating func move(
    from source: inout End, to target: inout End, by scratch: inout [UInt8],
    bytesOnly: Bool = false
  ) throws(SyscallError) -> Bool {
    for _ in 0..<ForwardLoop.turn {
      if !held.isEmpty {
        guard target.isWritable else { return true }
        held = held.dropFirst(try target.write(held))
        if held.isEmpty { held = [] }
        continue
      }
      switch state {
      case .ended: return true
      case .ending:
        if bytesOnly { return true }
        try checked("shutdown", "") { shutdown(target.socket.raw, CInt(SHUT_WR)) }
        state = .ended
      case .open:
        guard source.isReadable, target.isWritable else { return true }
        guard let count = try source.read(into: &scratch) else { return true }
        if count == 0 {
          state = .ending
        } else {
          let written = try target.write(scratch[..<count])
          if written < count { held = Array(scratch[written..<count])[...] }
        }
      }
    }
    return false
  }
}
