import Testing

@testable import PodShim

/// Who is called as an OCI runtime: one of the two themselves, or the shim over one of them, by a
/// link whose name says over which.
enum RuntimeFace: String, CaseIterable, CustomTestStringConvertible, Sendable {
  case crun, runc
  case shimOverCrun = "podshim-runtime-crun"
  case shimOverRunc = "podshim-runtime-runc"

  static let all = allCases

  /// The runtime that does the work.
  var beneath: RuntimeKind {
    switch self {
    case .crun, .shimOverCrun: .crun
    case .runc, .shimOverRunc: .runc
    }
  }

  var isShim: Bool { rawValue != beneath.rawValue }

  var testDescription: String { rawValue }

  /// What is run, for which the shim is given its name in `folder`.
  func program(in folder: String) throws -> String {
    guard isShim else {
      guard let path = Program.find(rawValue) else {
        throw TestHost.Unready("\(rawValue) is not installed: run `Tests/setup test`")
      }
      return path
    }
    let link = "\(folder)/\(rawValue)"
    try Files.symlink(TestHost.shared.get().binary, at: link)
    return link
  }
}

/// Those that are known not to keep a requirement, each with the reason. A test that one of them
/// passes all the same fails: the list cannot grow old.
typealias Failings = [RuntimeFace: Comment]
