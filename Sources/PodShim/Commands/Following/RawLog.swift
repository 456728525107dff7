import Glibc

/// What a container printed, on its way to standard output in large pieces, as it was printed.
final class RawLog {
  private var text: [UInt8] = []
  private static let piece = 1 << 16

  func show(_ line: LogLines.Line) throws(SyscallError) {
    text += line.text
    if line.isComplete { text.append(newline) }
    if text.count >= RawLog.piece { try flush() }
  }

  func flush() throws(SyscallError) {
    try Output.write(text, to: STDOUT_FILENO)
    text.removeAll(keepingCapacity: true)
  }
}
