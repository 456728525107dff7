import Testing

/// Every fixture is whole, and some test reads it.
@Suite("Fixtures")
struct FixtureTests {
  private static let all = Checkout.here.files(below: "fixtures/")

  /// The files of each case below a folder, by the name of the case.
  private static func cases(_ folder: String) -> [String: [TextFile]] {
    Dictionary(grouping: Checkout.here.files(below: "fixtures/\(folder)/")) { file in
      String(file.path.split(separator: "/")[2])
    }
  }

  @Test("Every bundle case has its pod, its host, and a bundle for pause and each container")
  func pods() {
    let cases = Self.cases("pods")
    #expect(cases.count >= 24)
    for (name, files) in cases {
      let names = Set(files.map { String($0.name) })
      let manifest = files.first { $0.name == "pod.yaml" }?.text ?? ""
      for wanted in ["pod.yaml", "host.json"] where !names.contains(wanted) {
        Issue.record("fixtures/pods/\(name) has no \(wanted): add it")
      }
      let texts: Set = [
        "pod.yaml", "host.json", "objects.yaml", "cgroup", "hosts", "hostname", "rejection",
        "resolv.conf", "warnings",
      ]
      let bundles = names.subtracting(texts)
      if bundles.isDisjoint(with: ["pause.json", "pause.error"]) || bundles.count < 2 {
        Issue.record(
          "fixtures/pods/\(name) lacks the bundle of pause or of a container: `make golden`")
      }
      let owners = Self.named(in: manifest).union(["pause"])
      let known = Set(owners.flatMap { ["\($0).json", "\($0).error"] })
      for stray in bundles.subtracting(known).sorted() {
        Issue.record("fixtures/pods/\(name)/\(stray) belongs to nothing in pod.yaml: remove it")
      }
      Self.expectText(in: files)
    }
  }

  @Test("Every refused case is a pod and the message, and nothing else")
  func refused() { Self.hold("refused", ["pod.yaml", "message"], atLeast: 30) }

  @Test("Every case of defaults is a pod and what is stored, and nothing else")
  func defaults() { Self.hold("defaults", ["pod.yaml", "stored.yaml"], atLeast: 1) }

  @Test("Every life is a transcript that says something")
  func lives() {
    let lives = Checkout.here.files(below: "fixtures/lives/")
    #expect(lives.count >= 20)
    for file in lives where file.ending != "life" {
      Issue.record("\(file.path) is no transcript: name it .life, or remove it")
    }
    Self.expectText(in: lives)
  }

  @Test("Every explanation says something")
  func explanations() { Self.expectText(in: Checkout.here.files(below: "fixtures/explained/")) }

  @Test("Every other fixture is named where it is used")
  func others() {
    let golden = ["pods/", "refused/", "defaults/", "lives/", "explained/"].map {
      "fixtures/" + $0
    }
    // Documents stand beside what they explain.
    let rest = Self.all.filter { file in
      !golden.contains { file.path.hasPrefix($0) } && file.name != "README.md"
    }
    let users = Checkout.here.files.filter { file in
      file.path.hasPrefix("Tests/") && !file.path.hasPrefix("Tests/HouseTests/")
        || file.path == "Makefile"
    }
    var unused: [(place: String, number: Int)] = []
    for file in rest {
      let isKnown = users.contains { $0.text.contains(file.folder.dropLast()) }
      if isKnown, users.contains(where: { Self.names(file, in: $0) }) { continue }
      unused.append((file.path, 1))
    }
    Exceptions().judge(
      .fixture, unused, limit: 0, advice: "no test names it: use it in one, or remove it")
    Self.expectText(in: rest)
  }

  /// By its path, with its folder at once, or where the folder is named too by name or stem.
  private static func names(_ file: TextFile, in user: TextFile) -> Bool {
    if user.text.contains(file.path) || user.text.contains("\(file.folder)*.") { return true }
    guard let folder = file.folder.split(separator: "/").dropFirst().last else { return false }
    return (user.text.contains("\(folder)/") || user.text.contains("/\(folder)\""))
      && (user.text.contains("\"\(file.name)\"") || user.text.contains("\"\(file.stem)\""))
  }

  private static func hold(_ folder: String, _ wanted: Set<String>, atLeast count: Int) {
    let cases = cases(folder)
    #expect(cases.count >= count)
    for (name, files) in cases {
      let names = Set(files.map { String($0.name) })
      for missing in wanted.subtracting(names).sorted() {
        Issue.record("fixtures/\(folder)/\(name) has no \(missing): add it")
      }
      for stray in names.subtracting(wanted).sorted() {
        Issue.record("fixtures/\(folder)/\(name)/\(stray) is read by no test: remove it")
      }
      // An empty manifest is a case of its own.
      expectText(in: files.filter { folder != "refused" || $0.name == "message" })
    }
  }

  private static func expectText(in files: [TextFile]) {
    for file in files where file.text.allSatisfy(\.isWhitespace) {
      Issue.record("\(file.path) is empty: fill it, or remove it")
    }
  }

  /// The words that stand behind `name:`: those of the containers, and of some other things.
  private static func named(in manifest: String) -> Set<String> {
    let words = manifest.split { " ,{}\"\n".contains($0) }.map(String.init)
    return Set(zip(words, words.dropFirst()).filter { $0.0 == "name:" }.map(\.1))
  }
}
