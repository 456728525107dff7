import PodModel

/// One line of `events` as it is counted: the same thing, said once or many times.
struct CountedEvent: Equatable {
  var note: Note
  var count: Int
  var first: Timestamp
  var last: Timestamp
  /// It stands for several messages, of which `note` has the last.
  var isCombined = false
}

/// Counts notes as the recorder of client-go does for the kubelet: the same words again raise a
/// count, and what says ever other words for the same reason is combined.
///
/// Pure. It takes in what was counted before as well, so that a history can be written down counted
/// and be counted on; no count is lost on the way.
struct EventTally {
  /// In the order in which they were last said.
  private(set) var events: [CountedEvent] = []
  private var kinds: [Kind: Similar] = [:]

  /// client-go's `defaultAggregateMaxEvents` and `defaultAggregateIntervalInSeconds`: the tenth
  /// message of one kind, each within this many seconds of the one before, begins the combining.
  private static let mostMessages = 10
  private static let window: Int64 = 600
  /// client-go's words.
  static let combined = "(combined from similar events): "

  /// What events have in common that differ in their message alone.
  private struct Kind: Hashable {
    var type: Note.NoteType
    var reason: String
    var container: String?

    init(_ note: Note) {
      (type, reason, container) = (note.type, note.reason, note.container)
    }
  }

  private struct Similar {
    var messages: Set<String> = []
    var last: Timestamp
  }

  mutating func add(_ event: CountedEvent) {
    var event = event
    if event.isCombined {
      kinds[Kind(event.note), default: Similar(last: event.last)].last = event.last
    } else {
      event.isCombined = isTooVaried(event)
    }
    // Seldom more than a few dozen.
    let place = events.lastIndex { $0.isSame(as: event) }
    if let place {
      let before = events.remove(at: place)
      event.count += before.count
      event.first = before.first
    }
    events.append(event)
  }

  private mutating func isTooVaried(_ event: CountedEvent) -> Bool {
    let kind = Kind(event.note)
    var similar = kinds[kind] ?? Similar(last: event.first)
    if event.last.seconds - similar.last.seconds > EventTally.window { similar.messages = [] }
    similar.last = event.last
    similar.messages.insert(event.note.message)
    let isTooVaried = similar.messages.count >= EventTally.mostMessages
    // What is combined needs no memory of its own; the next new message is one too many again.
    if isTooVaried { similar.messages.remove(event.note.message) }
    kinds[kind] = similar
    return isTooVaried
  }
}

extension CountedEvent {
  /// The message as it is shown.
  var message: String { (isCombined ? EventTally.combined : "") + note.message }

  fileprivate func isSame(as other: CountedEvent) -> Bool {
    guard isCombined == other.isCombined, note.type == other.note.type else { return false }
    return note.reason == other.note.reason && note.container == other.note.container
      && (isCombined || note.message == other.note.message)
  }
}
