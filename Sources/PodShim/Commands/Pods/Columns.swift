/// Rows of words as kubectl sets them: each column as wide as its widest word and three blanks.
enum Columns {
  static func text(_ rows: [[String]]) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.compactMap { $0.indices.contains(column) ? $0[column].count : nil }.max() ?? 0
    }
    return rows.map { row in
      let last = row.count - 1
      return row.enumerated().map { index, word in
        index == last ? word : word.padded(to: widths[index] + 3)
      }.joined() + "\n"
    }.joined()
  }
}
