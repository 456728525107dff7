import Glibc
import OCISpec
import PodModel

/// What crun and runc note of a container, as far as it tells who made it and whether it runs.
///
/// Only looked at, and only for what a runtime says too late or in words that engines do not
/// understand. Where there is nothing to see the runtime is asked.
enum RuntimeRecord {
  /// The file that says that there is a container.
  private static func file(_ runtime: String) -> String? {
    switch runtime {
    case "crun": "status"
    case "runc": "state.json"
    default: nil
    }
  }

  /// The runtime that has a record of the container that a command line is about: `preferred`
  /// when both have.
  static func owner(_ line: RuntimeCommandLine, preferred: String = "auto") -> String? {
    guard let id = line.existingID else { return nil }
    let names = RuntimeChoice.preference
    return (names.filter { preferred.hasSuffix($0) } + names).first {
      path(of: id, $0, line) != nil
    }
  }

  /// The record of a container; nil when there is none in any folder where it may be.
  static func path(of id: String, _ runtime: String, _ line: RuntimeCommandLine) -> String? {
    guard let file = file(runtime), !id.contains("/") else { return nil }
    return roots(of: runtime, line).lazy.map { "\($0)/\(id)/\(file)" }
      .first { Files.exists($0) }
  }

  /// Whether a runtime surely has no container of this id: not so where its folder is unknown.
  static func lacks(_ id: String, _ runtime: String, _ line: RuntimeCommandLine) -> Bool {
    guard file(runtime) != nil, path(of: id, runtime, line) == nil else { return false }
    return line.globals.has("root") || roots(of: runtime, line).contains { Files.isDirectory($0) }
  }

  /// Where runtimes keep their records when nobody says it.
  private static func roots(of runtime: String, _ line: RuntimeCommandLine) -> [String] {
    if let root = line.globals.value("root") { return [root] }
    let user = getenv("XDG_RUNTIME_DIR").map { String(cString: $0) } ?? ""
    return (user.isEmpty ? [] : ["\(user)/\(runtime)"]) + ["/run/\(runtime)"]
  }

  /// Whether the first process of a container of crun is gone; nil when the record does not say.
  static func hasEnded(crun record: String) -> Bool? {
    // Read as a tree: to decode it would take longer than all the rest of a call.
    guard let bytes = try? Files.read(record), let status = YAMLText(bytes).documents.first?.words,
      let pid = status["pid"].flatMap({ Int32($0) })
    else { return nil }
    guard let stat = try? Files.readText("/proc/\(pid)/stat"), !PidFD.isZombie(stat: stat),
      let start = PidFD.startTime(stat: stat)
    else { return true }
    return status["process-start-time"].map { $0 != "\(start)" }
  }
}

extension RuntimeCommandLine {
  /// The id of the container that has to be there already; nil for verbs that make one, or are
  /// about none.
  var existingID: String? {
    switch verb?.name {
    case "create", "run", "restore", "list", "features", "spec", "mounts", nil: nil
    default: id
    }
  }
}
