import Glibc
import OCISpec

/// One call of an engine, understood: the runtime takes our place, or what it lacks is done for it.
struct RuntimeCall {
  let line: RuntimeCommandLine
  var runtime: LowerRuntime

  /// Something that an engine can tell from a container that is broken.
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  init(_ line: RuntimeCommandLine, _ runtime: LowerRuntime) {
    self.line = line
    self.runtime = runtime
  }

  func run() throws -> CInt {
    do {
      if let operand = try line.existingID.flatMap(PodOperand.find(id:)) {
        let call = PodCall(line: line, operand: operand)
        return try call.run() ?? call.lowered().run()
      }
    } catch is PodOperand.Missing where line.verb?.name == "delete" && line.flags.has("force") {
      // As runtimes do with an id that they do not know.
      return 0
    }
    if let listing = try ContainerListing(line, runtime) {
      try listing.show()
      return 0
    }
    if line.verb?.name == "features" {
      try Output.show(FeaturesAnswer.text(runtime))
      return 0
    }
    try refuseInKnownWords()
    let translation = try translated()
    try PodMembership.apply(to: line, runtime)
    return try pass(translation)
  }

  /// The runtime takes our place, or does what it can while we do the rest.
  private func pass(_ translation: RuntimeTranslation) throws -> CInt {
    let left = Set(translation.left.map(\.flag.name))
    let verb = line.verb?.name ?? ""
    switch verb {
    case "events" where runtime.dialect.isCrun: return try StatsAnswer(call: self).run()
    // Of one that has ended `ps` of crun 1.8 dies of a signal.
    case "ps" where hasEnded:
      try ProcessListing(line, pids: []).show()
      return 0
    case "ps" where showsTable: return try listProcesses(translation)
    case "kill" where hasEnded && !line.flags.has("all"):
      throw Failure(description: "container not running: `\(line.id ?? "")`: no such process")
    case "run" where !left.isEmpty && !line.flags.has("detach"):
      return try ForegroundRun(call: self, translation: translation).run()
    case "exec" where left.contains("additional-gids"):
      let (words, file) = try GroupedExec(self, globals: translation.globals).arguments()
      return try withExtendedLifetime(file) { try runtime.take(words) }
    case "update" where !left.isEmpty:
      return try ProcessorLimits(call: self, translation: translation).run()
    case "kill" where !left.isEmpty, "delete" where !left.isEmpty:
      return try MatchedCalls(call: self, translation: translation).run()
    default: break
    }
    // Of a process that has ended when the runtime leaves there is nothing to hand over.
    guard let handover = PIDFDHandover(translation.left),
      verb == "create" || line.flags.has("detach")
    else { return try runtime.take(translation.arguments) }
    return try hand(over: handover, translation)
  }

  private func hand(
    over handover: PIDFDHandover, _ translation: RuntimeTranslation
  ) throws -> CInt {
    let noted = try NotedPID(line)
    defer { noted.remove() }
    var words = translation.arguments
    words.insert(contentsOf: noted.arguments, at: translation.globals.count + 1)
    let status = try runtime.call(words, preserving: line.preserved)
    if status == 0 { try handover.send(noted.read()) }
    return status
  }

  /// What stands before a verb, but for the log: a question of ours is none of its business.
  var globals: [String] {
    line.globals.value("root").map { ["--root=\($0)"] } ?? []
  }

  /// What the runtime says of the container; nil when there is none.
  func state() -> State? {
    runtime.answer(globals + ["state", line.id ?? ""]).flatMap {
      try? JSON.decode(State.self, from: $0)
    }
  }

  /// crun takes no options for `ps`, and runc does not find it without PATH.
  private var showsTable: Bool {
    line.value("format") ?? "table" == "table"
      && (runtime.dialect.isCrun ? line.operands.count > 1 : getenv("PATH") == nil)
  }

  private func listProcesses(_ translation: RuntimeTranslation) throws -> CInt {
    let words = globals + ["ps", "--format=json", line.id ?? ""]
    guard let text = runtime.answer(words), let pids = try? JSON.decode([Int32].self, from: text)
    else { return try runtime.take(translation.globals + ["ps", "--format=json", line.id ?? ""]) }
    try ProcessListing(line, pids: pids).show()
    return 0
  }

  private func translated() throws -> RuntimeTranslation {
    var dialect = runtime.dialect
    if let verb = line.verb?.name, dialect.isUnsure(of: line),
      let help = runtime.answer([verb, "--help"])
    {
      dialect.learn(String(decoding: help, as: UTF8.self), of: verb)
    }
    return try RuntimeTranslation(line, for: dialect)
  }

  /// crun 1.8 says of a container that is not there, or not any more, which file it could not open,
  /// and of a bundle that is not there nothing in the log. Engines look for these words instead.
  private func refuseInKnownWords() throws {
    let name = runtime.dialect.name
    guard name == "crun", !line.flags.has("force"), !line.flags.has("regex") else { return }
    if let file = line.config { _ = try FileDescriptor.open(file, O_RDONLY) }
    guard let id = line.existingID else { return }
    guard !RuntimeRecord.lacks(id, name, line) else {
      throw Failure(description: "container `\(id)` does not exist")
    }
  }

  /// Whether crun has noted the container and its process is gone.
  private var hasEnded: Bool {
    guard runtime.dialect.isCrun, let id = line.existingID,
      let record = RuntimeRecord.path(of: id, runtime.dialect.name, line)
    else { return false }
    return RuntimeRecord.hasEnded(crun: record) == true
  }
}

extension RuntimeCommandLine {
  /// How many descriptors behind standard error the container gets.
  var preserved: Int { Int(value("preserve-fds") ?? "") ?? 0 }

  /// The file that says what a new container is; nil for other verbs.
  var config: String? {
    guard ["create", "run"].contains(verb?.name) else { return nil }
    return value("config") ?? "\(value("bundle") ?? ".")/config.json"
  }
}
