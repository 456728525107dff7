/// Looks for Ctrl-P Ctrl-Q among what is typed: the keys that leave a terminal and let its
/// container run.
struct DetachKeys {
  private static let first: UInt8 = 0x10
  private static let second: UInt8 = 0x11
  private var hasFirst = false

  /// What goes through to the container; `leaves` when the keys were there, and what was typed
  /// after them is forgotten.
  mutating func filter(_ typed: some Sequence<UInt8>) -> (through: [UInt8], leaves: Bool) {
    var through: [UInt8] = []
    for byte in typed {
      if hasFirst, byte == DetachKeys.second { return (through, true) }
      if hasFirst { through.append(DetachKeys.first) }
      hasFirst = byte == DetachKeys.first
      if !hasFirst { through.append(byte) }
    }
    return (through, false)
  }
}
