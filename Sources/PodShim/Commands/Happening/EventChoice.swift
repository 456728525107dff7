import PodModel

/// Which events a command line of `podshim events` is about.
struct EventChoice: Equatable {
  /// nil is every namespace.
  var namespace: String?
  /// nil is every pod.
  var pod: String?
  /// In small letters; empty is every type.
  var types: [String] = []

  init(namespace: String? = nil, pod: String? = nil, types: [String] = []) {
    self.namespace = namespace
    self.pod = pod
    self.types = types
  }

  init(_ invocation: Invocation, _ world: World) throws {
    namespace = invocation.isOn(.allNamespaces) ? nil : world.namespace
    if let words = invocation.text(EventsCommand.types) {
      types = words.split(separator: ",").map { $0.lowercased() }
      guard !types.isEmpty, types.allSatisfy(["normal", "warning"].contains) else {
        throw invocation.usage("valid --types are Normal or Warning")
      }
    }
    guard let thing = invocation.text(EventsCommand.about) else { return }
    let parts = thing.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[1].isEmpty else {
      throw invocation.usage("--for must be in TYPE/NAME form, as in --for pod/web")
    }
    guard ResourceKind.pod.words.contains(parts[0].lowercased()) else {
      throw invocation.usage("\"\(parts[0])\" has no events here: podshim has those of pods")
    }
    pod = parts[1]
  }

  func holds(_ event: PodEvent) -> Bool {
    if let namespace, event.namespace != namespace { return false }
    if let pod, event.pod.metadata.name != pod { return false }
    return types.isEmpty || types.contains(event.event.note.type.rawValue.lowercased())
  }
}
