import Testing

/// What the callers of an OCI runtime rely on, asked of crun and of runc themselves, which proves
/// the tests, and of the shim over each, one after the other.
///
/// The suites are extensions of this one, a file for each chapter; `make runtime-callers` has them.
/// [The ledger](../../Conformance-interface.md) says for each requirement who keeps it.
@Suite(.serialized, .filterIssues(FailureNote.take))
struct Interface {}
