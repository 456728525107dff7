import Glibc
import PodModel

/// `podshim timeline`: the life of a pod as bars, in the terminal or as a picture.
enum TimelineCommand {
  static let output = Flag(
    "output", "o", .choice(["text", "svg"]), "In characters, or as a picture")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let stored = try PodStore(world).pod(PodNames.single(invocation), in: world.namespace)
    let marks = TimelineLog.read(stored.paths)
    guard let first = marks.map(\.at).min() else {
      throw CommandError(
        "nothing is known of the times of pod \"\(stored.name)\": it has not begun, or the host "
          + "was started anew since")
    }
    let (life, bootedAt) = try stored.life()
    let names = [TimelineMark.pause] + stored.pod.spec.allContainers.map(\.name)
    let timeline = Timeline(marks, names: names, now: life.isFinished ? nil : Clock.boot())
    let begun = Timestamp(wall: bootedAt + first)
    let title = "\(stored.namespace)/\(stored.name)  \(begun)  \(timeline.length.short)"
    if invocation.text(output) == "svg" {
      try Output.show(TimelineSVG(timeline, title: title).text)
    } else {
      let width = (try? Terminal.size(STDOUT_FILENO))?.columns ?? 0
      let drawing = TimelineText(timeline, width: width == 0 ? 100 : Int(width))
      try Output.show("\(title)\n\n\(drawing.text)")
    }
    return 0
  }
}
