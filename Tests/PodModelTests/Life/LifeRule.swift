/// The invariants of a life, one case each; the function of the same name in `LifeRules` or
/// `LifeWatch` says what it means and which section of the Kubernetes reference it is from.
///
/// A broken rule says its name, so that a test can tell that a planted bug is caught by the rule
/// that is there for it.
enum LifeRule: String, CaseIterable {
  // Beginnings
  case nothingAfterTheEnd, oneRunAtATime, runsAreCountedUp, initsFirst, sidecarsFirst, appsInOrder
  case ephemeralOnce, policyDecides, renewalsWait, backOffs, retriesWait
  case startsComeInTime
  // Hooks
  case postStartOnce, preStopOnce, preStopFirst
  // Ends
  case stopsHaveReasons, oldImagesEnd, unfitOnesEnd, signalsComeInTime, killsComeInTime
  case twoSeconds, graceIsGiven, sidecarsLast
  // Probes
  case probesEndWithTheContainer, startupGates, oneProbeInFlight, probesWait, probesComeInTime
  // Sandbox and remains
  case oneSandbox, sandboxOutlivesContainers, sandboxesWait, remainsGoOnce, finishIsLast
  // Waking
  case deadlineIsKept, somethingGoesOn, noIdleWaking, wantedEndsCome
  case snapshotsSayEverything
  // Status
  case restartCountsRise, terminalPhasesStay, startedIsEarned, readyIsEarned, onlyAppsDecide
  case deadlineFails, evictionFails, rejectionIsFinal, initializedStays, oneStateAtATime,
    transitionsHaveTheirTime

  struct Broken: Error, CustomStringConvertible {
    var rule: LifeRule
    var why: String
    var description: String { "\(rule): \(why)" }
  }

  /// Throws unless the rule holds.
  static func require(
    _ rule: LifeRule, _ holds: Bool, _ why: @autoclosure () -> String
  ) throws(Broken) {
    guard holds else { throw Broken(rule: rule, why: why()) }
  }
}
