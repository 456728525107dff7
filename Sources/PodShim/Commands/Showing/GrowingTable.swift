/// A table that comes in pieces, as when something is watched: its columns stay as wide as they
/// were, or grow where a line needs it.
final class GrowingTable {
  private var widths: [Int] = []
  /// As kubectl's tables: three blanks after the widest word, and six columns at least.
  private static let (gap, least) = (3, 6)

  /// More rows.
  func text(_ rows: [[String]]) -> String {
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(Self.least - Self.gap) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        column == row.count - 1 ? cell : cell.padded(to: widths[column] + Self.gap)
      }.joined() + "\n"
    }.joined()
  }
}
