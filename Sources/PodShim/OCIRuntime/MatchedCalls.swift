import Glibc
import OCISpec

/// `--regex` for a runtime that lacks it: the same verb for each container whose id matches.
struct MatchedCalls {
  let call: RuntimeCall
  let translation: RuntimeTranslation

  /// The status of the first that failed.
  func run() throws -> CInt {
    let pattern = call.line.id ?? ""
    let text = String(
      decoding: call.runtime.answer(call.globals + ["list", "--quiet"]) ?? [], as: UTF8.self)
    let words = translation.arguments
    guard let place = words.lastIndex(of: pattern) else { return EXIT_FAILURE }
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
