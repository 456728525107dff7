import Testing

/// Which file may import what: the walls between the rooms.
@Suite("Imports")
struct ImportTests {
  /// What the files below a folder may import; the longest folder that fits counts.
  private static let rooms: [(folder: String, modules: Set<String>)] = [
    ("Package.swift", ["PackageDescription"]),
    ("Sources/OCISpec/", []),
    ("Sources/PodModel/", ["OCISpec"]),
    ("Sources/PodModel/Life/", ["OCISpec"]),
    ("Sources/PodModel/Plan/", ["OCISpec"]),
    ("Sources/PodModel/YAML/", ["OCISpec", "CYAML"]),
    ("Sources/PodShim/", ["OCISpec", "PodModel", "CLinux", "Glibc"]),
    ("Tests/OCISpecTests/", ["OCISpec", "Testing", "Glibc", json]),
    ("Tests/PodModelTests/", ["OCISpec", "PodModel", "Testing", "Glibc", json]),
    (
      "Tests/PodShimTests/", ["OCISpec", "PodModel", "PodShim", "CLinux", "Testing", "Glibc", json]
    ),
    (
      "Tests/RuntimeTests/",
      ["OCISpec", "PodModel", "PodShim", "CLinux", "Synchronization", "Testing", "Glibc", json]
    ),
    ("Tests/HouseTests/", ["Testing", json]),
  ]

  private static let json = "FoundationEssentials"

  /// Where JSON is read or written, and so the one module is imported that can.
  private static let readsJSON: Set = [
    "Sources/OCISpec/JSON.swift",
    "Sources/PodShim/Events/EventLog.swift",
    "Sources/PodShim/Supervisor/RuntimeCalls.swift",
    "Sources/PodShim/Supervisor/Snapshot.swift",
  ]

  @Test("OCISpec ← PodModel ← PodShim: a room imports only what stands before it")
  func keepWalls() {
    for file in Checkout.here.files(below: "", "swift") {
      let fitting = Self.rooms.filter { file.path.hasPrefix($0.folder) }
      let room = fitting.max { $0.folder.count < $1.folder.count }
      let allowed = (room?.modules ?? []).union([Self.json])
      for (module, line) in Self.imports(of: file) where !allowed.contains(module) {
        Issue.record(
          """
          \(file.path):\(line) imports \(module): \(room?.folder ?? "this folder") may import \
          \(allowed.sorted().joined(separator: ", ")); move the code to where its import belongs
          """)
      }
    }
  }

  @Test("FoundationEssentials is imported only where JSON is read or written")
  func keepJSONTogether() {
    for file in Checkout.here.files(below: "Sources/", "swift") {
      let line = Self.imports(of: file).first { $0.module == Self.json }?.line
      let speaksJSON = file.text.contains("JSONDecoder") || file.text.contains("JSONEncoder")
      switch (line, Self.readsJSON.contains(file.path)) {
      case (let line?, false):
        Issue.record(
          """
          \(file.path):\(line) imports \(Self.json), which makes the program larger: let \
          OCISpec's JSON do it, or add the file to the list in \(#fileID)
          """)
      case (nil, true):
        Issue.record("\(file.path) imports no \(Self.json): take it out of the list in \(#fileID)")
      case (let line?, true) where !speaksJSON:
        Issue.record("\(file.path):\(line) reads and writes no JSON: do without \(Self.json)")
      default:
        break
      }
    }
    for path in Self.readsJSON where Checkout.here[path].text.isEmpty {
      Issue.record("\(path) is gone: take it out of the list in \(#fileID)")
    }
  }

  /// The modules that a file imports, whatever stands before or behind the word.
  private static func imports(of file: TextFile) -> [(module: String, line: Int)] {
    let tokens = Code.of(file).tokens
    let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
    return tokens.indices.dropLast().filter { tokens[$0].text == "import" }.map { place in
      let hasKind = kinds.contains(tokens[place + 1].text) && place + 2 < tokens.count
      return (tokens[place + (hasKind ? 2 : 1)].text, tokens[place].line)
    }
  }
}
