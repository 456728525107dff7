import Glibc
import OCISpec
import PodModel
import Testing

@testable import PodShim

@Suite("The key of the tokens", .enabled(if: Program.find("openssl") != nil, "needs openssl"))
struct TokenKeyTests {
  private let scratch: LinuxScratch
  private let host: HostPaths

  init() throws {
    scratch = try LinuxScratch()
    host = HostPaths(root: scratch["root"], state: nil, environment: [:], isRoot: true)
  }

  @Test("is made once, and nobody else can read it")
  func made() throws {
    let first = try TokenKey(of: host)
    let bytes = try Files.read(host.tokenKey)
    let second = try TokenKey(of: host)
    #expect(first.id == second.id)
    #expect(try Files.read(host.tokenKey) == bytes)
    var status = stat()
    #expect(stat(host.tokenKey, &status) == 0 && status.st_mode & 0o7777 == 0o600)
  }

  @Test("gets its public half back when that was lost")
  func half() throws {
    let id = try TokenKey(of: host).id
    try Files.remove(host.tokenKey + ".pub")
    #expect(try TokenKey(of: host).id == id)
  }

  @Test("signs what openssl finds to be true, and nothing else")
  func signature() throws {
    let key = try TokenKey(of: host)
    try Files.write(try key.sign("header.claims"), to: scratch["signature"])
    let verify = [
      "dgst", "-sha256", "-verify", host.tokenKey + ".pub", "-signature", scratch["signature"],
    ]
    #expect(throws: Never.self) { try Tool.openssl.run(verify, input: Array("header.claims".utf8)) }
    #expect(throws: ImageError.self) {
      try Tool.openssl.run(verify, input: Array("header.claimz".utf8))
    }
  }

  @Test("that is no key is said to be none")
  func broken() throws {
    try Files.makeDirectories(host.keys)
    try Files.writeText("", to: host.tokenKey)
    try Files.writeText("", to: host.tokenKey + ".pub")
    #expect(throws: TokenKey.Unusable.self) { try TokenKey(of: host) }
  }
}
