import Glibc

/// What a program that was run to its end left behind.
struct ProgramResult {
  var status: ExitStatus
  var output: [UInt8]
  var errors: [UInt8]

  var succeeded: Bool { status == .exited(0) }
  var outputText: String { String(decoding: output, as: UTF8.self) }
  var errorText: String { String(decoding: errors, as: UTF8.self) }
}

extension Program {
  /// Runs the program to its end and collects both its outputs; for commands, not for a loop. It
  /// ends with the program, not with the pipes, which a daemon left behind may hold. Past
  /// `timeout` the program is killed and the error is ETIMEDOUT.
  ///
  /// - Parameters:
  ///   - interval: how often `goesOn` is called.
  ///   - goesOn: answers false to have the program killed as if its time were over.
  func run(
    input: [UInt8] = [], timeout: Duration? = nil, each interval: Duration? = nil,
    while goesOn: () -> Bool = { true }
  ) throws(SyscallError) -> ProgramResult {
    let source = try Program.inputFile(input)
    var output = try Collector()
    var errors = try Collector()
    var program = self
    let own: [CInt] = [source.raw, output.writer?.raw ?? -1, errors.writer?.raw ?? -1]
    program.descriptors = own + descriptors.dropFirst(3)
    let child = try program.spawn()
    output.writer = nil
    errors.writer = nil

    let deadline = timeout.map { Clock.boot() + $0 }
    while try child.reap() == nil {
      let moments = [deadline, interval.map { Clock.boot() + $0 }].compactMap { $0 }
      try poll([output, errors], child, until: moments.min())
      try output.drain()
      try errors.drain()
      let isLate = deadline.map { $0 <= Clock.boot() } ?? false
      guard isLate || !goesOn(), try child.reap() == nil else { continue }
      try child.signal(SIGKILL)
      _ = try child.wait()
      throw SyscallError("run", path, errno: ETIMEDOUT)
    }
    try output.drain()
    try errors.drain()
    return ProgramResult(status: try child.wait(), output: output.bytes, errors: errors.bytes)
  }

  /// A file in memory: whatever a program reads of it, nobody waits and nobody gets SIGPIPE.
  static func inputFile(_ input: [UInt8]) throws(SyscallError) -> OwnedDescriptor {
    if input.isEmpty { return OwnedDescriptor(try FileDescriptor.open("/dev/null", O_RDONLY)) }
    return try OwnedDescriptor.memory("input", holding: input)
  }

  /// Waits for output, for the end or for the moment.
  private func poll(
    _ collectors: [Collector], _ child: Child, until moment: Duration?
  ) throws(SyscallError) {
    var milliseconds: CInt = -1
    if let moment {
      let rest = max(moment - Clock.boot(), .zero)
      milliseconds = CInt(clamping: Int64(rest / .milliseconds(1)) + 1)
    }
    var watched = collectors.filter { !$0.ended }.map {
      pollfd(fd: $0.reader.raw, events: Int16(POLLIN), revents: 0)
    }
    watched.append(pollfd(fd: child.pidfd.raw, events: Int16(POLLIN), revents: 0))
    try checked("poll", path) { Glibc.poll(&watched, nfds_t(watched.count), milliseconds) }
  }
}

/// The reading end of one output, and what came out of it.
private struct Collector {
  let reader: OwnedDescriptor
  var writer: OwnedDescriptor?
  var bytes: [UInt8] = []
  var ended = false

  init() throws(SyscallError) {
    let pipe = try Pipe.make(nonblockingRead: true)
    let parts = pipe.split()
    reader = parts.reader
    writer = parts.writer
  }

  mutating func drain() throws(SyscallError) {
    var chunk = [UInt8](repeating: 0, count: 65536)
    while !ended, let count = try reader.read(into: &chunk) {
      bytes += chunk[..<count]
      ended = count == 0
    }
  }
}
