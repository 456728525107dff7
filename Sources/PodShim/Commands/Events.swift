import Glibc
import PodModel

/// `podshim events`: what has happened to the pods, the newest last.
enum EventsCommand {
  static let about = Flag("for", nil, .text("pod/NAME"), "Only what happened to this pod")
  static let types = Flag("types", nil, .text("TYPES"), "Normal, Warning or both (with a comma)")
  static let watch = Flag("watch", "w", "Go on with what happens")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let choice = try EventChoice(invocation, world)
    let store = PodStore(world)
    let events = try all(in: choice.namespace, of: store).filter(choice.holds)
    let show = try EventPrinter(invocation, withNamespace: choice.namespace == nil)
    if invocation.isOn(watch) {
      try EventWatch(store, choice).run { try show.print($0) }
    }
    guard !events.isEmpty || show.showsNothing else {
      let place = choice.namespace.map { " in \($0) namespace" } ?? ""
      Output.complain("No events found\(place).")
      return 0
    }
    try show.print(events)
    return 0
  }

  /// The events of all pods, the newest last.
  static func all(in namespace: String?, of store: PodStore) throws -> [PodEvent] {
    EventsCommand.sorted(try store.pods(in: namespace).flatMap { $0.events() })
  }

  /// By the time when they were last seen; those of one second stay as they are.
  static func sorted(_ events: [PodEvent]) -> [PodEvent] {
    events.enumerated().sorted {
      ($0.element.event.last.seconds, $0.offset) < ($1.element.event.last.seconds, $1.offset)
    }.map(\.element)
  }
}
