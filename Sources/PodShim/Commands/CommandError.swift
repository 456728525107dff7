import PodModel

/// Why a command could not do what it was asked for, in kubectl's words.
///
/// What the API server would refuse begins with `Error: `, what kubectl itself refuses with
/// `error: `. Exit status 1.
struct CommandError: Error, Equatable, CustomStringConvertible {
  var description: String
  /// Something that was named is not there.
  private(set) var isNotFound = false
  /// Something is not to be changed as was wished.
  private(set) var isInvalid = false

  /// What kubectl would find out by itself.
  init(_ message: String) {
    description = "error: \(message)"
  }

  /// What a server would answer.
  static func refused(_ message: String) -> CommandError {
    var error = CommandError("")
    error.description = "Error: \(message)"
    return error
  }

  /// What is wrong with an object that is to be changed.
  static func invalid(_ name: String, _ errors: [PodError], kind: Kind = .pod) -> CommandError {
    var error = CommandError("")
    error.isInvalid = true
    let lines = errors.map(\.description)
    error.description =
      "The \(kind.rawValue) \"\(name)\" is invalid: "
      + (lines.count == 1 ? lines[0] : lines.map { "\n* \($0)" }.joined())
    return error
  }

  static func notFound(_ pod: String) -> CommandError { notFound(.pod, pod) }

  static func notFound(_ kind: ResourceKind, _ name: String) -> CommandError {
    var error = refused("\(kind.resource) \"\(name)\" not found")
    error.isNotFound = true
    return error
  }

  /// What was waited for has not come.
  static func isLate(_ kind: ResourceKind, _ name: String) -> CommandError {
    CommandError("timed out waiting for the condition on \(kind.resource)/\(name)")
  }

  /// - Throws: when `live` is not the version of it that a change was made for.
  static func check(_ live: some NamedObject, is version: String?) throws(CommandError) {
    guard !live.metadata.isVersion(version) else { return }
    throw refused(
      "Operation cannot be fulfilled on \(live.resourceKind.resource) "
        + "\(live.metadata.name.quoted): the object has been modified; "
        + "please apply your changes to the latest version and try again")
  }
}

/// Several things that went wrong independently of each other: each is a line.
struct CommandErrors: Error, CustomStringConvertible {
  var errors: [any Error]
  /// Lines that follow them.
  var remarks: [String] = []

  /// Does `work` for each, also after one for which it failed; throws all that went wrong.
  static func collect<Each>(
    over all: some Sequence<Each>, _ work: (Each) throws -> Void
  ) throws {
    var errors: [any Error] = []
    for each in all {
      do {
        try work(each)
      } catch {
        errors.append(error)
      }
    }
    guard errors.isEmpty else { throw CommandErrors(errors: errors) }
  }

  var description: String {
    (errors.map(ErrorText.of) + remarks).joined(separator: "\n")
  }
}

/// Any error as the line that a person reads.
enum ErrorText {
  static func of(_ error: any Error) -> String {
    switch error {
    case let error as CommandError: error.description
    case let errors as CommandErrors: errors.description
    default: "error: \(error)"
    }
  }
}
