import Glibc

/// The exits of a pod's processes, in the order in which the kernel told them.
///
/// The keeper appends one line before it lets a pid go, so a pid in use cannot be in here twice
/// after the position at which its process was begun. A line is
/// `<pid> exited|signaled <number> <nanoseconds since boot>`.
struct Journal {
  struct Entry: Equatable {
    var pid: Int32
    var status: ExitStatus
    /// Time since boot.
    var at: Duration
  }

  /// What has been read so far; entries before `offset` are known.
  private(set) var offset: Int64 = 0
  private let path: String

  init(path: String, offset: Int64 = 0) {
    self.path = path
    self.offset = offset
  }

  /// The entries written since the last call, and where in the journal each begins; a line still
  /// being written waits for the next one.
  mutating func readNew() throws(SyscallError) -> [(position: Int64, entry: Entry)] {
    let file = try FileDescriptor.open(path, O_RDONLY)
    let bytes = try file.read(from: offset)
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    let start = offset
    offset += Int64(end) + 1
    return bytes[..<end].split(separator: UInt8(ascii: "\n")).compactMap { line in
      Journal.parse(String(decoding: line, as: UTF8.self))
        .map { (start + Int64(line.startIndex), $0) }
    }
  }

  static func parse(_ line: String) -> Entry? {
    let words = line.split(separator: " ")
    guard words.count == 4, let pid = Int32(words[0]), let number = CInt(words[2]),
      let nanoseconds = Int64(words[3])
    else { return nil }
    let at = Duration.nanoseconds(nanoseconds)
    switch words[1] {
    case "exited": return Entry(pid: pid, status: .exited(number), at: at)
    case "signaled": return Entry(pid: pid, status: .signaled(number), at: at)
    default: return nil
    }
  }

  static func line(_ entry: Entry) -> String {
    let time = entry.at.components
    let nanoseconds = time.seconds * 1_000_000_000 + time.attoseconds / 1_000_000_000
    switch entry.status {
    case .exited(let code): return "\(entry.pid) exited \(code) \(nanoseconds)\n"
    case .signaled(let signal): return "\(entry.pid) signaled \(signal) \(nanoseconds)\n"
    }
  }
}
