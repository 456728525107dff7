import Testing

@testable import PodShim

@Suite("Completion of command lines")
struct CommandsCompletionTests {
  /// A host with two pods in `default`, one in `test`, a ConfigMap and an image.
  private let completion = WordCompletion(
    WordCompletion.Names(
      objects: { kind, namespace in
        switch (kind, namespace) {
        case (.pod, "default"): ["web", "worker"]
        case (.pod, "test"): ["other"]
        case (.configMap, "default"): ["site"]
        default: []
        }
      },
      containers: { pod, namespace in
        (pod, namespace) == ("web", "default") ? ["nginx", "shipper"] : []
      },
      images: { ["nginx:latest"] }, namespaces: { ["default", "test"] }))

  private func words(_ line: String) -> [String]? {
    let parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard case .words(let words) = completion.answer(parts) else { return nil }
    return words.map(\.word)
  }

  @Test(arguments: [
    ("desc", ["describe"]), ("get po", ["pods", "podpresets"]), ("get pods w", ["web", "worker"]),
    ("get pods -n test ", ["other"]), ("get pods -n=test ", ["other"]),
    ("--namespace test get pods ", ["other"]), ("get cm ", ["site"]),
    ("get pod/wo", ["pod/worker"]), ("get pod/web cm/", ["cm/site"]), ("logs we", ["web"]),
    ("logs web -c ", ["nginx", "shipper"]), ("logs pod/web -c n", ["nginx"]),
    ("logs -n test web -c ", []), ("exec web --container=s", ["--container=shipper"]),
    ("get pods --no-h", ["--no-headers"]), ("-n ", ["default", "test"]),
    ("rmi ng", ["nginx:latest"]),
    ("image pr", ["prune"]), ("completion z", ["zsh"]), ("help exi", ["exit-status"]),
    ("help expl", ["explain"]), ("--pull=n", ["--pull=never"]), ("get nothing x", []),
    ("version x", []), ("keep", []), ("nothing ", []),
  ])
  func `what can follow`(_ line: String, _ expected: [String]) {
    #expect(words(line) == expected)
  }

  @Test(arguments: ["create -f ", "create --filename=x", "load -i l", "exec web -- l"])
  func `the shell is asked where files are meant`(_ line: String) {
    #expect(words(line) == nil)
  }

  @Test func `every verb that people see is offered, with what it does`() {
    guard case .words(let offered) = completion.answer([""]) else {
      Issue.record("files were offered")
      return
    }
    let commands = CommandTable.commands.filter { $0.group != .hidden }
    #expect(offered.map(\.word) == commands.map(\.name))
    #expect(offered.map(\.summary) == commands.map(\.summary))
  }
}
