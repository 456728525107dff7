import Glibc

/// Calling programs of the host that are told by their input what to do, as children of the loop.
extension Supervisor {
  /// What such a program left behind.
  struct ToolEnd {
    let status: ExitStatus
    let output: [UInt8]
    let errors: [UInt8]
  }

  /// Runs a tool and answers nil, or why it failed.
  ///
  /// - Parameter network: the network namespace that it works in; nil is ours.
  func run(
    _ tool: HostTool, in network: OwnedDescriptor? = nil, then: @escaping (String?) -> Void
  ) {
    do {
      var program = try tool.program()
      program.namespaces = network.map { [$0.raw] } ?? []
      try run(program, input: tool.input, within: HostTool.patience) { end in
        then(tool.failure(end.status, errors: end.errors))
      }
    } catch {
      then("\(error)")
    }
  }

  /// The program dies with us: what it was doing is begun again by the supervisor that comes after.
  func run(
    _ program: Program, input: String, within limit: Duration, keeping longest: Int = 65536,
    then: @escaping (ToolEnd) -> Void
  ) throws(SyscallError) {
    let input = try Program.inputFile(Array(input.utf8))
    let output = try OutputCapture(loop, keeping: longest)
    let errors = try OutputCapture(loop, keeping: longest)
    var program = program
    program.descriptors = [input.raw, output.writer?.raw ?? -1, errors.writer?.raw ?? -1]
    program.deathSignal = SIGKILL
    do throws(SyscallError) {
      try loop.run(program, within: limit) { status in
        then(ToolEnd(status: status, output: output.finish(), errors: errors.finish()))
      }
    } catch {
      output.close()
      errors.close()
      throw error
    }
    output.wasStarted()
    errors.wasStarted()
  }
}
