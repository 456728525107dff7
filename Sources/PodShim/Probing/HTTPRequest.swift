import PodModel

/// A GET as the kubelet sends it: the headers of the manifest, and what it adds to them.
struct HTTPRequest: Equatable {
  var url: HTTPURL
  /// Without `Host`.
  var headers: HTTPHeaders
  /// What the Host header says; nil is the URL's own host and port.
  var host: String?

  /// The version of Kubernetes whose behaviour this is, in the User-Agent.
  static let version = "1.36"

  init(_ url: HTTPURL, headers: [HTTPHeader], purpose: NetworkInquiry.Purpose) {
    self.url = url
    self.headers = HTTPHeaders(headers)
    host = self.headers["Host"].flatMap { $0.isEmpty ? nil : $0 }
    if self.headers["User-Agent"] == nil {
      self.headers.add("User-Agent", HTTPRequest.userAgent(purpose))
    }
    switch self.headers["Accept"] {
    case nil: self.headers.add("Accept", "*/*")
    case "": self.headers.remove("Accept")
    default: break
    }
    // Go does not send those that say how a message is framed, nor an empty User-Agent.
    for name in ["Host", "Content-Length", "Transfer-Encoding", "Trailer"] {
      self.headers.remove(name)
    }
    if self.headers["User-Agent"] == "" { self.headers.remove("User-Agent") }
    if !self.headers.lists("close", in: "Connection") { self.headers.add("Connection", "close") }
  }

  static func userAgent(_ purpose: NetworkInquiry.Purpose) -> String {
    switch purpose {
    case .probe: "kube-probe/\(version)"
    case .hook: "kube-lifecycle/\(version)"
    }
  }

  /// The request that follows an answer with `Location: location`.
  func redirected(to url: HTTPURL, location: String) -> HTTPRequest {
    var next = self
    next.url = url
    // Somebody who was asked under another name is asked so again, unless the answer names one.
    if URLText.splitScheme(location) != nil { next.host = nil }
    if self.url.scheme != "https" || url.scheme == "https" {
      if headers["Referer"] == nil || next.isReferred {
        next.headers.set("Referer", self.url.description)
        next.isReferred = true
      }
    }
    return next
  }

  /// The Referer is ours, not the manifest's.
  private var isReferred = false

  /// What a header may not hold, as Go says it; nil when all is well.
  var fault: String? {
    for entry in headers.entries {
      let isName = entry.name.utf8.allSatisfy {
        $0 > 0x20 && $0 < 0x7F && !":,;@()".utf8.contains($0)
      }
      if entry.name.isEmpty || !isName {
        return "net/http: invalid header field name \(entry.name.quoted)"
      }
      if entry.value.utf8.contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F }) {
        return "net/http: invalid header field value for \(entry.name.quoted)"
      }
    }
    return nil
  }

  var hostHeader: String { host ?? url.authority }

  var bytes: [UInt8] {
    var lines = ["GET \(url.target) HTTP/1.1", "Host: \(hostHeader)"]
    lines += headers.entries.map { "\($0.name): \($0.value)" }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }
}
