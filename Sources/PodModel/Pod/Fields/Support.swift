/// How far a field of the API is carried out by this program.
///
/// Every field of the inventory has one of these, so that none can be ignored in silence.
public enum Support: Sendable {
  /// Read and acted upon.
  case acted
  /// Read and checked for its type, then refused by name.
  case later
  /// Kept as written and named in a warning: only a cluster gives it a meaning.
  case cluster
}
