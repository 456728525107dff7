/// `Tests/Conformance.md` and `Tests/Conformance-*.md`, read: a row for each case, with what proves
/// it.
///
/// A proof is a word for the kind, then names between backquotes: transcripts for `life`, tests as
/// `File/name of the test` for the others. A cell that begins with a dash is a reason.
struct Ledger {
  static let path = "Tests/Conformance.md"

  struct Row {
    /// `file:line`
    let place: String
    let id: String
    /// Of whom it is asked; in the ledger of runtimes, who keeps it.
    let tier: String
    let proofs: [Proof]
    /// Why there is no proof.
    let reason: String?
  }

  struct Proof {
    /// `life`, `runtime` or `unit`.
    let kind: String
    let name: String
  }

  let rows: [Row]
  /// Where lines are that are no rows and look like some.
  let broken: [String]

  init() {
    var rows: [Row] = []
    var broken: [String] = []
    for file in Checkout.here.files(below: "Tests/Conformance", "md") {
      for (index, line) in file.lines.enumerated() where line.hasPrefix("|") {
        let cells = line.split(separator: "|").map(Ledger.trimmed)
        if cells.first == "case" || line.hasPrefix("|---") { continue }
        let place = "\(file.path):\(index + 1)"
        if cells.count == 4 {
          rows.append(Row(place: place, cells: cells))
        } else {
          broken.append(place)
        }
      }
    }
    self.rows = rows
    self.broken = broken
  }

  /// The cases that there are: those of the reference in this part of its list, and `T`, `V` and
  /// those that begin with `O`, which we count ourselves.
  static let cases: [String] = counts.flatMap { letters, count in
    (1...count).map { number in letters + (number < 10 ? "0\(number)" : "\(number)") }
  }

  private static let counts: [(String, Int)] = [
    ("P", 23), ("PS", 23), ("H", 19), ("I", 4), ("R", 25), ("L", 15), ("EC", 2), ("CR", 10),
    ("CL", 40), ("S", 29), ("U", 6), ("AA", 4), ("SY", 4), ("N", 21), ("X", 9), ("ED", 22),
    ("HP", 3), ("IV", 1), ("MP", 1), ("V", 11), ("RZ", 7), ("T", 14), ("D", 10),
    ("E", 8), ("F", 12), ("CV", 16), ("SV", 11), ("DV", 13), ("PV", 1), ("PC", 14), ("PD", 13),
    ("PX", 10), ("OC", 12), ("OS", 6), ("OT", 6), ("OK", 13), ("OD", 9), ("OH", 13), ("OX", 13),
    ("OR", 6), ("OL", 9), ("OP", 4), ("OU", 5), ("OB", 8), ("OG", 9), ("OV", 6), ("OW", 4),
    ("OF", 11), ("OE", 8),
  ]

  /// What may stand in the third cell: of whom Kubernetes asks for the case, or who of crun, runc
  /// and the shim over each keeps it.
  static func tiers(at place: String) -> [String] {
    guard place.hasPrefix("Tests/Conformance-interface.md") else { return ["C", "N", "f"] }
    return ["all", "not crun", "not runc", "shim", "crun only", "runc only", "none"]
  }

  /// The cases that a line of text names.
  static func cases(in text: Substring) -> [String] {
    let known = Set(cases)
    let words = text.split { !($0.isLetter || $0.isNumber) }.map(String.init)
    return words.filter(known.contains)
  }

  fileprivate static func trimmed(_ cell: Substring) -> Substring {
    let bare = cell.drop { $0 == " " }
    return bare.prefix(bare.count - bare.reversed().prefix { $0 == " " }.count)
  }
}

extension Ledger.Row {
  fileprivate init(place: String, cells: [Substring]) {
    self.place = place
    id = String(cells[0])
    tier = String(cells[2])
    let proof = cells[3]
    guard !proof.hasPrefix("–") else {
      proofs = []
      reason = String(Ledger.trimmed(proof.dropFirst()))
      return
    }
    reason = nil
    var kind = ""
    var found: [Ledger.Proof] = []
    // Names stand at the odd places, and before each first one the word for its kind.
    for (place, part) in proof.split(separator: "`", omittingEmptySubsequences: false).enumerated()
    {
      if place % 2 == 1 {
        found.append(Ledger.Proof(kind: kind, name: String(part)))
      } else if let word = part.split(whereSeparator: { " ;:".contains($0) }).last {
        kind = String(word)
      }
    }
    proofs = found
  }
}
