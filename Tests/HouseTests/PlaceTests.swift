import Testing

/// The checkout is the same on every machine.
@Suite("Places")
struct PlaceTests {
  /// In two parts, so that this file keeps the rule.
  private static let hosts = [
    ("deb.", "debian.org"), ("security.", "debian.org"), ("snapshot.", "debian.org"),
    ("archive.", "ubuntu.com"), ("ports.", "ubuntu.com"), ("dl-cdn.", "alpinelinux.org"),
    ("pypi.", "org"), ("files.", "pythonhosted.org"), ("registry.", "npmjs.org"),
    ("proxy.", "golang.org"), ("static.", "crates.io"),
  ].map { $0 + $1 }

  @Test("No file names a place of the machine that it was written on")
  func namesNoMachine() {
    let folder = "/wor" + "k/"
    for (file, index, line) in Self.lines {
      guard let place = line.firstRange(of: folder) else { continue }
      // `upper/work/` is somebody else's: a path begins behind a blank or a mark.
      let before = line[..<place.lowerBound].last ?? " "
      if before.isLetter || before.isNumber || ")}_-.".contains(before) { continue }
      Issue.record(
        "\(file.path):\(index) names \(folder): write the path from the top of the checkout")
    }
  }

  @Test("No file names a host of packages: apt and its like are configured by the machine")
  func namesNoHost() {
    for (file, index, line) in Self.lines {
      guard let host = Self.hosts.first(where: { line.contains($0) }) else { continue }
      Issue.record("\(file.path):\(index) names \(host): let the machine's own settings say it")
    }
  }

  @Test("No document or source leads out of the checkout")
  func staysInside() {
    for (file, index, line) in Self.lines where line.contains("../") {
      let depth = file.folder.split(separator: "/").count
      let longest = Self.longestWayUp(line)
      if longest > depth {
        Issue.record(
          "\(file.path):\(index) leads out of the checkout: nobody else has what is there")
      }
    }
  }

  /// How many `../` stand in a row, where a path begins with them.
  private static func longestWayUp(_ line: Substring) -> Int {
    var longest = 0
    var rest = line
    while let place = rest.firstRange(of: "../") {
      let before = rest[..<place.lowerBound].last ?? " "
      var count = 0
      rest = rest[place.lowerBound...]
      while rest.hasPrefix("../") {
        count += 1
        rest = rest.dropFirst(3)
      }
      let begins = before == " " || before == "`" || before == "("
      if begins { longest = max(longest, count) }
    }
    return longest
  }

  private static let lines = Checkout.here.files.flatMap { file in
    file.lines.enumerated().map { (file, $0.offset + 1, $0.element) }
  }
}
