import Glibc
import OCISpec

/// podshim as an OCI runtime: what engines call in the place of crun or runc.
///
/// The runtime beneath does the work. What concerns no pod, and what it can do itself, it is handed
/// by `execve`: the same process, the same descriptors, the same exit status. So nothing here may
/// touch signals, descriptors or the environment before that is decided.
struct RuntimeProgram {
  /// The link under which engines know it. What follows behind a dash is the runtime beneath.
  static let name = "podshim-runtime"
  static let verb = "runtime"

  private let arguments: [String]
  private let link: String

  /// nil when the program was called as something else.
  /// - Parameter words: with the program's name.
  init?(calledAs words: [String]) {
    guard let called = words.first else { return nil }
    let link = String(called.split(separator: "/").last ?? "")
    if link == Self.name || link.hasPrefix(Self.name + "-") {
      self.init(Array(words.dropFirst()), link: link)
    } else if words.dropFirst().first == Self.verb {
      self.init(Array(words.dropFirst(2)), link: Self.name)
    } else {
      return nil
    }
  }

  /// As `podshim runtime` with these words behind it.
  init(_ arguments: [String] = [], link: String = RuntimeProgram.name) {
    self.arguments = arguments
    self.link = link
  }

  /// The exit status; answers only what podshim does itself.
  func run() -> CInt {
    var line = RuntimeCommandLine.none
    do {
      do {
        line = try RuntimeCommandLine(arguments)
      } catch {
        line = error.read
        let runtime = try LowerRuntime.chosen(for: line, link: link)
        try PodMembership.apply(to: line, runtime)
        // The runtime explains best what it does not understand, or is newer than our table.
        return try runtime.take(RuntimeCommandLine.withoutOurs(arguments))
      }
      return try RuntimeCall(line, LowerRuntime.chosen(for: line, link: link)).run()
    } catch {
      RuntimeComplaint(line).say("\(error)")
      return line.verb?.name == "exec" ? RuntimeComplaint.execFailed : EXIT_FAILURE
    }
  }
}
