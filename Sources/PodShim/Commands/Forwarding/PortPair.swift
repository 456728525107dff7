import PodModel

/// What `port-forward` is told about one port: `8080`, `8888:80`, `:80`, `8888:http`.
struct PortPair: Equatable {
  /// Of this host; 0 is any that is free.
  var local: UInt16
  var remote: UInt16

  /// A name is the one that a container of `pod` gave a TCP port.
  init(_ text: String, of pod: Pod) throws(CommandError) {
    let words = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard words.count <= 2, let last = words.last, !last.isEmpty else {
      throw CommandError("invalid port format '\(text)': write LOCAL:REMOTE, :REMOTE or PORT")
    }
    remote = try Self.remote(last, of: pod)
    switch words.count == 2 ? words[0] : "\(remote)" {
    case "": local = 0
    case let word:
      guard let number = UInt16(word) else {
        throw CommandError("invalid local port '\(word)': write a number from 0 to 65535")
      }
      local = number
    }
  }

  private static func remote(_ word: String, of pod: Pod) throws(CommandError) -> UInt16 {
    if let number = UInt16(word), number > 0 { return number }
    let containers = pod.spec.containers + pod.spec.initContainers
    let named = containers.flatMap(\.ports).first { $0.name == word }
    guard let named, let port = UInt16(exactly: named.containerPort) else {
      throw CommandError(
        "there is no port '\(word)' in pod \(pod.metadata.name): "
          + "write a number from 1 to 65535, or the name of a container's port")
    }
    guard named.protocol == nil || named.protocol == .tcp else {
      throw CommandError("port '\(word)' is not a TCP port, and port-forward carries TCP alone")
    }
    return port
  }
}
