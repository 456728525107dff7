import PodModel
import Testing

@Suite("Who decides whether a registry is asked")
struct PullModeTests {
  @Test(
    "The manifest, unless the owner of the host says something else",
    arguments: [
      (PullMode.policy, PullPolicy.always, PullPolicy.always),
      (.policy, .ifNotPresent, .ifNotPresent), (.policy, .never, .never),
      (.missing, .always, .ifNotPresent), (.missing, .ifNotPresent, .ifNotPresent),
      (.missing, .never, .never), (.never, .always, .never), (.never, .ifNotPresent, .never),
    ])
  func modes(mode: PullMode, policy: PullPolicy, expected: PullPolicy) throws {
    #expect(try mode.policy(policy, for: ImageReference("nginx")) == expected)
  }

  @Test("Nobody is asked what a digest stands for")
  func digest() throws {
    let name = try ImageReference("nginx:1@sha256:" + String(repeating: "a", count: 64))
    #expect(PullMode.policy.policy(.always, for: name) == .ifNotPresent)
  }
}
