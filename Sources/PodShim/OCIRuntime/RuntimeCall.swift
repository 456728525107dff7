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
    try refuseInKnownWords()
    let translation = try translated()
    return try runtime.take(translation.arguments)
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

  /// crun 1.8 says of a container that is not there, or not any more, which file it could not open.
  /// Engines look for these words instead.
  private func refuseInKnownWords() throws(Failure) {
    let name = runtime.dialect.name
    guard name == "crun", let id = line.existingID, !line.flags.has("force"),
      !line.flags.has("regex")
    else { return }
    guard !RuntimeRecord.lacks(id, name, line) else {
      throw Failure(description: "container `\(id)` does not exist")
    }
    if line.verb?.name == "kill", let record = RuntimeRecord.path(of: id, name, line),
      RuntimeRecord.hasEnded(crun: record) == true
    {
      throw Failure(description: "container not running: `\(id)`: no such process")
    }
  }
}
