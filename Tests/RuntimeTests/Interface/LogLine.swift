import OCISpec
import PodModel
import Testing

@testable import PodShim

/// One line of a runtime's log in JSON, as podman and containerd read it.
struct LogLine: Decodable {
  var level: String
  var msg: String
  var time: String

  /// The lines of a text; what is no line of a log is an error.
  static func read(_ text: String) throws -> [LogLine] {
    try text.split(separator: "\n").map { try JSON.decode(LogLine.self, from: Array($0.utf8)) }
  }

  /// What a failed call has to leave: one object alone, for podman reads the file as one.
  static func only(in text: String) throws -> LogLine {
    let lines = try read(text)
    try #require(lines.count == 1, "\(text)")
    let line = lines[0]
    #expect(line.level == "error")
    #expect(Timestamp(rounding: line.time) != nil, "\(line.time)")
    return line
  }
}

extension Timestamp {
  /// A moment of RFC 3339 in UTC; what is beyond the second is cut off.
  init?(rounding text: String) {
    guard text.hasSuffix("Z"), text.utf8.count >= 20 else { return nil }
    let rest = text.dropFirst(19).dropLast()
    guard rest.isEmpty || (rest.first == "." && Int(rest.dropFirst()) != nil) else { return nil }
    self.init(text.prefix(19) + "Z")
  }
}
