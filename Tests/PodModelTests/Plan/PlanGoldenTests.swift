import Testing

@Suite("Bundles are planned as the fixtures say")
struct PlanGoldenTests {
  @Test("Every container of the pod gets its bundle, byte for byte", arguments: PlanCase.all)
  func bundles(_ plan: PlanCase) throws {
    for (name, text) in try plan.results().sorted(by: { $0.key < $1.key }) {
      try Golden.compare(text, with: "\(plan.folder)/\(name)")
    }
  }

  @Test("Every file of the folder is read or compared", arguments: PlanCase.all)
  func leavesNothingOver(_ plan: PlanCase) throws {
    let used = Set(try plan.results().keys).union(["pod.yaml", "host.json", "objects.yaml"])
    #expect(try plan.files.subtracting(used).isEmpty)
  }

  @Test("There are fixtures at all")
  func isNotEmpty() {
    #expect(PlanCase.all.count >= 24)
  }
}
