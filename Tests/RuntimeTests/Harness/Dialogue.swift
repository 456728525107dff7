import Glibc

@testable import PodShim

/// A conversation with a program that runs: what is typed goes in, what it prints is read until it
/// says what is expected.
///
/// Over a pair of pipes, or over a pseudo-terminal that the program takes for its own. Both its
/// outputs come as one. It is killed when the conversation is dropped.
final class Dialogue {
  private let child: Child
  private var input: OwnedDescriptor?
  private let output: OwnedDescriptor
  private let isTerminal: Bool
  /// Everything that was printed so far.
  private(set) var transcript: [UInt8] = []
  /// Up to here it was expected.
  private var place = 0
  /// Nobody has the other side open any more.
  private var isOver = false

  var pid: pid_t { child.pid }
  var text: String { String(decoding: transcript, as: UTF8.self) }

  struct Surprise: Error, CustomStringConvertible {
    var description: String
  }

  init(_ program: Program, onTerminal: Bool = false) throws {
    var program = program
    isTerminal = onTerminal
    if onTerminal {
      let terminal = try Terminal.openPseudoTerminal()
      let master = OwnedDescriptor(owning: try terminal.master.duplicate().release())
      let slave = try FileDescriptor.open(terminal.slavePath, O_RDWR | O_NOCTTY)
      try Terminal.setSize(slave.raw, Terminal.Size(rows: 24, columns: 80))
      program.descriptors = [slave.raw, slave.raw, slave.raw]
      program.newSession = true
      program.controllingTerminal = true
      child = try program.spawn()
      (input, output) = (master, master)
    } else {
      let (reader, writer) = try Pipe.make().split()
      let (answers, ends) = try Pipe.make().split()
      program.descriptors = [reader.raw, ends.raw, ends.raw]
      child = try program.spawn()
      (input, output) = (writer, answers)
    }
    try output.setNonblocking()
  }

  deinit {
    guard child.status == nil else { return }
    try? child.signal(SIGKILL)
    _ = try? child.wait()
  }

  func type(_ text: String) throws {
    try input?.writeAll(Array(text.utf8))
  }

  /// Types a text that may be too long to be taken at once, and reads what is answered meanwhile.
  func typeAll(_ text: String, within limit: Duration = .seconds(15)) throws {
    guard let input else { return }
    try input.setNonblocking()
    let deadline = Clock.boot() + limit
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      rest = rest.dropFirst(try input.write(rest) ?? 0)
      while try take() {}
      var ready = pollfd(fd: input.raw, events: Int16(POLLOUT), revents: 0)
      guard poll(&ready, 1, 100) >= 0, Clock.boot() < deadline else {
        throw Surprise(description: "\(rest.count) bytes are not taken")
      }
    }
  }

  /// Makes the terminal another size.
  func resize(rows: UInt16, columns: UInt16) throws {
    try Terminal.setSize(output.raw, Terminal.Size(rows: rows, columns: columns))
  }

  /// There is nothing more to read for the program. On a terminal that is a key.
  func closeInput() throws {
    if isTerminal { try type("\u{4}") } else { input = nil }
  }

  func signal(_ signal: CInt) throws { try child.signal(signal) }

  /// Waits until the program prints `text`, after what was expected before.
  func expect(_ text: String, within limit: Duration = .seconds(15)) throws {
    let wanted = Array(text.utf8)
    let deadline = Clock.boot() + limit
    while true {
      if let end = transcript[place...].end(of: wanted) {
        place = end
        return
      }
      guard try read(until: deadline) else {
        throw Surprise(
          description: "waited for `\(text)`, and got: \(String(reflecting: self.text))")
      }
    }
  }

  /// Reads to the end of the program; what it has left behind may print on.
  func end(within limit: Duration = .seconds(15)) throws -> ExitStatus {
    let deadline = Clock.boot() + limit
    while try child.reap() == nil {
      _ = try take()
      guard try wait(until: deadline) else {
        throw Surprise(description: "it goes on, having said: \(String(reflecting: text))")
      }
    }
    while try take() {}
    return try child.wait()
  }

  /// False when nothing comes any more, or not in time.
  private func read(until deadline: Duration) throws -> Bool {
    while try !take() {
      if try isOver || !wait(until: deadline) { return false }
    }
    return true
  }

  /// Until there may be something to read, or the program has ended; false after the deadline.
  private func wait(until deadline: Duration) throws -> Bool {
    let left = deadline - Clock.boot()
    guard left > .zero else { return false }
    var watched = [pollfd(fd: isOver ? -1 : output.raw, events: Int16(POLLIN), revents: 0)]
    if try child.reap() == nil {
      watched.append(pollfd(fd: child.pidfd.raw, events: Int16(POLLIN), revents: 0))
    }
    let milliseconds: Double = left / .milliseconds(1)
    poll(&watched, nfds_t(watched.count), CInt(min(milliseconds, 100)) + 1)
    return true
  }

  /// What is there now; false when that is nothing.
  private func take() throws -> Bool {
    guard !isOver else { return false }
    var bytes = [UInt8](repeating: 0, count: 65536)
    do throws(SyscallError) {
      guard let count = try output.read(into: &bytes) else { return false }
      isOver = count == 0
      transcript += bytes[..<count]
    } catch {
      // The other side of a terminal is closed.
      guard error.errno == EIO else { throw error }
      isOver = true
    }
    return !isOver
  }
}

extension ArraySlice<UInt8> {
  /// Behind the first place where `bytes` stand.
  fileprivate func end(of bytes: [UInt8]) -> Int? {
    guard count >= bytes.count else { return nil }
    return (startIndex...(endIndex - bytes.count)).first { self[$0...].starts(with: bytes) }
      .map { $0 + bytes.count }
  }
}
