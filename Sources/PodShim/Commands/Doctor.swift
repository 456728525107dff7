enum DoctorCommand {
  static let remove = Flag("rm", nil, "Delete the pod when it has ended")
  static let follow = Flag("follow", "f", "Go on with what comes until the container ends for good")
  static let tail = Flag(
    "tail", nil, .text("LINES"), "Only so many of the last lines (default: all)")
  static let previous = Flag("previous", "p", "The run before the present one")
  static let output = Flag("output", "o", .text("DIR"), "Where to write")
  static let pausePID = Flag(
    "pause-pid", nil, .text("PID"), "Process whose namespaces the containers join")

  static func run(_ invocation: Invocation) throws -> CInt {
    throw CommandError("not supported yet")
  }
}
