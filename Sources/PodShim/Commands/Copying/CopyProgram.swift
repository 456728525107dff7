import Glibc

/// The side of `cp` that runs in the container, by the words `copy-files in|out …`.
enum CopyProgram {
  /// Where the program stands in the container: a file in memory that only this process has.
  private static let program: CInt = 3

  /// Starts the side that unpacks what is written to the descriptor. It says itself what goes
  /// wrong, on our standard error.
  static func startReading(
    _ words: [String], in container: RunningContainer
  ) throws -> (Child, OwnedDescriptor) {
    let (reader, writer) = try Pipe.make().split()
    let child = try start(words, in: container, input: reader.raw, output: -1)
    return withExtendedLifetime(reader) { (child, writer) }
  }

  /// Starts the side that packs.
  static func startWriting(
    _ words: [String], in container: RunningContainer
  ) throws -> (Child, OwnedDescriptor) {
    let (reader, writer) = try Pipe.make().split()
    let child = try start(words, in: container, input: -1, output: writer.raw)
    return withExtendedLifetime(writer) { (child, reader) }
  }

  private static func start(
    _ words: [String], in container: RunningContainer, input: CInt, output: CInt
  ) throws -> Child {
    let own = try OwnedDescriptor.memory("podshim", holding: Files.read("/proc/self/exe"))
    let path = "/proc/self/fd/\(program)"
    let process = try container.process([path, "copy-files"] + words)
    let file = try ExecProcess.file(process)
    let arguments = container.runtime.exec(
      container.id, process: "/proc/self/fd/\(program + 1)", preserving: 1)
    var program = Program(arguments[0], arguments)
    program.descriptors = [input, output, STDERR_FILENO, own.raw, file.raw]
    return try withExtendedLifetime((own, file)) { try program.spawn() }
  }

  /// - Parameter words: `in TARGET NAME owners|none` or `out SOURCE`.
  static func run(_ words: [String]) throws -> CInt {
    switch words.first {
    case "in" where words.count == 4:
      let reader = CopyReader(
        from: OwnedDescriptor(owning: STDIN_FILENO), takesLinks: true,
        keepsOwners: words[3] == "owners")
      do {
        try reader.read(into: words[1], or: words[2])
      } catch is CopyReader.Torn {
        // The sender has said why.
        return 1
      }
    case "out" where words.count == 2:
      try CopyWriter(to: OwnedDescriptor(owning: STDOUT_FILENO)).write(words[1])
    default:
      throw CommandError("copy-files wants in TARGET NAME owners|none, or out SOURCE")
    }
    return 0
  }
}
