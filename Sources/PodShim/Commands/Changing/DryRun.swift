/// What `--dry-run` says: whether a change is made, or only shown.
enum DryRun: String {
  case none
  /// The words alone are looked at.
  case client
  /// As if it was to be made: with all checks and defaults.
  case server

  static let flag = Flag(
    "dry-run", nil, .choice(["none", "client", "server"]),
    "Change nothing: look at the words alone, or as if it was to be done")

  init(_ invocation: Invocation) {
    self = invocation.text(Self.flag).flatMap(DryRun.init) ?? .none
  }

  var isDry: Bool { self != .none }

  /// What follows the message of something that was only tried.
  var remark: String {
    switch self {
    case .none: ""
    case .client: " (dry run)"
    case .server: " (server dry run)"
    }
  }
}
