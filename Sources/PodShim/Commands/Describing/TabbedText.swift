/// Lines whose cells stand in columns, set as Go's `text/tabwriter` sets them for kubectl.
///
/// A column reaches over the lines that follow each other and have a cell in it that is not their
/// last; so a line without cells ends all columns, and each block has widths of its own.
struct TabbedText {
  private var lines: [[String]] = []

  /// Blanks between a column's widest cell and the next column.
  private static let padding = 2

  /// The last cell belongs to no column.
  mutating func add(_ cells: [String]) {
    lines.append(cells)
  }

  var text: String {
    var text = ""
    var widths: [Int] = []
    format(lines[...], &widths, into: &text)
    return text
  }

  /// Writes the lines; `widths` are those of the columns further left.
  private func format(_ block: ArraySlice<[String]>, _ widths: inout [Int], into text: inout String)
  {
    let column = widths.count
    var rest = block
    while let line = rest.first {
      if line.count <= column + 1 {
        text += set(line, widths)
        rest.removeFirst()
        continue
      }
      let inColumn = rest.prefix { $0.count > column + 1 }
      let widest = inColumn.map { $0[column].count }.max() ?? 0
      widths.append(widest + TabbedText.padding)
      format(inColumn, &widths, into: &text)
      widths.removeLast()
      rest = rest.dropFirst(inColumn.count)
    }
  }

  private func set(_ line: [String], _ widths: [Int]) -> String {
    line.enumerated().map { index, cell in
      index == line.count - 1 ? cell : cell.padded(to: widths[index])
    }.joined() + "\n"
  }
}
