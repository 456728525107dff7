import Glibc
import PodModel
import Testing

@testable import PodShim

/// `Tests/tls-server` as a process of one test, with a certificate that nobody has signed.
final class TLSServer {
  let port: Int
  private let child: Child
  private let output: OwnedDescriptor
  private let scratch: LinuxScratch

  var url: String { "https://127.0.0.1:\(port)" }

  init() throws {
    scratch = try LinuxScratch()
    let (certificate, key) = (scratch["certificate"], scratch["key"])
    let script = "\(tests)/certificate"
    let made = try Program(script, [script, scratch.path]).run(timeout: .seconds(20))
    try #require(made.succeeded, "\(made.errorText)")

    let python = try #require(Program.find("python3"), "the package `python3` is missing")
    var server = Program(python, ["python3", "\(tests)/tls-server", certificate, key])
    let pipe = try Pipe.make().split()
    server.descriptors = [-1, pipe.writer.raw, 2]
    output = pipe.reader
    server.deathSignal = SIGKILL
    child = try server.spawn()
    var line = [UInt8](repeating: 0, count: 16)
    let count = try output.read(into: &line) ?? 0
    let text = String(decoding: line[..<count], as: UTF8.self)
    port = try #require(Int(text.prefix { $0.isNumber }), "the server says \(text)")
  }

  deinit { stop(child) }

  func ask(
    _ path: String, host: String? = nil, headers: [(String, String)] = [],
    purpose: NetworkInquiry.Purpose = .probe, within: Duration = .seconds(20)
  ) throws -> ProbeAnswer {
    let words = headers.flatMap { ["--header", "\($0.0):\($0.1)"] }
    let inquiry = try NetworkInquiry(
      arguments: ["http", "--purpose", purpose.rawValue] + words
        + ["https://\(host ?? "127.0.0.1"):\(port)\(path)"])
    return inquiry.ask(until: Clock.boot() + within)
  }
}

/// The folder `Tests`.
private let tests: String = {
  let probing = Files.split(#filePath).directory
  return Files.split(Files.split(probing).directory).directory
}()
