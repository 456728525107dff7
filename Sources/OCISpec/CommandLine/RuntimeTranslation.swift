/// A command line as the runtime beneath reads it, and what is left over for podshim to do.
///
/// A function of the command line and the dialect alone. Flags come first, each once, as
/// `--name=value`: every runtime reads that.
public struct RuntimeTranslation: Equatable, Sendable {
  /// For the runtime, without the program.
  public var arguments: [String]
  /// Those that stand before the verb.
  public private(set) var globals: [String] = []
  /// What the runtime lacks and somebody has to do; empty when the runtime can take our place.
  public var left: [GivenFlag] = []

  /// A flag that nobody can honour here.
  public struct Refused: Error, Equatable, CustomStringConvertible {
    public var runtime: String
    public var verb: String
    public var flag: String
    public var reason: String

    public var description: String {
      "`\(runtime) \(verb)` has no --\(flag): \(reason); leave it out, or use another runtime"
    }
  }

  /// - Throws: `Refused`, `UnknownSignal`.
  public init(_ line: RuntimeCommandLine, for dialect: RuntimeDialect) throws {
    arguments = []
    for given in line.globals where given.flag.name != "runtime" {
      if let given = RuntimeTranslation.fitting(given, dialect) { try add(given, of: "", dialect) }
    }
    globals = arguments
    guard let verb = line.verb else { return }
    arguments.append(verb.name)
    for given in line.flags {
      // crun has no word for "no limit" here.
      if dialect.isCrun, given.flag.name == "pids-limit", given.value == "-1" {
        left.append(given)
        continue
      }
      try add(RuntimeTranslation.counted(given, verb, dialect), of: verb.name, dialect)
    }
    let operands = try RuntimeTranslation.numbered(line.operands, verb)
    if operands.first?.hasPrefix("-") == true { arguments.append("--") }
    arguments += operands
  }

  /// crun takes any word that it does not know for the signal 0, and succeeds.
  private static func numbered(
    _ operands: [String], _ verb: RuntimeVerb
  ) throws(UnknownSignal) -> [String] {
    guard verb.name == "kill", operands.count == 2, operands[1] != "0" else { return operands }
    guard let number = SignalName.number(operands[1]) else {
      throw UnknownSignal(name: operands[1])
    }
    return [operands[0], "\(number)"]
  }

  /// crun wants sizes in bytes, where runc also reads `64m`.
  private static func counted(
    _ given: GivenFlag, _ verb: RuntimeVerb, _ dialect: RuntimeDialect
  ) -> GivenFlag {
    guard verb.name == "update", dialect.isCrun, given.flag.name.contains("memory"),
      let last = given.value?.lowercased().last,
      let power = ["k", "m", "g", "t"].firstIndex(of: String(last)),
      let count = Int64(given.value?.dropLast() ?? "")
    else { return given }
    let (bytes, isTooMuch) = count.multipliedReportingOverflow(by: 1 << (10 * (power + 1)))
    return isTooMuch ? given : GivenFlag(given.flag, "\(bytes)")
  }

  public struct UnknownSignal: Error, Equatable, CustomStringConvertible {
    public var name: String

    public init(name: String) { self.name = name }

    public var description: String { "unknown signal \"\(name)\"" }
  }

  private mutating func add(
    _ given: GivenFlag, of verb: String, _ dialect: RuntimeDialect
  ) throws(Refused) {
    switch dialect.remedy(for: given.flag, of: verb) {
    case nil: arguments.append(given.argument)
    case .leaveOut: break
    case .replace(let value, let name): if given.value == value { arguments.append("--\(name)") }
    case .podshim: left.append(given)
    case .refuse(let reason):
      throw Refused(runtime: dialect.name, verb: verb, flag: given.flag.name, reason: reason)
    }
  }

  /// crun takes what stands before a colon for the kind of a log; no other runtime knows kinds.
  private static func fitting(_ given: GivenFlag, _ dialect: RuntimeDialect) -> GivenFlag? {
    guard given.flag.name == "log", let value = given.value else { return given }
    let log = LogTarget(value)
    if dialect.isCrun {
      return GivenFlag(given.flag, value.contains(":") ? log.text : value)
    }
    guard case .file(let path) = log else { return nil }
    return GivenFlag(given.flag, path)
  }
}
