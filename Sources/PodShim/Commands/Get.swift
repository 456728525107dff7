import PodModel

/// `podshim get`: kubectl's columns, or the objects themselves, now or as they change.
enum GetCommand {
  static let showLabels = Flag("show-labels", nil, "A last column with the labels")
  static let labelColumns = Flag(
    "label-columns", "L", .text("KEYS"), "Columns for these labels (with commas)",
    isRepeatable: true)
  static let showKind = Flag("show-kind", nil, "Write names with their type: pod/web")
  static let sortBy = Flag("sort-by", nil, .text("PATH"), "In the order of what a JSONPath finds")
  static let noHeaders = Flag("no-headers", nil, "Leave the first line out")
  static let watch = Flag("watch", "w", "Go on with what changes")
  static let watchOnly = Flag("watch-only", nil, "Only what changes from now on")
  static let chunkSize = Flag(
    "chunk-size", nil, .text("COUNT"), "Changes nothing: lists come whole here", isHidden: true)

  static let flags =
    [OutputFormat.tableFlag, .file, .recursive] + ResourceQuery.flags + [
      showLabels, labelColumns, showKind, sortBy, noHeaders, watch, watchOnly,
      DeleteCommand.ignoreNotFound, chunkSize,
    ]

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let query = try ResourceQuery(invocation, world, among: ResourceKind.allCases)
    let view = try ResourceView(invocation, query)
    let order = try order(invocation)
    let store = ResourceStore(world)
    if invocation.isOn(watch) || invocation.isOn(watchOnly) {
      if query.isMixed { throw invocation.usage("you may only specify a single resource type") }
      try follow(query, store, view, order, isNewsOnly: invocation.isOn(watchOnly))
    }
    let answer = try query.resources(store)
    let found = try sorted(answer.found, order)
    let isList = query.wanted.count != 1 || !query.isNamed
    if !found.isEmpty || (isList && answer.errors.isEmpty && view.showsNothing) {
      try view.show(found, isList: isList)
    } else if answer.errors.isEmpty, !invocation.isOn(DeleteCommand.ignoreNotFound) {
      Output.complainOfNothing(in: invocation.isOn(.allNamespaces) ? nil : world.namespace)
    }
    try answer.complain(unlessNotFound: invocation.isOn(DeleteCommand.ignoreNotFound))
    return 0
  }

  private static func order(_ invocation: Invocation) throws -> ObjectOrder? {
    guard let path = invocation.text(sortBy), !path.isEmpty else { return nil }
    do {
      return try ObjectOrder(path)
    } catch {
      throw CommandError("\(error)")
    }
  }

  /// Each kind by itself.
  private static func sorted(_ resources: [Resource], _ order: ObjectOrder?) throws -> [Resource] {
    guard let order else { return resources }
    do {
      return try resources.byKind.flatMap { try order.sorted($0, by: \.node) }
    } catch let problem as JSONPath.Problem {
      throw CommandError("\(problem)")
    }
  }

  /// Until this process is ended, or nobody reads any more.
  private static func follow(
    _ query: ResourceQuery, _ store: ResourceStore, _ view: ResourceView, _ order: ObjectOrder?,
    isNewsOnly: Bool
  ) throws -> Never {
    let watch = try ResourceWatch(query, store)
    let first = try watch.look()
    if let error = first.errors.first { throw error }
    if !isNewsOnly { try view.showEach(sorted(first.changes.map(\.resource), order)) }
    while true {
      try watch.waitWhileRead()
      try view.showEach(watch.look().changes.map(\.resource))
    }
  }
}
