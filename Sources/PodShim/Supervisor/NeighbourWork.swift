import Glibc
import PodModel

/// What the other pods of the namespace are called: who gets addresses, or gives them back, tells
/// the others, and each looks for itself what there is.
extension Supervisor {
  private var namespacePods: [PodPaths] {
    let namespace = pod.metadata.namespace ?? "default"
    let names = (try? Files.listIfThere("\(paths.host.names)/\(namespace)")) ?? []
    return names.compactMap { name in
      let link = paths.host.nameLink(namespace: namespace, name: name)
      return (try? Files.readLink(link)).map { paths.host.pod(uid: $0) }
    }.filter { $0.uid != paths.uid }
  }

  /// None for a pod that cannot reach them.
  var neighbours: [Neighbour] {
    guard network?.isAttached == true else { return [] }
    return namespacePods.compactMap { other in
      guard let record = NetworkRecord.read(other), record.isAttached, !record.addresses.isEmpty
      else { return nil }
      return Neighbour(names: record.names, addresses: record.addresses)
    }
  }

  /// One that does not hear it has no supervisor now; the next one looks when it begins.
  func tellNeighbours() {
    guard let network, network.mode == .bridge || network.mode == .cni else { return }
    namespacePods.forEach(tell)
  }

  private func tell(_ other: PodPaths) {
    let wasHeard = (try? UnixSocket.tell(Array("names\n".utf8), at: other.control)) ?? true
    if !wasHeard { loop.after(Self.newsPause) { [unowned self] in tell(other) } }
  }

  /// Many pods that come at once are one piece of news.
  private static let newsPause = Duration.milliseconds(50)

  func neighboursChanged() {
    guard namesAlarm == nil, network?.isAttached == true else { return }
    namesAlarm = loop.after(Self.newsPause) { [unowned self] in
      namesAlarm = nil
      plan.neighbours = neighbours
      tidy("write down what other pods are called") {
        // Containers have the file itself mounted.
        try Files.overwrite(Array((plan.hostsFile ?? "").utf8), in: paths.hosts)
      }
    }
  }
}
