import PodModel

/// Prints events as a command line wants them: lines of a table, or objects.
final class EventPrinter {
  private let printer: ObjectPrinter
  private let withNamespace: Bool
  private let isWatching: Bool
  private var hasHeader: Bool
  private let growing = GrowingTable()

  init(_ invocation: Invocation, withNamespace: Bool) throws {
    printer = ObjectPrinter(try OutputFormat.read(invocation))
    isWatching = invocation.isOn(EventsCommand.watch)
    hasHeader = invocation.isOn(GetCommand.noHeaders)
    self.withNamespace = withNamespace
  }

  /// An empty list of objects is something to show.
  var showsNothing: Bool { printer.format.isWhole }

  func print(_ events: [PodEvent]) throws {
    let names = events.map { "event/\($0.name)" }
    if printer.isPlain {
      try Output.show(table(events, now: Timestamp(wall: Clock.wall())))
    } else if isWatching {
      for (event, name) in zip(events, names) { try printer.show(event.node, name: name) }
    } else {
      try printer.show(events.map(\.node), names: names, isList: true)
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
    return growing.text(rows)
  }
}
