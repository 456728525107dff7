import Glibc

/// The log of one run of a container, read from a place towards the end as it grows.
///
/// Whoever follows it is taken through rotations: every line once, in order, for as long as the
/// files are there. Only whole lines are passed on: a torn one is written again.
final class RunLog {
  let run: Int
  private let files: RunFiles
  private var file: RunFiles.Opened
  private var position: Int64 = 0
  private var lines = LogLines()

  private static let piece = 1 << 18

  /// The present file, as kubectl shows it.
  /// - Parameter tail: so many of its last lines; nil is all of them.
  init(_ folder: String, run: Int, tail: Int? = nil) throws(SyscallError) {
    self.run = run
    files = RunFiles(folder: folder, name: "\(run).log")
    file = try files.present()
    position = try RunLog.start(ofLast: tail, in: file.descriptor)
  }

  /// All that there is, to be followed from the oldest line on.
  init(wholeOf run: Int, in folder: String) throws(SyscallError) {
    self.run = run
    files = RunFiles(folder: folder, name: "\(run).log")
    file = try files.oldest()
  }

  /// Calls `each` for every line of the file that has been written since the last call.
  func read(_ each: (LogLines.Line) throws -> Void) throws {
    while true {
      var bytes = try file.descriptor.read(from: position, max: RunLog.piece)
      if let last = bytes.lastIndex(of: newline) {
        bytes.removeSubrange((last + 1)...)
      } else if bytes.count < RunLog.piece {
        return
      }
      position += Int64(bytes.count)
      for line in lines.take(bytes) { try each(line) }
    }
  }

  /// The same, and on through the files that came after it.
  func follow(_ each: (LogLines.Line) throws -> Void) throws {
    while true {
      try read(each)
      guard let next = try files.next(after: &file) else { return }
      // What came between our reading and its end; nothing is written to it any more.
      try read(each)
      file = next
      position = 0
    }
  }

  /// Where the last `count` lines begin. As the kubelet, it counts the parts of a long line.
  private static func start(
    ofLast count: Int?, in file: OwnedDescriptor
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
