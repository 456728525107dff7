import CLinux
import Glibc

/// Who sent a datagram to which of our addresses. An answer goes back the way it came: from that
/// address, although the socket listens on all of them.
struct DatagramSender: Hashable {
  fileprivate var bytes = [UInt8](repeating: 0, count: Int(LINUX_SENDER_SIZE))
}

extension InternetSocket {
  /// The length of the next datagram, which may be 0, and its sender; nil when there is none.
  static func receive(
    _ socket: CInt, into bytes: inout [UInt8]
  ) throws(SyscallError) -> (count: Int, sender: DatagramSender)? {
    var sender = DatagramSender()
    let count = try checkedUnlessBusy("receive", "") {
      linux_receive_datagram(socket, &bytes, bytes.count, &sender.bytes)
    }
    return count.map { ($0, sender) }
  }

  /// Nil when the network does not take it now: datagrams may be lost.
  @discardableResult
  static func answer(
    _ socket: CInt, _ bytes: ArraySlice<UInt8>, to sender: DatagramSender
  ) throws(SyscallError) -> Int? {
    try checkedUnlessBusy("send", "") {
      bytes.withUnsafeBytes {
        linux_answer_datagram(socket, $0.baseAddress, $0.count, sender.bytes)
      }
    }
  }
}
