import FoundationEssentials
import PodModel
import Testing

/// Lives in worlds of dice. A round that breaks a rule says its seed and tells what happened;
/// `PODSHIM_FUZZ_SEED` plays it again, `PODSHIM_FUZZ` asks for more rounds than the first that tell
/// their lives a hundred thousand facts.
@Suite struct LifeFuzzTests {
  @Test func `no life breaks a rule in a world that does what it likes`() throws {
    let environment = ProcessInfo.processInfo.environment
    if let seed = environment["PODSHIM_FUZZ_SEED"].flatMap({ UInt64($0) }) {
      _ = try play(seed)
      return
    }
    let rounds = environment["PODSHIM_FUZZ"].flatMap { UInt64($0) }
    var (seed, told) = (UInt64(0), 0)
    let clock = ContinuousClock()
    let start = clock.now
    while rounds.map({ seed < $0 }) ?? (told < 20_000) {
      told += try play(seed)
      seed += 1
    }
    print("\(seed) lives were told \(told) facts in \(clock.now - start)")
  }

  /// How many facts the life was told.
  private func play(_ seed: UInt64) throws -> Int {
    var round = LifeRound(seed: seed)
    do {
      try round.play()
      return round.told
    } catch {
      // Once more, with a history.
      var again = LifeRound(seed: seed, keepsHistory: true)
      try? again.play()
      let told = (again.world.history ?? []).suffix(200).joined(separator: "\n")
      Issue.record("seed \(seed): \(error)\n\(round.world.rules.spec)\n\(told)")
      throw error
    }
  }
}
