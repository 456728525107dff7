/// The order of `--sort-by`: by what one JSONPath finds in each object.
///
/// Numbers by their value, amounts (`500m`, `1Gi`) by what they come to, other texts so that `a2`
/// comes before `a10`; an object without the field comes first. Equals stay as they are.
public struct ObjectOrder: Sendable {
  private let path: JSONPath

  public init(_ expression: String) throws(JSONPath.Problem) {
    path = try JSONPath(relaxed: expression)
  }

  public func sorted<Object>(
    _ objects: [Object], by node: (Object) -> Node
  ) throws(JSONPath.Problem) -> [Object] {
    var keyed: [(object: Object, key: Node?)] = []
    for object in objects {
      let key = try path.results(in: node(object)).first?.first
      if let key, !key.isSortable {
        throw JSONPath.Problem("unsortable type: \(key.goType)")
      }
      keyed.append((object, key))
    }
    guard objects.isEmpty || keyed.contains(where: { $0.key != nil }) else {
      throw JSONPath.Problem(
        "couldn't find any field with path \"\(path.source)\" in the list of objects")
    }
    return keyed.enumerated().sorted { a, b in
      switch Self.compare(a.element.key, b.element.key) {
      case 0: a.offset < b.offset
      case let order: order < 0
      }
    }.map(\.element.object)
  }

  /// Less than zero when `a` comes first.
  private static func compare(_ a: Node?, _ b: Node?) -> Int {
    guard let a = a?.word, let b = b?.word else {
      return (a?.word == nil ? 0 : 1) - (b?.word == nil ? 0 : 1)
    }
    if let a = a.number, let b = b.number { return a < b ? -1 : a > b ? 1 : 0 }
    if let a = Quantity(a.text), let b = Quantity(b.text) { return a.compared(to: b) }
    return NaturalOrder.compare(a.text, b.text)
  }
}

/// Texts with numbers in them in the order in which a person counts: `a2`, `a10`.
enum NaturalOrder {
  static func compare(_ a: String, _ b: String) -> Int {
    var (a, b) = (a.utf8[...], b.utf8[...])
    while let first = a.first, let second = b.first {
      guard isDigit(first), isDigit(second) else {
        if first != second { return first < second ? -1 : 1 }
        (a, b) = (a.dropFirst(), b.dropFirst())
        continue
      }
      let (left, right) = (a.prefix(while: isDigit), b.prefix(while: isDigit))
      let (x, y) = (left.drop { $0 == zero }, right.drop { $0 == zero })
      if x.count != y.count { return x.count < y.count ? -1 : 1 }
      if let (m, n) = zip(x, y).first(where: { $0 != $1 }) { return m < n ? -1 : 1 }
      if left.count != right.count { return left.count < right.count ? -1 : 1 }
      (a, b) = (a.dropFirst(left.count), b.dropFirst(right.count))
    }
    return a.count < b.count ? -1 : a.count > b.count ? 1 : 0
  }

  private static let zero = UInt8(ascii: "0")
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension Node {
  fileprivate var word: Scalar? {
    guard case .scalar(let scalar) = content, scalar.kind != .null else { return nil }
    return scalar
  }

  fileprivate var isSortable: Bool {
    guard case .scalar(let scalar) = content else { return false }
    if case .bool = scalar.kind { return false }
    return true
  }

  fileprivate var goType: String {
    switch content {
    case .scalar(let scalar): scalar.goType
    case .sequence: "[]interface {}"
    case .mapping: "map[string]interface {}"
    }
  }
}

extension Scalar {
  fileprivate var number: Double? {
    switch kind {
    case .integer(let value): Double(value)
    case .float(let value): value
    default: nil
    }
  }
}
