import Glibc
import OCISpec
import PodModel

/// `podshim fetch`: pulls one image, and says on standard output how that goes, for another process
/// of ours that must not wait.
enum FetchProgram {
  /// Says not only how it ended.
  static let progress = Flag("progress", nil, "Say how far it is")
  /// Credentials come as descriptor 3.
  static let credentials = Flag("credentials", nil, "Read credentials from descriptor 3")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    try Process.setName("podshim-fetch")
    try Signals.ignore(SIGPIPE)
    let showsProgress = invocation.isOn(progress)
    do {
      var pull = ImagePull(
        try ImageReference(invocation.operands[0]), into: ImageStore(root: world.paths.root),
        by: Skopeo(credentials: invocation.isOn(credentials) ? 3 : nil))
      // Nobody may be there any more; then the image is for the next who asks.
      if showsProgress { pull.tell = { try? say($0) } }
      try say(.done(try pull.run()))
      return 0
    } catch {
      let text = "\(error)"
      try say(.failed(text.hasPrefix("Source image rejected") ? .signature : .failed, text))
      return 1
    }
  }

  /// The program that pulls `name`.
  static func program(
    _ name: String, _ world: [String], showsProgress: Bool = false, credentials: CInt? = nil
  ) -> Program {
    var words = ["podshim", "fetch", name] + world
    if showsProgress { words.append("--\(progress.name)") }
    if credentials != nil { words.append("--\(self.credentials.name)") }
    var program = Program("/proc/self/exe", words)
    program.descriptors = [-1, -1, -1] + (credentials.map { [$0] } ?? [])
    program.deathSignal = SIGKILL
    return program
  }

  private static func say(_ news: PullNews) throws {
    try Output.write(JSON.compact(news) + [newline], to: STDOUT_FILENO)
  }
}
