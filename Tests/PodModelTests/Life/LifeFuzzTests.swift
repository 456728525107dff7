import FoundationEssentials
import PodModel
import Testing

/// Lives in worlds of dice. A round that breaks a rule says its seed and tells what happened;
/// `PODSHIM_FUZZ_SEED` plays it again, `PODSHIM_FUZZ` asks for more rounds.
@Suite struct LifeFuzzTests {
  @Test func `no life breaks a rule in a world that does what it likes`() throws {
    let environment = ProcessInfo.processInfo.environment
    if let seed = environment["PODSHIM_FUZZ_SEED"].flatMap({ UInt64($0) }) {
      return try play(seed)
    }
    let rounds = environment["PODSHIM_FUZZ"].flatMap { UInt64($0) } ?? 2000
    for seed in 0..<rounds {
      try play(seed)
    }
  }

  private func play(_ seed: UInt64) throws {
    var round = LifeRound(seed: seed)
    do {
      try round.play()
    } catch {
      let told = round.world.history.suffix(200).joined(separator: "\n")
      Issue.record("seed \(seed): \(error)\n\(round.world.rules.spec)\n\(told)")
      throw error
    }
  }
}
