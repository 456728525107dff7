import PodModel

/// Sends a request and follows where it is led, as far as the kubelet goes: ten requests in all,
/// and never to another host, which might be told what is meant for this one.
struct HTTPClient {
  var names = HostNames()
  /// Since boot; nil is never.
  var deadline: Duration?

  private static let requestLimit = 10

  /// The last answer: also the one that leads elsewhere.
  func get(_ first: HTTPRequest) throws(HTTPFailure) -> HTTPExchange {
    var request = first
    var count = 1
    while true {
      let exchange = try send(request)
      guard let location = exchange.response.location else { return exchange }
      guard let url = request.url.resolving(location) else {
        let reason = "failed to parse Location header \(location.quoted)"
        throw HTTPFailure(request.url.description, reason)
      }
      if url.host != first.url.host { return exchange }
      if count == HTTPClient.requestLimit {
        throw HTTPFailure(location, "stopped after \(count) redirects")
      }
      request = request.redirected(to: url, location: location)
      count += 1
    }
  }

  private func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPExchange {
    do throws(TransportError) {
      return try HTTPExchange(request, names: names, until: deadline)
    } catch {
      throw HTTPFailure(request.url, error)
    }
  }
}
