import Glibc
import PodModel

/// Pulls of several images that go on side by side, each in a process of its own, and one screen
/// that shows them.
final class PullSession {
  /// More at once would only share the same line.
  private static let width = 4
  private static let patience = Duration.seconds(366 * 86400)

  private let loop: Loop
  private let world: World
  private let screen: PullScreen?
  private var pulls: [PullProgress]
  /// What came of a pull's output and is no whole line yet.
  private var partial: [Int: [UInt8]] = [:]
  private var next = 0
  private var running = 0

  init(_ names: [ImageReference], world: World, screen: PullScreen?) throws {
    loop = try Loop()
    self.world = world
    self.screen = screen
    pulls = names.map { PullProgress(name: $0) }
  }

  /// Answers the exit status: 1 when one of them failed.
  func run() throws -> CInt {
    try begin()
    if running > 0 { try loop.run() }
    try screen?.show(pulls, at: Clock.boot())
    ImageNews.tell(of: pulls.filter(\.isDone).map(\.name), world)
    for pull in pulls {
      if case .failed(_, let why) = pull.state {
        Output.complain("error: image `\(pull.name)`: \(why)")
      }
    }
    return pulls.allSatisfy(\.isDone) ? 0 : 1
  }

  private func begin() throws {
    while running < Self.width, next < pulls.count {
      let index = next
      next += 1
      running += 1
      let (reader, writer) = try Pipe.make(nonblockingRead: true).split()
      var program = FetchProgram.program(
        pulls[index].name.description, world.arguments, showsProgress: true)
      program.descriptors = [-1, writer.raw, STDERR_FILENO]
      try loop.watch(reader.raw, .readable) { [unowned self] _ in read(reader, of: index) }
      try loop.run(program, within: Self.patience) { [unowned self] status in
        read(reader, of: index)
        loop.unwatch(reader.raw)
        ended(index, status)
      }
    }
    try show()
  }

  private func ended(_ index: Int, _ status: ExitStatus) {
    running -= 1
    if !pulls[index].isOver {
      pulls[index].take(.failed(.failed, "the pull ended with \(status)"), at: Clock.boot())
    }
    do {
      try begin()
    } catch {
      Output.complain("error: \(error)")
      loop.stop()
    }
    if running == 0 { loop.stop() }
  }

  private func read(_ pipe: OwnedDescriptor, of index: Int) {
    var buffer = [UInt8](repeating: 0, count: 65536)
    while let count = (try? pipe.read(into: &buffer)) ?? nil, count > 0 {
      partial[index, default: []] += buffer[..<count]
    }
    var rest = (partial[index] ?? [])[...]
    while let end = rest.firstIndex(of: newline) {
      if let news = PullNews.read(rest[..<end]) { pulls[index].take(news, at: Clock.boot()) }
      rest = rest[rest.index(after: end)...]
    }
    partial[index] = Array(rest)
    // Who reads along may be gone; the images are wanted all the same.
    try? show()
  }

  private func show() throws { try screen?.show(pulls, at: Clock.boot()) }
}
