/// This host as a scheduler would see it: one node, its name and its labels.
///
/// Says whether a pod may run here and, where it may not, why, in the scheduler's words. The
/// answer depends on nothing but the two, so that it changes only when a label or the pod does.
public struct HostNode: Codable, Equatable, Sendable {
  public var name: String
  /// The host's own labels and those that somebody gave it.
  public var labels: [String: String]

  /// `machine` is what `uname -m` prints; `added` are the labels that somebody gave the host,
  /// which win over its own.
  public init(name: String, machine: String, added: [String: String] = [:]) {
    self.name = name
    let own = [
      "kubernetes.io/hostname": name,
      "kubernetes.io/os": "linux",
      "kubernetes.io/arch": Self.architecture(machine),
    ]
    labels = own.merging(added) { _, given in given }
  }

  /// Why the pod may not run here; nil when it may.
  public func objection(to spec: PodSpec) -> String? {
    if let wanted = spec.nodeName, !wanted.isEmpty, wanted != name {
      return "the pod is for the node `\(wanted)`, and this host is `\(name)`: leave out "
        + "`nodeName`, or create the pod there"
    }
    return meets(spec) ? nil : Self.noMatch
  }

  /// What the scheduler of a cluster of one node says.
  static let noMatch =
    "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. "
    + "preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling."

  private func meets(_ spec: PodSpec) -> Bool {
    if !spec.nodeSelector.allSatisfy({ labels[$0.key] == $0.value }) { return false }
    let required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    return required?.nodeSelectorTerms.contains(where: meets) ?? true
  }

  private func meets(_ term: NodeSelectorTerm) -> Bool {
    if term.matchExpressions.isEmpty, term.matchFields.isEmpty { return false }
    return term.matchExpressions.allSatisfy { $0.isMet(by: labels[$0.key]) }
      && term.matchFields.allSatisfy { $0.isMet(by: $0.key == "metadata.name" ? name : nil) }
  }

  /// What Go calls the machine, and `kubernetes.io/arch` with it.
  private static func architecture(_ machine: String) -> String {
    switch machine {
    case "x86_64": "amd64"
    case "aarch64": "arm64"
    case "i386", "i686": "386"
    case "armv6l", "armv7l", "armv8l": "arm"
    default: machine
    }
  }
}
