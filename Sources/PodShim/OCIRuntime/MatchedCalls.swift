import Glibc
import OCISpec

/// `--regex` for a runtime that lacks it: the same verb for each container whose id matches.
struct MatchedCalls {
  let call: RuntimeCall
  let translation: RuntimeTranslation

  /// The status of the first that failed.
  func run() throws -> CInt {
    let words = translation.arguments
    let verb = translation.globals.count
    guard let pattern = call.line.id, let place = words[verb...].firstIndex(of: pattern) else {
      throw RuntimeCall.Failure(description: "--regex wants an expression in the place of an id")
    }
    guard let answer = call.runtime.answer(call.globals + ["list", "--quiet"]) else {
      throw RuntimeCall.Failure(description: "`\(call.runtime.path) list` fails")
    }
    let text = String(decoding: answer, as: UTF8.self)
    var result: CInt = 0
    for id in try Self.matching(text.split(separator: "\n").map(String.init), pattern) {
      var words = words
      words[place] = id
      let status = try call.runtime.call(words)
      if result == 0 { result = status }
    }
    return result
  }

  /// As crun: an extended expression of POSIX that fits somewhere.
  static func matching(_ ids: [String], _ pattern: String) throws -> [String] {
    var expression = regex_t()
    guard regcomp(&expression, pattern, REG_EXTENDED | REG_NOSUB) == 0 else {
      throw RuntimeCall.Failure(description: "invalid regular expression `\(pattern)`")
    }
    defer { regfree(&expression) }
    return ids.filter { regexec(&expression, $0, 0, nil, 0) == 0 }
  }
}
