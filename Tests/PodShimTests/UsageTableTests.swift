import PodModel
import Testing

@testable import PodShim

@Suite("The tables of top")
struct UsageTableTests {
  private static let rows = [
    UsageRow(namespace: "default", name: "web", container: "nginx", cpu: 12, memory: 5 << 20),
    UsageRow(namespace: "default", name: "web", container: "log", cpu: 3, memory: 2 << 20),
    UsageRow(namespace: "other", name: "web", container: "nginx", cpu: 1, memory: (3 << 20) - 1),
  ]

  @Test func `containers are lines, or are added up`() {
    let each = UsageTable.ofPods(hasContainers: true, hasNamespaces: false)
    #expect(
      each.text(Array(Self.rows.prefix(2)), hasHeader: true, hasSum: false) == """
        POD   NAME    CPU(cores)   MEMORY(bytes)
        web   nginx   12m          5Mi
        web   log     3m           2Mi

        """)
    let all = UsageTable.ofPods(hasContainers: false, hasNamespaces: true)
    #expect(
      all.text(UsageRow.sums(of: Self.rows), hasHeader: true, hasSum: true) == """
        NAMESPACE   NAME   CPU(cores)   MEMORY(bytes)
        default     web    15m          7Mi
        other       web    1m           2Mi
                           ________     ________
                           16m          9Mi

        """)
  }

  @Test func `time is measured against all processors`() {
    let first = UsageSample(at: .seconds(10), cpu: .seconds(3), workingSet: 0)
    let second = UsageSample(at: .seconds(12), cpu: .seconds(6), workingSet: 0)
    #expect(second.millicores(since: first) == 1500)
    #expect(first.millicores(since: first) == 0)
  }

  @Test func `a node has shares`() {
    let row = UsageRow(name: "n", cpu: 250, cpuShare: 12, memory: 9 << 20, memoryShare: 3)
    #expect(
      UsageTable.ofNodes.text([row], hasHeader: false, hasSum: false)
        == "n     250m   12%   9Mi   3%\n")
  }
}
