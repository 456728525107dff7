/// `httpGet` of a probe and of a hook: what an HTTP answer means to each.
struct HTTPCheck {
  var client: HTTPClient

  /// Success is 200 to 399; a redirect that is not followed is a success that is to be told.
  func probe(_ request: HTTPRequest) -> ProbeAnswer {
    do throws(HTTPFailure) {
      let exchange = try client.get(request)
      return judge(exchange)
    } catch {
      return .failure("\(error)")
    }
  }

  private func judge(_ exchange: HTTPExchange) -> ProbeAnswer {
    let body: String
    do throws(TransportError) {
      let bytes = try exchange.body.read(limit: ProbeAnswer.messageLimit)
      body = String(decoding: bytes, as: UTF8.self)
    } catch {
      // The kubelet's, too, is an error and not a failure.
      let late = "(Client.Timeout or context cancellation while reading body)"
      return .error(error.text(late: late))
    }
    switch exchange.response.status {
    case 200..<300: return .success
    case 300..<400: return .warning("Probe terminated redirects, Response body: \(body)")
    default: return .failure("HTTP probe failed with statuscode: \(exchange.response.status)")
    }
  }

  /// Success is an answer, whatever it says. A server that is asked over TLS and has none is asked
  /// again without, and without the credentials.
  func hook(_ request: HTTPRequest) -> ProbeAnswer {
    do throws(HTTPFailure) {
      finish(try client.get(request))
      return .success
    } catch {
      guard error.reason == HTTPFailure.plainAnswer else { return .failure("\(error)") }
      var plain = request
      plain.url.scheme = "http"
      plain.headers.remove("Authorization")
      guard let exchange = try? client.get(plain) else { return .failure("\(error)") }
      finish(exchange)
      return .warning(
        "request to HTTPS lifecycle hook \(request.url.authority) got HTTP response,"
          + " retry with HTTP succeeded")
    }
  }

  /// Lets the server say its piece, so that it does not see a reset.
  private func finish(_ exchange: HTTPExchange) {
    // Nobody wants the body: one that breaks off is none of ours.
    _ = try? exchange.body.read(limit: ProbeAnswer.messageLimit)
  }
}
