import Testing

@testable import PodShim

/// What `exec` says of programs that a container does not have.
@Suite("The program that a command line means")
struct ProgramSearchTests {
  typealias Finding = ProgramSearch.Finding

  private static let files: [String: Finding] = [
    "/bin/sh": .program, "/bin": .folder, "/bin/notes": .forbidden, "/bin/sub": .folder,
    "/usr/bin/notes": .program, "/bin/strange": .unknown, "/home/local/run.sh": .program,
    "/bin/sh/more": .noFolder,
  ]

  private func refusal(_ name: String, path: String? = "/bin:/usr/bin") -> String? {
    let search = ProgramSearch(name: name, path: path, directory: "/home")
    let refusal = search.refusal { Self.files[$0] ?? .missing }
    return refusal.map { "\($0.status) \($0.message)" }
  }

  @Test(arguments: ["sh", "/bin/sh", "notes", "local/run.sh", "strange", "/bin/strange"])
  func `what is there, or may be, is left to the runtime`(_ name: String) {
    #expect(refusal(name) == nil)
  }

  @Test(arguments: [
    ("nowhere", "127 exec: \"nowhere\": executable file not found in $PATH"),
    ("sub", "127 exec: \"sub\": executable file not found in $PATH"),
    ("", "127 exec: \"\": executable file not found in $PATH"),
    ("/nowhere", "127 exec: \"/nowhere\": stat /nowhere: no such file or directory"),
    ("no/where", "127 exec: \"no/where\": stat no/where: no such file or directory"),
    ("/bin/sh/more", "127 exec: \"/bin/sh/more\": stat /bin/sh/more: not a directory"),
    ("/bin", "126 exec: \"/bin\": is a directory"),
    ("/bin/notes", "126 exec: \"/bin/notes\": permission denied"),
  ])
  func `what is not there, and what cannot be run`(_ name: String, _ said: String) {
    #expect(refusal(name) == said)
  }

  @Test(arguments: [nil, "", "bin", ":/bin", "/bin:."])
  func `where nobody can tell, the runtime does`(_ path: String?) {
    #expect(refusal("nowhere", path: path) == nil)
  }
}
