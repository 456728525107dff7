/// Which file of a container a command line means, by the rules that runc has from Go
/// (`exec.LookPath`), and what to say when it can be none.
///
/// A runtime says it too, but in its own log's words and with its own status. Pure: `look` tells
/// what is at a path. Where that cannot be told, the runtime is left to find out.
struct ProgramSearch {
  /// As the command line has it.
  let name: String
  /// Of the process; nil when it has none.
  let path: String?
  /// Where the process begins.
  let directory: String

  /// What is at a path, for the user of the process.
  enum Finding: Equatable {
    case program, folder, missing
    /// Something on the way is no folder.
    case noFolder
    case forbidden
    case unknown
  }

  /// Why a program cannot be run, and the status of a shell that was asked for it.
  struct Refusal: Equatable {
    var message: String
    var status: Int32
  }

  /// nil when it can be run, or nobody knows.
  func refusal(_ look: (String) -> Finding) -> Refusal? {
    if name.contains("/") { return refusal(at: look(absolute(name))) }
    guard let path else { return nil }
    for folder in path.split(separator: ":", omittingEmptySubsequences: false) {
      // Go finds what is in such a folder, and refuses it: in its own words.
      guard folder.hasPrefix("/") else { return nil }
      switch look("\(folder)/\(name)") {
      case .program, .unknown: return nil
      case .folder, .missing, .noFolder, .forbidden: continue
      }
    }
    return Refusal(message: said("executable file not found in $PATH"), status: 127)
  }

  private func refusal(at finding: Finding) -> Refusal? {
    switch finding {
    case .program, .unknown: nil
    case .folder: Refusal(message: said("is a directory"), status: 126)
    case .forbidden: Refusal(message: said("permission denied"), status: 126)
    case .missing: Refusal(message: said("stat \(name): no such file or directory"), status: 127)
    case .noFolder: Refusal(message: said("stat \(name): not a directory"), status: 127)
    }
  }

  private func said(_ why: String) -> String { "exec: \"\(name)\": \(why)" }

  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(directory)/\(path)"
  }
}
