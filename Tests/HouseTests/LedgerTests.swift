import Testing

/// The ledger of behaviour says nothing that is not so.
@Suite("The ledger")
struct LedgerTests {
  private static let ledger = Ledger()
  private static let lives = Checkout.here.files(below: "fixtures/lives/", "life")

  @Test("Every case stands in it once, and nothing else does")
  func isWhole() {
    for place in Self.ledger.broken {
      Issue.record("\(place) is no row: | case | what holds | tier | proof |")
    }
    let known = Set(Ledger.cases)
    var seen: Set<String> = []
    for row in Self.ledger.rows {
      let place = row.place
      if !known.contains(row.id) { Issue.record("\(place): there is no case `\(row.id)`") }
      if !seen.insert(row.id).inserted { Issue.record("\(place): `\(row.id)` stands there twice") }
      let tiers = Ledger.tiers(at: place)
      if !tiers.contains(row.tier) {
        Issue.record("\(place): `\(row.tier)` is none of \(tiers.joined(separator: ", "))")
      }
    }
    for id in Ledger.cases where !seen.contains(id) {
      Issue.record("\(Ledger.path) says nothing of \(id): add a row, with a proof or a reason")
    }
  }

  @Test("Every row has a proof or a reason")
  func isProven() {
    for row in Self.ledger.rows where row.proofs.isEmpty && (row.reason ?? "").isEmpty {
      Issue.record(
        "\(row.place): \(row.id) has neither: name a test, or write – and why not")
    }
  }

  @Test("Every proof is there")
  func namesWhatThereIs() {
    let lives = Set(Self.lives.map { String($0.stem) })
    let tests = Checkout.here.files(below: "Tests/", "swift")
    for row in Self.ledger.rows {
      for proof in row.proofs {
        let place = row.place
        switch proof.kind {
        case "life" where lives.contains(proof.name): break
        case "life":
          Issue.record("\(place): there is no transcript fixtures/lives/\(proof.name).life")
        case "runtime", "unit":
          let room = proof.kind == "runtime" ? "Tests/RuntimeTests/" : "Tests/"
          if !tests.contains(where: { $0.path.hasPrefix(room) && Self.has($0, proof.name) }) {
            Issue.record("\(place): there is no test `\(proof.name)` below \(room)")
          }
        default:
          Issue.record("\(place): `\(proof.kind)` is no kind of proof: life, runtime or unit")
        }
      }
    }
  }

  @Test("What a transcript claims to show, the ledger says that it shows")
  func transcriptsAgree() {
    for life in Self.lives {
      let claims = life.lines.prefix { $0.hasPrefix("#") }.flatMap { Ledger.cases(in: $0) }
      for id in claims {
        let proofs = Self.ledger.rows.first { $0.id == id }?.proofs ?? []
        if !proofs.contains(where: { $0.kind == "life" && $0.name == life.stem }) {
          Issue.record("\(life.path):1 claims \(id), which \(Ledger.path) does not give to it")
        }
      }
    }
  }

  /// `File/name`: the name stands there in backquotes as a function, or in quotes behind `@Test(`.
  private static func has(_ file: TextFile, _ test: String) -> Bool {
    let parts = test.split(separator: "/", maxSplits: 1)
    guard parts.count == 2, file.stem == parts[0] else { return false }
    if file.text.contains("func `\(parts[1])`") { return true }
    return file.text.split(separator: "@Test(").dropFirst().contains { rest in
      rest.drop { " \n".contains($0) }.hasPrefix("\"\(parts[1])\"")
    }
  }
}
