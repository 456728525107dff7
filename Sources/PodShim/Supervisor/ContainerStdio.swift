import Glibc

/// Standard input, output and error of one run, as pipes or as a terminal.
///
/// Both ends of every pipe are in the keeper's hands too, under names that say whose they are: a
/// container never meets a closed pipe because its supervisor died, and a supervisor that comes
/// back gets the same ends again.
struct ContainerStdio {
  /// Our ends; `input` is nil for a container that reads nothing, both others for a terminal.
  var input: OwnedDescriptor?
  var output: OwnedDescriptor?
  var errors: OwnedDescriptor?
  var terminal: OwnedDescriptor?
  /// What the container gets as 0, 1 and 2; empty when it was made by an earlier supervisor.
  var childEnds: [OwnedDescriptor] = []

  /// What there is to read from.
  var sources: [OwnedDescriptor] { [output, errors, terminal].compactMap { $0 } }

  /// Our ends, by the names that the keeper knows them by.
  func named(_ run: String) -> [(name: String, descriptor: OwnedDescriptor)] {
    let all = [("stdin", input), ("stdout", output), ("stderr", errors), ("terminal", terminal)]
    return all.compactMap { name, end in end.map { ("\(run) \(name)", $0) } }
  }

  /// Every name that the keeper knows parts of a run by.
  static func names(_ run: String) -> [String] {
    ["stdin", "stdin-reader", "stdout", "stdout-writer", "stderr", "stderr-writer", "terminal"]
      .map { "\(run) \($0)" }
  }

  /// A container that prints much waits less for us, and we are woken less often.
  private static let outputCapacity: CInt = 512 << 10

  /// - Parameter owner: the user of the container, who may have to open `/dev/stdout` again.
  static func pipes(
    for run: String, withInput: Bool, owner: (uid: uid_t, gid: gid_t), keeper: KeeperLink
  ) throws(SyscallError) -> ContainerStdio {
    var stdio = ContainerStdio()
    func make(_ name: String, ours: String) throws(SyscallError) -> (
      OwnedDescriptor, OwnedDescriptor
    ) {
      let isInput = name == "stdin"
      let (reader, writer) = try Pipe.make(capacity: isInput ? nil : outputCapacity).split()
      _ = fchown(reader.raw, owner.uid, owner.gid)
      try keeper.hold((isInput ? writer : reader).raw, as: "\(run) \(name)")
      try keeper.hold((isInput ? reader : writer).raw, as: "\(run) \(ours)")
      return (reader, writer)
    }
    if withInput {
      let (reader, writer) = try make("stdin", ours: "stdin-reader")
      try writer.setNonblocking()
      stdio.input = writer
      stdio.childEnds.append(reader)
    } else {
      stdio.childEnds.append(OwnedDescriptor(try FileDescriptor.open("/dev/null", O_RDONLY)))
    }
    let (output, outputWriter) = try make("stdout", ours: "stdout-writer")
    let (errors, errorWriter) = try make("stderr", ours: "stderr-writer")
    for reader in [output, errors] { try reader.setNonblocking() }
    stdio.output = output
    stdio.errors = errors
    stdio.childEnds += [outputWriter, errorWriter]
    return stdio
  }

  /// What the keeper held of a run that goes on.
  static func held(for run: String, keeper: KeeperLink) -> ContainerStdio {
    var stdio = ContainerStdio()
    stdio.input = keeper.held["\(run) stdin"]
    stdio.output = keeper.held["\(run) stdout"]
    stdio.errors = keeper.held["\(run) stderr"]
    stdio.terminal = keeper.held["\(run) terminal"]
    return stdio
  }
}
