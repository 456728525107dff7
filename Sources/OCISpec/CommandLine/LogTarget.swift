/// Where a runtime is told to write what went wrong.
public enum LogTarget: Equatable, Sendable {
  case file(String)
  /// `journald:NAME`, `syslog:NAME`; crun knows them.
  case other(String)

  public init(_ value: String) {
    if value.hasPrefix("file:") {
      self = .file(String(value.dropFirst(5)))
    } else if value.hasPrefix("journald:") || value.hasPrefix("syslog:") {
      self = .other(value)
    } else {
      self = .file(value)
    }
  }

  var text: String {
    switch self {
    case .file(let path): "file:\(path)"
    case .other(let value): value
    }
  }
}
