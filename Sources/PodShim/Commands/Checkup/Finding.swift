/// One thing that `doctor` looked at, and how it stands: a line of its report.
struct Finding: Equatable, CustomStringConvertible {
  var verdict: Verdict
  /// What was looked at.
  var subject: String
  /// What was found, and what to do about it.
  var text: String

  enum Verdict: String {
    case ok
    /// Pods run, with something missing.
    case warn
    /// No pod can run.
    case fail
  }

  init(_ verdict: Verdict, _ subject: String, _ text: String) {
    self.verdict = verdict
    self.subject = subject
    self.text = text
  }

  var description: String { "\(verdict.rawValue.padded(to: 4))  \(subject): \(text)" }
}
