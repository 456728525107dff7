import Testing

/// Every test of the built program against a real crun and a real runc, one after the other: they
/// share a host, and some look at all of it.
///
/// The suites are extensions of this one, a file each. None is ever skipped: what a test needs and
/// does not find is an error that says what to do.
@Suite(.serialized, .filterIssues(FailureNote.take))
struct Pods {}

extension FailureNote {
  /// Passes on every issue, and has it noted in the world of its test.
  static func take(_ issue: Issue) -> Bool {
    current?.write()
    return true
  }
}
