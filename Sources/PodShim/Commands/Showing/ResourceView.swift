import PodModel

/// What `get` makes of the things that it has found: a table for each kind, or `-o`'s.
final class ResourceView {
  private let columns: TableColumns
  private let printer: ObjectPrinter
  private let withHeaders: Bool
  private let growing = GrowingTable()
  private var hasHeader: Bool

  init(_ invocation: Invocation, _ query: ResourceQuery) throws {
    let format = try OutputFormat.read(invocation, isTable: true)
    var columns = TableColumns()
    if case .plain(isWide: true) = format { columns.isWide = true }
    columns.withNamespace = invocation.isOn(.allNamespaces)
    columns.withKind = query.isMixed || invocation.isOn(GetCommand.showKind)
    columns.withLabels = invocation.isOn(GetCommand.showLabels)
    columns.labels = invocation.texts(GetCommand.labelColumns).flatMap {
      $0.split(separator: ",").map(String.init)
    }
    withHeaders = !invocation.isOn(GetCommand.noHeaders)
    hasHeader = !withHeaders
    self.columns = columns
    printer = ObjectPrinter(format, withHeaders: withHeaders)
  }

  /// An empty list is something to show: objects, or the headings of columns of one's own.
  var showsNothing: Bool {
    if case .columns = printer.format { return true }
    return printer.format.isWhole
  }

  func show(_ resources: [Resource], isList: Bool) throws {
    if printer.isPlain {
      let tables = resources.byKind.map { table($0, in: GrowingTable(), withHeader: withHeaders) }
      return try Output.show(tables.joined(separator: "\n"))
    }
    try printer.show(resources.map(\.node), names: resources.map(\.reference), isList: isList)
  }

  /// One by one, as they come.
  func showEach(_ resources: [Resource]) throws {
    guard printer.isPlain else {
      for resource in resources { try printer.show(resource.node, name: resource.reference) }
      return
    }
    guard !resources.isEmpty else { return }
    try Output.show(table(resources, in: growing, withHeader: !hasHeader))
    hasHeader = true
  }

  private func table(
    _ resources: [Resource], in table: GrowingTable, withHeader: Bool
  ) -> String {
    let now = Timestamp(wall: Clock.wall())
    let header = withHeader ? resources.prefix(1).map { columns.header($0.kind) } : []
    return table.text(header + resources.map { columns.row($0, now: now) })
  }
}

extension [Resource] {
  /// In lists of one kind each, in the order in which the kinds come.
  var byKind: [[Resource]] {
    var kinds: [ResourceKind] = []
    for resource in self where !kinds.contains(resource.kind) { kinds.append(resource.kind) }
    return kinds.map { kind in filter { $0.kind == kind } }
  }
}
