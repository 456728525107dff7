import Testing

@testable import PodModel

@Suite("Processor time as the kernel is told it")
struct CPUTimeTests {
  private static let shares: [(Int64, UInt64)] = [
    (0, 2), (1, 2), (2, 2), (3, 3), (250, 256), (1000, 1024), (255_999, 262_142),
    (256_000, 262_144), (256_001, 262_144), (.max, 262_144),
  ]

  @Test(arguments: shares)
  func `shares are between what the kernel knows`(_ thousandths: Int64, _ shares: UInt64) {
    #expect(CPUTime.shares(thousandths) == shares)
  }

  private static let quotas: [(Int64, Int64?)] = [
    (0, nil), (1, 1000), (9, 1000), (10, 1000), (11, 1100), (1500, 150_000),
  ]

  @Test(arguments: quotas)
  func `a quota is not below a millisecond`(_ thousandths: Int64, _ quota: Int64?) {
    #expect(CPUTime.quota(thousandths) == quota)
  }
}
