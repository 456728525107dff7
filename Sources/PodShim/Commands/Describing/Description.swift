/// What `describe` says of a thing: a tree of labelled lines, of which each may have others inside.
///
/// Each part of a pod makes a description of its own, and they are put together; the text is set at
/// the end, when every width is known.
struct Description: Equatable {
  private var items: [Item] = []

  private struct Item: Equatable {
    var cells: [String]
    var inside: Description
  }

  /// How kubectl says that there is nothing.
  static let none = "<none>"

  /// `Name:   web`, and below it what `inside` says.
  mutating func add(_ label: String, _ value: String, inside: Description = Description()) {
    addRow([label + ":", value], inside: inside)
  }

  /// `Containers:` with what is inside; with `none` behind it when nothing is.
  mutating func add(_ label: String, _ inside: Description, orNone: Bool = false) {
    if orNone, inside.isEmpty { return add(label, Description.none) }
    addRow([label + ":"], inside: inside)
  }

  /// Cells that stand in columns with those of the lines around.
  mutating func addRow(_ cells: [String], inside: Description = Description()) {
    items.append(Item(cells: cells, inside: inside))
  }

  /// The label once, and a line for each value.
  mutating func add(_ label: String, lines: [String]) {
    guard let first = lines.first else { return add(label, Description.none) }
    add(label, first)
    for line in lines.dropFirst() { addRow(["", line]) }
  }

  /// The lines of another description, side by side with these.
  mutating func add(_ other: Description) {
    items += other.items
  }

  var isEmpty: Bool { items.isEmpty }

  var text: String {
    var tabbed = TabbedText()
    write(into: &tabbed, indent: "")
    return tabbed.text
  }

  private func write(into tabbed: inout TabbedText, indent: String) {
    for item in items {
      var cells = item.cells
      // A line that goes on with the one above it begins in the same column.
      if !cells[0].isEmpty { cells[0] = indent + cells[0] }
      tabbed.add(cells)
      item.inside.write(into: &tabbed, indent: indent + "  ")
    }
  }
}
