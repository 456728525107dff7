import Testing

@testable import PodShim

@Suite("Program")
struct LinuxProgramTests {
  @Test func `a program's two outputs and its status are collected`() throws {
    let shell = Program("/bin/sh", ["sh", "-c", "cat; echo bad >&2; exit 3"])
    let result = try shell.run(input: Array("hello".utf8))
    #expect(result.outputText == "hello")
    #expect(result.errorText == "bad\n")
    #expect(result.status == .exited(3))
  }
}
