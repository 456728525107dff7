import FoundationEssentials
import Testing

/// Files that say what is expected, byte for byte.
///
/// `RECORD=1` rewrites what differs and fails the run, so that nobody commits a file unseen;
/// under CI it is refused.
enum Golden {
  /// `fixtures/` at the top of the checkout.
  static let folder: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/") + "/fixtures"
  }()

  static func compare(_ text: String, with path: String) throws {
    let expected = try? String(contentsOfFile: path, encoding: .utf8)
    guard text != expected else { return }
    let environment = ProcessInfo.processInfo.environment
    if environment["RECORD"] == "1", environment["CI"] == nil {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      Issue.record("recorded \(path): look at the difference, then run again without RECORD")
    } else {
      Issue.record("\(path) differs; this is what came:\n\(text)")
    }
  }

  /// The entries of one folder of fixtures, whole paths, sorted.
  static func fixtures(_ name: String, ending: String = "") -> [String] {
    let directory = folder + "/" + name
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.filter { $0.hasSuffix(ending) }.sorted().map { directory + "/" + $0 }
  }
}
