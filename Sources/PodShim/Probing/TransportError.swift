/// Why nothing was heard from a server, without the words around it, which each protocol has its
/// own of.
enum TransportError: Error, Equatable {
  case timedOut
  /// In Go's words where they are known.
  case failed(String)
}
