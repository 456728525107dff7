import PodModel

/// A bug planted between a life and those who judge it.
///
/// The life itself is as it is: what it asks for, its deadline, its status or its snapshot is
/// changed on the way, as a life with that bug would have them.
enum LifeBug: String, CaseIterable {
  case wakesForNothing

  /// The rule that is there to catch it.
  var rule: LifeRule { .noIdleWaking }

  func edit(_ plan: [Effect], _ rules: LifeRules, at now: Duration) -> [Effect] { plan }
  func edit(_ deadline: Duration?, _ rules: LifeRules) -> Duration? { deadline }
  func edit(_ status: inout PodStatus, _ rules: LifeRules, step: Int) {}
  func edit(_ life: inout PodLife, at now: Duration) {}
}
