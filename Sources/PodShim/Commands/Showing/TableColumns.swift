import PodModel

/// The tables of `get`, with the columns that a command line wants besides the usual ones.
struct TableColumns {
  var isWide = false
  var withNamespace = false
  var withLabels = false

  init(isWide: Bool = false, withNamespace: Bool = false, withLabels: Bool = false) {
    self.isWide = isWide
    self.withNamespace = withNamespace
    self.withLabels = withLabels
  }

  init(_ invocation: Invocation) {
    isWide = invocation.text(GetCommand.output) == "wide"
    withNamespace = invocation.isOn(.allNamespaces)
    withLabels = invocation.isOn(GetCommand.showLabels)
  }

  func pods(_ pods: [Pod], now: Timestamp) -> [[String]] {
    var rows = [isWide ? PodRow.wideHeader : PodRow.header]
    for pod in pods {
      let row = PodRow(pod, now: now)
      rows.append(isWide ? row.wideCells : row.cells)
    }
    rows = add("LABELS", pods.map(\.metadata.labels), to: rows)
    return add("NAMESPACE", pods.map { $0.metadata.namespace ?? "default" }, to: rows)
  }

  func events(_ events: [PodEvent], now: Timestamp) -> [[String]] {
    let header = isWide ? EventTable.wideHeader : EventTable.header
    let rows = events.map { EventTable.plainRow($0, isWide: isWide, now: now) }
    return add("NAMESPACE", events.map(\.namespace), to: [header] + rows)
  }

  func objects(_ objects: [any StoredKind], of kind: Kind, now: Timestamp) -> [[String]] {
    var rows = [ObjectRow.header(kind)] + objects.map { ObjectRow.cells($0, now: now) }
    rows = add("LABELS", objects.map(\.metadata.labels), to: rows)
    return add("NAMESPACE", objects.map(\.metadata.place), to: rows)
  }

  func nodes(_ nodes: [NodeRecord], now: Timestamp) -> [[String]] {
    let rows = nodes.map { NodeRow.cells($0, isWide: isWide, now: now) }
    return add(
      "LABELS", nodes.map(\.labels), to: [isWide ? NodeRow.wideHeader : NodeRow.header] + rows)
  }

  private func add(_ title: String, _ labels: [[String: String]], to rows: [[String]]) -> [[String]]
  {
    guard withLabels else { return rows }
    let words = labels.map { labels in
      labels.isEmpty ? "<none>" : KeyedLines.labels(labels).joined(separator: ",")
    }
    return zip(rows, [title] + words).map { $0 + [$1] }
  }

  private func add(_ title: String, _ words: [String], to rows: [[String]]) -> [[String]] {
    withNamespace ? zip([title] + words, rows).map { [$0] + $1 } : rows
  }
}
