import PodModel

/// `podshim wait`: returns when pods, or whatever else, are as they are wanted.
enum WaitCommand {
  static let goal = Flag(
    "for", nil, .text("GOAL"),
    "condition=NAME[=STATUS], jsonpath='{PATH}'[=VALUE], create or delete")
  static let timeout = Flag(
    "timeout", nil, .text("DURATION"),
    "How long at most, such as 30s (the default); 0 looks once, less than 0 is a week")
  static let flags =
    [goal, timeout, .file, .recursive] + ResourceQuery.flags + [
      ResourceQuery.all, OutputFormat.flag,
    ]

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let goal = try wanted(invocation)
    let query = try ResourceQuery(invocation, world, among: ResourceKind.allCases)
    guard query.isChosen(invocation) else {
      throw invocation.usage("resource(s) were provided, but no name was specified")
    }
    let time = try invocation.duration(timeout) ?? .seconds(30)
    let printer = ObjectPrinter(try OutputFormat.read(invocation))
    let wait = try ResourceWait(query, ResourceStore(world), goal)
    try wait.run(for: time < .zero ? .seconds(7 * 86400) : time) { resource in
      try printer.report(resource.node, resource.reference, did: "condition met")
    }
    return 0
  }

  private static func wanted(_ invocation: Invocation) throws -> WaitGoal {
    do {
      return try WaitGoal(invocation.text(goal) ?? "")
    } catch {
      throw invocation.usage("\(error)")
    }
  }
}
