import PodModel

/// One request and its answer, of which the body is still to be read: over a connection of our own,
/// for https over the host's curl, whose output is the same bytes.
final class HTTPExchange {
  let response: HTTPResponse
  let body: HTTPBody
  /// Lives as long as somebody may read its output.
  private let curl: Curl?

  init(
    _ request: HTTPRequest, names: HostNames, until deadline: Duration?
  ) throws(TransportError) {
    if let fault = request.fault { throw .failed(fault) }
    let reader: TimedReader
    switch request.url.scheme {
    case "http":
      let socket = try TCPDial.connect(request.url.server, names: names, until: deadline)
      reader = TimedReader(socket, deadline: deadline)
      try reader.send(request.bytes)
      curl = nil
      response = try HTTPResponse.read(reader)
    case "https":
      let headers = try MemoryFile.make(Array(request.curlHeaders.utf8))
      let curl = try Curl(
        try request.curlArguments(names), input: headers.raw, until: deadline)
      self.curl = curl
      reader = curl.output
      do throws(TransportError) {
        response = try HTTPResponse.read(reader)
      } catch .failed("EOF") {
        throw try HTTPExchange.reason(curl.end(), request, names, until: deadline)
      }
    default:
      throw .failed("unsupported protocol scheme \(request.url.scheme.quoted)")
    }
    body = HTTPBody(reader, try response.framing)
  }

  /// curl says that it could not connect; the kernel says why.
  private static func reason(
    _ end: Curl.End, _ request: HTTPRequest, _ names: HostNames, until deadline: Duration?
  ) throws(TransportError) -> TransportError {
    if end.status == .exited(7) {
      _ = try TCPDial.connect(request.url.server, names: names, until: deadline)
    }
    return end.error
  }
}

extension HTTPURL {
  var server: ProbeTarget { ProbeTarget(host: host, port: effectivePort) }
}

extension HTTPRequest {
  /// For one request that prints the whole answer as it comes over the wire.
  func curlArguments(_ names: HostNames) throws(TransportError) -> [String] {
    var words = ["--insecure", "--path-as-is", "--raw", "--include", "--no-buffer"]
    if !HostNames.isAddress(url.host) {
      let addresses = try names.addresses(of: url.host).joined(separator: ",")
      words += ["--resolve", "\(url.host):\(url.effectivePort):\(addresses)"]
    }
    return words + ["--header", "@-", "--url", url.description]
  }

  /// What curl reads as its standard input: nobody sees it in the list of processes.
  var curlHeaders: String {
    var lines = ["Host: \(hostHeader)"]
    for entry in headers.entries {
      // curl's way to send a header that is empty.
      lines.append(entry.name + (entry.value.isEmpty ? ";" : ": \(entry.value)"))
    }
    // Its own are not wanted.
    lines += ["User-Agent", "Accept"].filter { headers[$0] == nil }.map { "\($0):" }
    return lines.joined(separator: "\n") + "\n"
  }
}
