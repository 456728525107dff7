extension Base64 {
  /// As URLs and tokens have it (RFC 4648, section 5): no `+`, no `/`, no padding.
  public var urlText: String {
    String(
      text.compactMap { character -> Character? in
        switch character {
        case "+": "-"
        case "/": "_"
        case "=": nil
        default: character
        }
      })
  }

  public init?(urlText: String) {
    let plain = String(
      urlText.map { character -> Character in
        switch character {
        case "-": "+"
        case "_": "/"
        default: character
        }
      })
    let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    guard case .success(let data) = Base64.decoding(plain + padding) else { return nil }
    self = data
  }
}
