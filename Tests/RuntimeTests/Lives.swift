import Testing

/// Tests of the built program that mostly wait: for probes, hooks, grace periods and back-offs.
///
/// One after the other like those of `Pods`, but beside them, so that somebody uses the processors
/// meanwhile. So none of these looks at more of the host than what is its own world's.
@Suite(.serialized, .filterIssues(FailureNote.take))
struct Lives {}
