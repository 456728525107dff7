import PodModel

/// One thing that commands show, choose and change, of whatever kind.
struct Resource {
  enum Content {
    /// As it is stored, and as `get` shows it.
    case pod(StoredPod, Pod)
    case object(any StoredKind)
    case event(PodEvent)
    case node(NodeRecord)
  }

  let content: Content

  init(_ content: Content) {
    self.content = content
  }

  init(_ stored: StoredPod) throws {
    content = .pod(stored, try stored.shown())
  }

  var kind: ResourceKind {
    switch content {
    case .pod: .pod
    case .object(let object): object.resourceKind
    case .event: .event
    case .node: .node
    }
  }

  var name: String {
    switch content {
    case .pod(let stored, _): stored.name
    case .object(let object): object.metadata.name
    case .event(let event): event.name
    case .node(let node): node.name
    }
  }

  /// nil for what is in none.
  var namespace: String? {
    switch content {
    case .pod(let stored, _): stored.namespace
    case .object(let object): object.metadata.place
    case .event(let event): event.namespace
    case .node: nil
    }
  }

  var labels: [String: String] {
    switch content {
    case .pod(_, let pod): pod.metadata.labels
    case .object(let object): object.metadata.labels
    case .event: [:]
    case .node(let node): node.labels
    }
  }

  /// The whole object.
  var node: Node {
    switch content {
    case .pod(_, let pod): pod.node
    case .object(let object): object.node
    case .event(let event): event.node
    case .node(let node): node.object
    }
  }

  /// `pod/web`
  var reference: String { "\(kind.singular)/\(name)" }
}

extension Resource {
  /// What it can be chosen by with `--field-selector`: the fields that the API server knows of the
  /// kind.
  var fields: [String: String] {
    var fields = ["metadata.name": name, "metadata.namespace": namespace ?? ""]
    switch content {
    case .pod(_, let pod):
      fields["spec.nodeName"] = pod.spec.nodeName
      fields["spec.restartPolicy"] = pod.spec.restartPolicy?.rawValue
      fields["spec.schedulerName"] = pod.spec.schedulerName
      fields["spec.serviceAccountName"] = pod.spec.serviceAccountName
      fields["spec.hostNetwork"] = "\(pod.spec.hostNetwork ?? false)"
      fields["status.phase"] = pod.status?.phase?.rawValue
      fields["status.podIP"] = pod.status?.podIP
      fields["status.nominatedNodeName"] = pod.status?.nominatedNodeName
    case .object(let object as Secret): fields["type"] = object.type
    case .object, .node: break
    case .event(let event):
      fields["involvedObject.kind"] = "Pod"
      fields["involvedObject.name"] = event.pod.metadata.name
      fields["involvedObject.namespace"] = event.namespace
      fields["involvedObject.uid"] = event.pod.metadata.uid
      fields["involvedObject.apiVersion"] = "v1"
      fields["involvedObject.fieldPath"] = event.fieldPath
      fields["reason"] = event.event.note.reason
      fields["type"] = event.event.note.type.rawValue
      fields["source"] = PodEvent.component
      fields["reportingComponent"] = PodEvent.component
    }
    return fields
  }

  /// The names of these fields, those among them that an object leaves empty.
  static func fieldNames(_ kind: ResourceKind) -> Set<String> {
    let all: Set = ["metadata.name", "metadata.namespace"]
    switch kind {
    case .pod:
      return all.union([
        "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName",
        "spec.hostNetwork", "status.phase", "status.podIP", "status.nominatedNodeName",
      ])
    case .secret: return all.union(["type"])
    case .event:
      let about = ["kind", "name", "namespace", "uid", "apiVersion", "fieldPath"]
      return all.union(about.map { "involvedObject.\($0)" })
        .union(["reason", "type", "source", "reportingComponent"])
    case .node, .configMap, .serviceAccount, .podPreset: return all
    }
  }
}
