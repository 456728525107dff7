/// A generator of numbers that look random: the same seed gives the same numbers everywhere, so
/// that a fuzz round which found something can be played again.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &self)]
  }

  /// Anything up to `longest`, short times as likely as long ones.
  mutating func time(upTo longest: Duration) -> Duration {
    let scale = [1, 10, 100, 1000].randomElement(using: &self) ?? 1
    let most = Int64(longest / .milliseconds(1)) / Int64(scale)
    return .milliseconds(Int64.random(in: 0...max(0, most), using: &self))
  }
}
