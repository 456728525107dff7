import Testing

@testable import PodModel

@Suite("Which network a pod gets")
struct NetworkChoiceTests {
  private func choice(
    _ wanted: NetworkMode, configuration: String? = nil, obstacle: String? = nil
  ) -> NetworkChoice {
    NetworkChoice(
      wanted: wanted, configuration: configuration, configurationFolder: "/etc/cni/net.d",
      obstacleToBridge: obstacle)
  }

  @Test func `plugins come before the bridge, and the bridge before nothing`() throws {
    #expect(
      try choice(.auto, configuration: "/x.conflist", obstacle: "no `nft`").choose().mode == .cni)
    #expect(try choice(.auto).choose().mode == .bridge)
    let none = try choice(.auto, obstacle: "`nft` is not installed").choose()
    #expect(none.mode == .none)
    #expect(none.reason.contains("`nft` is not installed"))
  }

  @Test func `what was asked for is taken, or refused with the reason`() throws {
    #expect(try choice(.bridge, configuration: "/x.conflist").choose().mode == .bridge)
    #expect(try choice(.none, configuration: "/x.conflist").choose().mode == .none)
    #expect(try choice(.host).choose().mode == .host)
    let refused = [choice(.cni), choice(.bridge, obstacle: "`nft` is not installed")]
    let words = ["no network configuration in `/etc/cni/net.d`", "`nft` is not installed"]
    for (choice, word) in zip(refused, words) {
      do {
        _ = try choice.choose()
        Issue.record("\(choice.wanted) was chosen")
      } catch {
        #expect(error.description.contains(word))
      }
    }
  }
}
