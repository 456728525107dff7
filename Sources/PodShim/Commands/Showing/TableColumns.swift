import PodModel

/// The tables of `get`, with the columns that a command line wants besides the usual ones.
struct TableColumns {
  var isWide = false
  var withNamespace = false
  /// Names are written with their kind: `pod/web`.
  var withKind = false
  /// Labels that are columns of their own, by their keys.
  var labels: [String] = []
  var withLabels = false

  func header(_ kind: ResourceKind) -> [String] {
    let usual =
      switch kind {
      case .pod: isWide ? PodRow.wideHeader : PodRow.header
      case .event: isWide ? EventTable.wideHeader : EventTable.header
      case .node: isWide ? NodeRow.wideHeader : NodeRow.header
      case .configMap, .secret, .serviceAccount, .podPreset: ObjectRow.header(kind)
      }
    // `app.kubernetes.io/name` is NAME.
    let titles = labels.map { $0.split(separator: "/").last?.uppercased() ?? "" }
    return (withNamespace ? ["NAMESPACE"] : []) + usual + titles + (withLabels ? ["LABELS"] : [])
  }

  func row(_ resource: Resource, now: Timestamp) -> [String] {
    var cells = usual(resource, now: now)
    if withKind, resource.kind != .event { cells[0] = resource.reference }
    let own = resource.labels
    cells += labels.map { own[$0] ?? "" }
    if withLabels {
      cells.append(own.isEmpty ? "<none>" : KeyedLines.labels(own).joined(separator: ","))
    }
    return (withNamespace ? [resource.namespace ?? ""] : []) + cells
  }

  private func usual(_ resource: Resource, now: Timestamp) -> [String] {
    switch resource.content {
    case .pod(_, let pod):
      let row = PodRow(pod, now: now)
      return isWide ? row.wideCells : row.cells
    case .event(let event): return EventTable.plainRow(event, isWide: isWide, now: now)
    case .node(let node): return NodeRow.cells(node, isWide: isWide, now: now)
    case .object(let object): return ObjectRow.cells(object, now: now)
    }
  }
}
