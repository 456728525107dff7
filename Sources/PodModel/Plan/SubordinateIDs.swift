/// The IDs that a user may give to others who live in a namespace of his: the lines of
/// `/etc/subuid` or `/etc/subgid` that are about him.
public struct SubordinateIDs: Equatable, Sendable {
  struct Range: Equatable, Sendable {
    var first: UInt32
    var count: UInt32
  }

  let ranges: [Range]

  /// - Parameters:
  ///   - text: of the file, lines `user:first:count`. Others are passed over, as `newuidmap` does.
  ///   - uid: the user, whom lines may call by this number, or by a name that `passwd` knows.
  public init(_ text: String, of uid: UInt32, passwd: String) {
    let account = UserDatabase(passwd: passwd, group: "").user(withID: uid)
    let names = ["\(uid)"] + (account.map { [$0.name] } ?? [])
    ranges = text.split(whereSeparator: \.isNewline).compactMap { line in
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      guard fields.count == 3, names.contains(String(fields[0])),
        let first = UInt32(fields[1]), let count = UInt32(fields[2]), count > 0
      else { return nil }
      return Range(first: first, count: count)
    }
  }

  public var isEmpty: Bool { ranges.isEmpty }

  /// What `newuidmap` and `newgidmap` are told after the process: 0 is the user's own, the others
  /// follow without a gap.
  public func map(own: UInt32) -> [String] {
    var words = ["0", "\(own)", "1"]
    var next: UInt32 = 1
    for range in ranges {
      let (end, isTooFar) = next.addingReportingOverflow(range.count)
      if isTooFar { break }
      words += ["\(next)", "\(range.first)", "\(range.count)"]
      next = end
    }
    return words
  }

  /// How many IDs there are from 0 on without a gap, from the text of a process's `uid_map`.
  public static func count(map text: String) -> UInt32 {
    var next: UInt32 = 0
    let lines = text.split(whereSeparator: \.isNewline).map { line in
      line.split(whereSeparator: \.isWhitespace).compactMap { UInt32($0) }
    }
    for line in lines.filter({ $0.count == 3 }).sorted(by: { $0[0] < $1[0] }) {
      guard line[0] == next else { break }
      next += line[2]
    }
    return next
  }
}
