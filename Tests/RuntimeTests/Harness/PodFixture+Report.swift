import Glibc
import Testing

@testable import PodShim

/// What a test leaves to those who look for the reason why it failed.
extension PodFixture {
  /// Prints it, and attaches it to the test.
  func report() {
    var parts = [("the last commands", history.suffix(12).joined(separator: "\n"))]
    parts.append(("processes", processList()))
    for file in files(below: state) + files(below: root + "/log") where isTelling(file) {
      parts.append((String(file.dropFirst(folder.count + 1)), tail(of: file)))
    }
    let text = parts.map { "--- \($0.0)\n\($0.1)\n" }.joined()
    let name = "\(Test.current?.displayName ?? Test.current?.name ?? "a test"), on \(runtime)"
    Attachment.record(text, named: "\(runtime).txt")
    let report = Array("=== \(name)\n\(text)===\n".utf8)
    _ = report.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  private func isTelling(_ file: String) -> Bool {
    let names = ["/supervisor.log", "/events", "/life.json", "/journal", "/runtime.log", ".log"]
    return names.contains { file.hasSuffix($0) }
  }

  private func processList() -> String {
    let all = (try? processes()) ?? []
    return all.map { "\($0.pid) \($0.parent) \($0.state) \($0.arguments.joined(separator: " "))" }
      .joined(separator: "\n")
  }

  private func tail(of file: String) -> String {
    let bytes = (try? Files.read(file)) ?? []
    return String(decoding: bytes.suffix(4096), as: UTF8.self)
  }

  /// All files, but not those of root file systems.
  func files(below folder: String) -> [String] {
    let names = (try? Files.list(folder)) ?? []
    return names.flatMap { name -> [String] in
      let path = folder + "/" + name
      let isLink = (try? Files.readLink(path)) != nil
      guard Files.isDirectory(path), !isLink else { return [path] }
      return name == "rootfs" || name == "upper" ? [] : files(below: path)
    }
  }
}
