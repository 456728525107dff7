import Glibc

/// The log of one run of a container, read from a place towards the end as it grows.
final class RunLog {
  let run: Int
  private let file: FileDescriptor
  private var position: Int64
  private var lines = LogLines()

  private static let piece = 1 << 18

  /// - Parameter tail: so many of the last lines; nil is all of them.
  init(_ folder: String, run: Int, tail: Int? = nil) throws(SyscallError) {
    let file = try FileDescriptor.open("\(folder)/\(run).log", O_RDONLY)
    position = try RunLog.start(ofLast: tail, in: file)
    self.run = run
    self.file = file
  }

  /// Calls `each` for every line that has been written since the last call.
  func read(_ each: (LogLines.Line) throws -> Void) throws {
    while true {
      let bytes = try file.read(from: position, max: RunLog.piece)
      if bytes.isEmpty { return }
      position += Int64(bytes.count)
      for line in lines.take(bytes) { try each(line) }
    }
  }

  /// Where the last `count` lines begin. As the kubelet, it counts the parts of a long line.
  private static func start(
    ofLast count: Int?, in file: borrowing FileDescriptor
  ) throws(SyscallError) -> Int64 {
    guard let count else { return 0 }
    var end = try file.size()
    if count <= 0 { return end }
    // The newline at the very end closes the last line, it does not begin one.
    var left = count + 1
    while end > 0 {
      let from = max(0, end - Int64(RunLog.piece))
      var bytes = try file.read(from: from, max: Int(end - from))[...]
      while let last = bytes.lastIndex(of: newline) {
        left -= 1
        if left == 0 { return from + Int64(last) + 1 }
        bytes = bytes[..<last]
      }
      end = from
    }
    return 0
  }
}

extension RunLog {
  /// The runs that have a log, in their order.
  static func runs(in folder: String) -> [Int] {
    let names = (try? Files.list(folder)) ?? []
    return names.compactMap { $0.hasSuffix(".log") ? Int($0.dropLast(4)) : nil }.sorted()
  }
}
