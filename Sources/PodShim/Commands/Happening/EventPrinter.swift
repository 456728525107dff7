import PodModel

/// Prints events as a command line wants them: lines of a table, or objects.
///
/// A table that is watched grows line by line: its columns are as wide as those that came first, or
/// wider where a line needs it.
final class EventPrinter {
  private let format: String?
  private let withNamespace: Bool
  private let isWatching: Bool
  private var hasHeader: Bool
  private var widths: [Int] = []

  init(_ invocation: Invocation, withNamespace: Bool) {
    format = invocation.text(EventsCommand.output)
    isWatching = invocation.isOn(EventsCommand.watch)
    hasHeader = invocation.isOn(EventsCommand.noHeaders)
    self.withNamespace = withNamespace
  }

  var isObject: Bool { format == "yaml" || format == "json" }

  func print(_ events: [PodEvent]) throws {
    switch format {
    case "name": try Output.show(ObjectText.names(events.map(\.name), of: .event))
    case let format? where isWatching:
      for event in events {
        let text = ObjectText.text([event.node], format: format, isList: false)
        try Output.show(format == "yaml" ? "---\n" + text : text)
      }
    case let format?:
      try Output.show(ObjectText.text(events.map(\.node), format: format, isList: true))
    case nil: try Output.show(table(events, now: Timestamp(wall: Clock.wall())))
    }
  }

  func table(_ events: [PodEvent], now: Timestamp) -> String {
    var rows = events.map { event in
      (withNamespace ? [event.namespace] : []) + EventTable.row(event, now: now)
    }
    if !hasHeader, !rows.isEmpty {
      rows.insert((withNamespace ? ["NAMESPACE"] : []) + EventTable.header, at: 0)
      hasHeader = true
    }
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        column == row.count - 1 ? cell : cell.padded(to: widths[column] + 3)
      }.joined() + "\n"
    }.joined()
  }
}
