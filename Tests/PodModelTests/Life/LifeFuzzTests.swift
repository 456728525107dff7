import FoundationEssentials
import Glibc
import PodModel
import Testing

/// Lives in worlds of dice, and bugs that are planted there.
///
/// A round that breaks a rule says its seed and tells what happened; `PODSHIM_FUZZ_SEED` plays it
/// again, `PODSHIM_FUZZ` asks for so many rounds instead of a hundred thousand events. A fact that
/// a life is told is an event, and so is its being woken.
@Suite struct LifeFuzzTests {
  static let environment = ProcessInfo.processInfo.environment
  static let seed = environment["PODSHIM_FUZZ_SEED"].flatMap { UInt64($0) }
  static let rounds = environment["PODSHIM_FUZZ"].flatMap { UInt64($0) }
  /// Tests run beside each other: one for every share of the seeds.
  static let shares: UInt64 = seed == nil ? 4 : 1

  @Test(arguments: 0..<shares)
  func `no life breaks a rule in a world that does what it likes`(share: UInt64) throws {
    let clock = ContinuousClock()
    let start = clock.now
    var seed = LifeFuzzTests.seed ?? share
    var (lives, told, woken) = (0, 0, 0)
    repeat {
      let round = try play(seed)
      lives += 1
      told += round.told
      woken += round.woken
      seed += LifeFuzzTests.shares
    } while LifeFuzzTests.seed == nil
      && LifeFuzzTests.rounds.map { seed < $0 } ?? (told + woken < 25_000)
    print(
      "\(lives) lives had \(told + woken) events: \(told) facts, \(woken) times woken;",
      "\(clock.now - start)")
    // What is buffered would come behind the test runner's last line.
    fflush(nil)
  }

  private func play(_ seed: UInt64) throws -> LifeRound {
    var round = LifeRound(seed: seed)
    do {
      try round.play()
      return round
    } catch {
      // Once more, with a history.
      var again = LifeRound(seed: seed, keepsHistory: true)
      try? again.play()
      let told = (again.world.history ?? []).suffix(200).joined(separator: "\n")
      Issue.record("seed \(seed): \(error)\n\(round.world.rules.spec)\n\(told)")
      throw error
    }
  }

  @Test(arguments: LifeBug.allCases)
  func `a planted bug is caught by the rule that is there for it`(bug: LifeBug) {
    for seed in UInt64(0)..<1000 {
      var round = LifeRound(seed: seed, bug: bug)
      do {
        try round.play()
      } catch let broken as LifeRule.Broken where broken.rule == bug.rule {
        return
      } catch {
        // Another rule was first to see it, in this world.
      }
    }
    Issue.record("\(bug) is not caught by \(bug.rule)")
  }

  @Test func `every rule has a planted bug`() {
    let caught = Set(LifeBug.allCases.map(\.rule))
    #expect(LifeRule.allCases.filter { !caught.contains($0) }.isEmpty)
  }
}
