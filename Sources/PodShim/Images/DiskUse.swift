/// How much of the disk folders and files take, seen by `du`.
enum DiskUse {
  /// The lines of `du -sk`, by path: in bytes.
  static func read(_ output: String) -> [String: Int64] {
    var sizes: [String: Int64] = [:]
    for line in output.split(separator: "\n") {
      let parts = line.split(separator: "\t", maxSplits: 1)
      guard parts.count == 2, let kibibytes = Int64(parts[0]) else { continue }
      sizes[String(parts[1])] = kibibytes.multipliedReportingOverflow(by: 1024).partialValue
    }
    return sizes
  }

  /// In the order of the paths; 0 for what is not there. What two paths share counts for the first.
  static func measure(_ paths: [String]) throws -> [Int64] {
    let there = paths.filter(Files.exists)
    if there.isEmpty { return paths.map { _ in 0 } }
    let sizes = read(String(decoding: try Tool.du.run(["-sk", "--"] + there), as: UTF8.self))
    return paths.map { sizes[$0] ?? 0 }
  }
}
