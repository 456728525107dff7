import Glibc
import OCISpec

/// crun or runc beneath us: which one it is, and how it takes over.
struct LowerRuntime {
  var dialect: RuntimeDialect
  var path: String

  init(name: String, path: String) {
    dialect = RuntimeDialect(of: name)
    self.path = path
  }

  /// The one that `--runtime` names, else the link, else `PODSHIM_RUNTIME`, else the first that
  /// works here. Engines call us with another environment for each verb, and another runtime may
  /// be installed tomorrow: so unless it was named, whoever has a record of the container is taken.
  static func chosen(for line: RuntimeCommandLine, link: String) throws -> LowerRuntime {
    let suffix = link.dropFirst(RuntimeProgram.name.count + 1)
    if let wanted = line.globals.value("runtime") ?? (suffix.isEmpty ? nil : String(suffix)) {
      // What stands in its way here, it says itself.
      guard let path = find(wanted) else {
        throw RuntimeCall.Failure(description: "runtime `\(wanted)` not found: install it")
      }
      return LowerRuntime(name: String(path.split(separator: "/").last ?? ""), path: path)
    }
    let wish = getenv("PODSHIM_RUNTIME").map { String(cString: $0) } ?? "auto"
    if let owner = RuntimeRecord.owner(line, preferred: wish), let path = find(owner) {
      return LowerRuntime(name: owner, path: path)
    }
    return try choose(wish)
  }

  private static func choose(_ wanted: String) throws -> LowerRuntime {
    let choice = RuntimeChoice(
      wanted: wanted.isEmpty ? "auto" : wanted, find: find,
      hybridControllers: CgroupMode.hybridControllers())
    let (name, path) = try choice.choose()
    return LowerRuntime(name: name, path: path)
  }

  /// podman stops containers without a PATH.
  private static func find(_ name: String) -> String? {
    // That would be us, for ever.
    if name.split(separator: "/").last?.hasPrefix(RuntimeProgram.name) == true { return nil }
    return Program.find(name) ?? Program.find(name, path: Program.usualPath)
  }

  /// Becomes the runtime: returns only when that fails.
  func take(_ arguments: [String]) throws(SyscallError) -> CInt {
    throw Program.replaceSelf(with: [path] + arguments)
  }

  /// Runs it as a child that has our descriptors, and waits.
  ///
  /// - Parameter preserved: how many behind standard error it gets too.
  func call(_ arguments: [String], preserving preserved: Int = 0) throws -> CInt {
    var program = Program(path, [path] + arguments)
    program.descriptors = (0..<CInt(3 + preserved)).map { $0 }
    // As if we were it: who kills us means it.
    program.deathSignal = SIGKILL
    return try program.spawn().wait().code
  }

  /// What it prints, by itself; nil when it fails.
  func answer(_ arguments: [String]) -> [UInt8]? {
    var program = Program(path, [path] + arguments)
    program.descriptors = [-1, -1, -1]
    guard let result = try? program.run(), result.status == .exited(0) else { return nil }
    return result.output
  }
}
