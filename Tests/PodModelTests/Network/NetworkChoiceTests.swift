import Testing

@testable import PodModel

@Suite("Which network a pod gets")
struct NetworkChoiceTests {
  private func choice(
    _ wanted: NetworkMode, configuration: String? = nil, obstacle: String? = nil,
    withoutRoot: [NetworkMode: String]? = nil
  ) -> NetworkChoice {
    NetworkChoice(
      wanted: wanted, configuration: configuration, configurationFolder: "/etc/cni/net.d",
      obstacleToBridge: obstacle, obstaclesWithoutRoot: withoutRoot)
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

  @Test func `without root pasta comes before slirp4netns, and that before nothing`() throws {
    func mode(_ obstacles: [NetworkMode: String]) throws -> NetworkMode {
      try choice(.auto, configuration: "/x.conflist", withoutRoot: obstacles).choose().mode
    }
    #expect(try mode([:]) == .pasta)
    #expect(try mode([.pasta: "no"]) == .slirp4netns)
    #expect(try mode([.pasta: "no", .slirp4netns: "no"]) == .none)
    #expect(try choice(.slirp4netns, withoutRoot: [:]).choose().mode == .slirp4netns)
    let refused = [
      choice(.bridge, withoutRoot: [:]), choice(.cni, configuration: "/x", withoutRoot: [:]),
      choice(.pasta, withoutRoot: [.pasta: "`pasta` is not installed"]), choice(.pasta),
    ]
    let words = ["needs root", "needs root", "not installed", "users who are not root"]
    for (choice, word) in zip(refused, words) {
      let error = #expect(throws: NetworkChoice.Impossible.self) { try choice.choose() }
      #expect(error?.description.contains(word) == true)
    }
  }
}
