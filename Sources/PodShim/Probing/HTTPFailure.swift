import PodModel

/// A request that got no answer, in the words of Go's client.
struct HTTPFailure: Error, Equatable, CustomStringConvertible {
  /// The URL, or the Location that was not followed.
  var place: String
  var reason: TransportError

  init(_ url: HTTPURL, _ reason: TransportError) {
    place = url.description
    self.reason = reason
  }

  init(_ place: String, _ reason: String) {
    self.place = place
    self.reason = .failed(reason)
  }

  /// What curl and we alike find when a server speaks no TLS.
  static let plainAnswer = TransportError.failed("http: server gave HTTP response to HTTPS client")

  var description: String {
    "Get \(place.quoted): "
      + reason.text(late: "(Client.Timeout exceeded while awaiting headers)")
  }
}

extension TransportError {
  /// - Parameter late: what Go says after "context deadline exceeded".
  func text(late: String) -> String {
    switch self {
    case .timedOut: "context deadline exceeded \(late)"
    case .failed(let reason): reason
    }
  }
}
