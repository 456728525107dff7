import Glibc
import OCISpec
import Testing

@testable import PodShim

/// What is in a container, as it is seen from outside. The container is this process itself.
@Suite struct ContainerFilesTests {
  private let scratch: LinuxScratch

  init() throws {
    scratch = try LinuxScratch()
    try Files.writeText("\(getpid())", to: scratch["pid"])
    try Files.symlink("/", at: scratch["rootfs"])
  }

  private func look(
    _ path: String, as user: OCISpec.Process.User = .init()
  ) -> ProgramSearch.Finding? {
    ContainerFiles(bundle: scratch.path)?.look(at: path, as: user)
  }

  @Test func `files, folders, links and what is not there`() throws {
    try Files.writeText("", to: scratch["program"], mode: 0o755)
    try Files.writeText("", to: scratch["text"], mode: 0o644)
    try Files.symlink("/../..\(scratch["program"])", at: scratch["link"])
    try Files.symlink("/proc/self/exe", at: scratch["magic"])
    #expect(look(scratch["program"]) == .program)
    #expect(look(scratch["link"]) == .program)
    #expect(look(scratch["text"]) == .forbidden)
    #expect(look(scratch.path) == .folder)
    #expect(look(scratch["none"]) == .missing)
    #expect(look(scratch["text/more"]) == .noFolder)
    #expect(look("/proc/self/exe") == .unknown)
    #expect(look(scratch["magic"]) == .unknown)
  }

  @Test(
    arguments: [
      (0o700, 7, .program), (0o700, 8, .forbidden), (0o070, 8, .program), (0o070, 7, .forbidden),
      (0o701, 9, .program), (0o710, 9, .forbidden), (0o700, 0, .program),
    ] as [(mode_t, UInt32, ProgramSearch.Finding)])
  func `whose program it is counts`(
    _ mode: mode_t, _ user: UInt32, _ finding: ProgramSearch.Finding
  ) throws {
    // It is user 7's; user 8 is in its group, user 9 in none.
    try Files.writeText("", to: scratch["program"])
    try checked("chown", "program") { chown(scratch["program"], 7, 70) }
    try checked("chmod", "program") { chmod(scratch["program"], mode) }
    let process = OCISpec.Process.User().with {
      $0.uid = user
      $0.gid = 90
      $0.additionalGids = user == 8 ? [70] : []
    }
    #expect(look(scratch["program"], as: process) == finding)
  }

  @Test func `a root that is not the container's says nothing`() throws {
    try Files.remove(scratch["rootfs"])
    try Files.makeDirectories(scratch["rootfs"])
    #expect(look(scratch["program"]) == nil)
  }
}
