import Testing

/// The places that may break a rule for now: `Tests/HouseTests/exceptions`, a line each.
///
/// A line is `RULE PLACE NUMBER`. The number is what the place has today: more fails, and less
/// fails too, until the line is lowered or taken out. So the list can only shrink by itself.
struct Exceptions {
  static let path = "Tests/HouseTests/exceptions"

  enum Rule: String, CaseIterable {
    case fileLines = "file-lines"
    case functionLines = "function-lines"
    case name
    case fixture
  }

  let entries: [(rule: String, place: String, number: Int)]
  /// Lines that are none.
  let broken: [Substring]

  init(_ file: TextFile = Checkout.here[Exceptions.path]) {
    let lines = file.lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }
    let read = lines.map { line in
      let words = line.split(separator: " ").map(String.init)
      let number = words.count == 3 ? Int(words[2]) : nil
      return (line: line, entry: number.map { (words[0], words[1], $0) })
    }
    entries = read.compactMap(\.entry)
    broken = read.filter { $0.entry == nil }.map(\.line)
  }

  /// Fails for every place that has more than `limit` and is not listed with just that number.
  ///
  /// - Parameter found: what each place has; places of one name keep the largest.
  func judge(_ rule: Rule, _ found: [(place: String, number: Int)], limit: Int, advice: String) {
    let listed = entries.filter { $0.rule == rule.rawValue }
    let numbers = Dictionary(found.map { ($0.place, $0.number) }, uniquingKeysWith: max)
    for (place, number) in numbers.sorted(by: { $0.key < $1.key }) where number > limit {
      let allowed = listed.first { $0.place == place }?.number ?? limit
      if number > allowed { Issue.record("\(place): \(number), allowed are \(allowed): \(advice)") }
    }
    for (_, place, allowed) in listed {
      let number = numbers[place] ?? 0
      let line = "`\(rule.rawValue) \(place) \(allowed)` in \(Exceptions.path)"
      if number <= limit {
        Issue.record("\(place) keeps the rule now: take out \(line)")
      } else if number < allowed {
        Issue.record("\(place) has become better: lower \(line) to \(number)")
      }
    }
  }
}

@Suite("The list of exceptions")
struct ExceptionsTests {
  @Test("Every line names a rule, a place and a number, and no place twice")
  func isWellFormed() {
    let exceptions = Exceptions()
    for line in exceptions.broken {
      Issue.record("\(Exceptions.path): `\(line)` is not RULE PLACE NUMBER")
    }
    var seen: Set<String> = []
    for (rule, place, _) in exceptions.entries {
      if Exceptions.Rule(rawValue: rule) == nil {
        let rules = Exceptions.Rule.allCases.map(\.rawValue).joined(separator: ", ")
        Issue.record("\(Exceptions.path): there is no rule `\(rule)`, write one of \(rules)")
      }
      if !seen.insert("\(rule) \(place)").inserted {
        Issue.record("\(Exceptions.path): `\(rule) \(place)` stands there twice, keep one")
      }
    }
  }
}
