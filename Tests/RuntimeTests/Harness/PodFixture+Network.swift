import Glibc
import PodModel
import Testing

@testable import PodShim

/// What can be seen of the networks of pods.
extension PodFixture {
  func addresses(of pod: String = "pod") throws -> [String] {
    try status(pod).podIPs.map(\.ip)
  }

  /// What the server at `url` answers to a container, without the end of the line; nil when nobody
  /// does.
  func ask(_ url: String, in pod: String, _ container: String = "main") throws -> String? {
    let words = ["timeout", "5", "wget", "-q", "-O", "-", url]
    let result = try run(["exec", pod, "-c", container, "--"] + words)
    guard result.succeeded else { return nil }
    return result.outputText.split(separator: "\n").first.map(String.init)
  }

  /// The host's network is as it was before there was any pod. The kernel takes a moment to take
  /// the interfaces of a network away whose last process has ended.
  func expectNoNetwork(
    _ when: String = "after the deletion", at location: SourceLocation = #_sourceLocation
  ) throws {
    guard let network else { return }
    let deadline = Clock.boot() + .seconds(2)
    while try !network.interfaces().isEmpty, Clock.boot() < deadline { usleep(5000) }
    #expect(try network.interfaces() == [], "\(when)", sourceLocation: location)
    #expect(try network.rules() == "", "\(when)", sourceLocation: location)
  }
}
