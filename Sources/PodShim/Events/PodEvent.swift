import PodModel

/// One counted event of one pod, as the object of kind `Event` that Kubernetes would keep.
///
/// Name and uid come from what the event is about and when it was first seen, so that the same
/// event has the same name whoever asks, and however often it is seen again.
struct PodEvent: Equatable {
  let event: CountedEvent
  let pod: Pod
  /// The host that the event happened on.
  let host: String

  /// Who says it: `source.component` and `reportingComponent`.
  static let component = "podshim"

  var namespace: String { pod.metadata.namespace ?? "default" }

  /// The pod's name and sixteen digits, which the kubelet's recorder makes of the nanoseconds of
  /// the first time; here what is below the second tells events of one second apart.
  var name: String {
    let number = UInt64(max(0, event.first.seconds)) * 1_000_000_000 + hash() % 1_000_000_000
    let digits = String(number, radix: 16)
    return "\(pod.metadata.name).\(String(repeating: "0", count: 16 - digits.count))\(digits)"
  }

  /// `spec.containers{web}`; nil for the pod itself.
  var fieldPath: String? {
    guard let container = event.note.container else { return nil }
    let spec = pod.spec
    if spec.initContainers.contains(where: { $0.name == container }) {
      return "spec.initContainers{\(container)}"
    }
    if spec.ephemeralContainers.contains(where: { $0.common.name == container }) {
      return "spec.ephemeralContainers{\(container)}"
    }
    return "spec.containers{\(container)}"
  }

  var node: Node {
    let (first, last) = (event.first.description, event.last.description)
    var fields: [Node.Entry] = [
      .init("apiVersion", .string("v1")), .init("kind", .string("Event")),
    ]
    fields += [
      .init("count", .integer(Int64(event.count))),
      .init("eventTime", .null),
      .init("firstTimestamp", .string(first)),
      .init("involvedObject", involvedObject),
      .init("lastTimestamp", .string(last)),
      .init("message", .string(event.message)),
      .init(
        "metadata",
        .mapping([
          .init("creationTimestamp", .string(first)), .init("name", .string(name)),
          .init("namespace", .string(namespace)), .init("uid", .string(uid)),
        ])),
      .init("reason", .string(event.note.reason)),
      .init("reportingComponent", .string(PodEvent.component)),
      .init("reportingInstance", .string(host)),
      .init(
        "source",
        .mapping([
          .init("component", .string(PodEvent.component)), .init("host", .string(host)),
        ])),
      .init("type", .string(event.note.type.rawValue)),
    ]
    return .mapping(fields)
  }

  private var involvedObject: Node {
    var fields: [Node.Entry] = [
      .init("apiVersion", .string("v1")), .init("kind", .string("Pod")),
      .init("name", .string(pod.metadata.name)), .init("namespace", .string(namespace)),
    ]
    if let uid = pod.metadata.uid { fields.append(.init("uid", .string(uid))) }
    if let fieldPath { fields.append(.init("fieldPath", .string(fieldPath))) }
    return .mapping(fields)
  }

  private var uid: String {
    let digits = [hash("a"), hash("b")].map { half in
      let text = String(half, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }.joined()
    var rest = Substring(digits)
    return [8, 4, 4, 4, 12].map { length in
      defer { rest = rest.dropFirst(length) }
      return rest.prefix(length)
    }.joined(separator: "-")
  }

  /// FNV-1a over what tells this event from every other. A combined event's message changes.
  private func hash(_ salt: String = "") -> UInt64 {
    let note = event.note
    let words = [
      salt, pod.metadata.uid ?? "", note.type.rawValue, note.reason, note.container ?? "",
      event.isCombined ? EventTally.combined : note.message, event.first.description,
    ]
    return words.joined(separator: "\u{0}").utf8.reduce(0xcbf2_9ce4_8422_2325) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
  }
}

extension StoredPod {
  /// What has happened to the pod, in the order in which it was last seen.
  func events() -> [PodEvent] {
    EventLog.read(paths).map { PodEvent(event: $0, pod: pod, host: NodeRecord.hostname()) }
  }
}
