import Glibc
import PodModel
import Testing

@testable import PodShim

/// Somebody who is not root, and whom only the worlds of a test know: their mount namespace has
/// files in `/etc` of its own that name him.
struct TestUser {
  /// Nobody else has these IDs.
  static let id: uid_t = 612_000
  private static let first: uid_t = 614_400_000
  private static let count: uid_t = 65536

  /// Whether `/etc/subuid` and `/etc/subgid` give him more than his own ID.
  let hasMore: Bool

  /// Makes him known; a command for the shell, as `PodFixture` takes one. He may open tunnels, as
  /// on most hosts everybody may.
  var preparation: String {
    let ids = hasMore ? "tester:\(Self.first):\(Self.count)" : ""
    return """
      cd /run && mkdir -p podshim-test && cd podshim-test && mount -t tmpfs -o size=1m none . &&
      cd /run/podshim-test && cp /etc/passwd passwd &&
      echo 'tester:x:\(Self.id):\(Self.id)::/:/bin/sh' >> passwd &&
      mount --bind passwd /etc/passwd &&
      for file in subuid subgid; do
        touch /etc/$file && echo '\(ids)' > $file && mount --bind $file /etc/$file;
      done && mknod tun c 10 200 && chmod 666 tun && mount --bind tun /dev/net/tun
      """
  }

  /// A program that he runs.
  func program(_ path: String, _ arguments: [String]) -> Program {
    let ids = ["--reuid", "\(Self.id)", "--regid", "\(Self.id)", "--clear-groups"]
    return Program(
      "/usr/bin/setpriv", ["setpriv"] + ids + ["--", path] + arguments.dropFirst())
  }

  /// Whether it is run by him or with one of the IDs that he may give away.
  func has(_ process: HostProcess) -> Bool {
    guard let user = process.user else { return false }
    return user == Self.id || Self.first..<(Self.first + Self.count) ~= user
  }
}

extension PodFixture {
  /// A world of somebody who is not root, with images of his own.
  static func withoutRoot(
    _ runtime: RuntimeKind, hasMore: Bool = true, images: [String] = ["busybox"],
    preparation: String? = nil, network: TestNetwork? = nil,
    _ body: (PodFixture) throws -> Void
  ) throws {
    let user = TestUser(hasMore: hasMore)
    let all = [user.preparation, preparation].compactMap { $0 }.joined(separator: " && ")
    try with(runtime, images: images, preparation: all, network: network) { world in
      try world.become(user)
      for image in images {
        let archive = try Files.read(world.host.archive(image))
        let result = try world.run(["load", "-i", "-"], input: archive)
        guard result.succeeded else { throw TestHost.Unready(result.errorText) }
      }
      try body(world)
    }
  }

  private func become(_ user: TestUser) throws {
    try beginWithoutImages()
    pull = .missing
    // He need not be able to pass the folders above the program.
    try Tool.cp.run(["--reflink=auto", host.binary, folder + "/podshim"])
    for path in [folder, root] {
      try checked("chown", path) { chown(path, TestUser.id, TestUser.id) }
    }
    environment = ["PODSHIM_NETWORK=none"]
    self.user = user
    atEnd { [unowned self] in try endProcesses(of: user) }
  }

  /// Also those that carry no mark of this world.
  private func endProcesses(of user: TestUser) throws {
    try wait(for: "the user's processes to end", within: .seconds(5)) {
      let left = try HostProcess.all().filter { $0.state != "Z" && user.has($0) }
      for process in left { try process.signal(SIGKILL) }
      return left.isEmpty
    }
  }
}
