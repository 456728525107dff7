import PodModel

/// Events as lines of a table, in kubectl's two ways: `describe` and `get events`, `events`.
enum EventTable {
  /// What stands at the end of `describe`.
  static func description(_ events: [PodEvent], now: Timestamp) -> Description {
    var part = Description()
    guard !events.isEmpty else {
      part.add("Events", Description.none)
      return part
    }
    var table = Description()
    table.addRow(["Type", "Reason", "Age", "From", "Message"])
    table.addRow(["----", "------", "----", "----", "-------"])
    for event in events {
      table.addRow([
        event.event.note.type.rawValue, event.event.note.reason, age(event.event, now: now),
        PodEvent.component, message(event),
      ])
    }
    part.add("Events", table)
    return part
  }

  static let header = ["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"]

  /// A row of `podshim events`.
  static func row(_ event: PodEvent, now: Timestamp) -> [String] {
    [
      age(event.event, now: now), event.event.note.type.rawValue, event.event.note.reason,
      "Pod/\(event.pod.metadata.name)", message(event),
    ]
  }

  static let wideHeader = [
    "LAST SEEN", "TYPE", "REASON", "OBJECT", "SUBOBJECT", "SOURCE", "MESSAGE", "FIRST SEEN",
    "COUNT", "NAME",
  ]

  /// A row of `podshim get events`: the server's columns, which know nothing of counts but with
  /// `-o wide`.
  static func plainRow(_ event: PodEvent, isWide: Bool, now: Timestamp) -> [String] {
    func since(_ time: Timestamp) -> String { Age.text(seconds: now.seconds - time.seconds) }
    let note = event.event.note
    let row = [
      since(event.event.last), note.type.rawValue, note.reason, "pod/\(event.pod.metadata.name)",
    ]
    guard isWide else { return row + [message(event)] }
    return row + [
      event.fieldPath ?? "", "\(PodEvent.component), \(event.host)", message(event),
      since(event.event.first), "\(event.event.count)", event.name,
    ]
  }

  /// `5s`, or `5s (x3 over 2m)` for what was seen more than once.
  static func age(_ event: CountedEvent, now: Timestamp) -> String {
    let first = Age.text(seconds: now.seconds - event.first.seconds)
    guard event.count > 1 else { return first }
    let last = Age.text(seconds: now.seconds - event.last.seconds)
    return "\(last) (x\(event.count) over \(first))"
  }

  /// On one line, whatever a probe has printed.
  private static func message(_ event: PodEvent) -> String {
    let words = event.event.message
    let start = words.drop { $0.isWhitespace }
    let end = start.reversed().prefix { $0.isWhitespace }.count
    return String(start.dropLast(end).map { $0.isNewline ? " " : $0 })
  }
}
