import PodModel

/// One probe of one run, counted as section 2.3 of the reference counts: thresholds of equal
/// answers in a row, three tries of what cannot be asked, on hold once all is said.
struct ProbeRecord {
  let kind: ProbeKind
  let spec: ProbeSpec
  /// When it is asked next; nil before it is its turn.
  var due: Duration?
  var isInFlight = false
  var isOnHold = false
  /// The last answer that was long enough the same.
  private(set) var verdict: Bool?
  private var row: (isGood: Bool, count: Int) = (true, 0)
  private var errors = 0

  init(_ kind: ProbeKind, _ spec: ProbeSpec) {
    self.kind = kind
    self.spec = spec
  }

  mutating func take(_ result: ProbeResult, at now: Duration) {
    guard isInFlight else { return }
    isInFlight = false
    let next = max((due ?? now) + spec.period, now)
    switch result {
    case .success, .warning: count(true)
    case .failure: count(false)
    case .error:
      errors += 1
      if errors < 3 {
        due = now
        return
      }
      errors = 0
    }
    due = next
  }

  private mutating func count(_ isGood: Bool) {
    errors = 0
    row = (isGood, row.isGood == isGood ? row.count + 1 : 1)
    guard row.count >= (isGood ? spec.successThreshold : spec.failureThreshold) else { return }
    verdict = isGood
    isOnHold = kind == .startup || kind == .liveness && !isGood
  }
}
