/// Any JSON value, so that a test can look at a document without the types under test.
enum JSONTree: Codable, Equatable {
  case null
  case bool(Bool)
  case natural(UInt64)
  case integer(Int64)
  case string(String)
  case list([JSONTree])
  case object([String: JSONTree])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else if let natural = try? value.decode(UInt64.self) {
      self = .natural(natural)
    } else if let integer = try? value.decode(Int64.self) {
      self = .integer(integer)
    } else if let string = try? value.decode(String.self) {
      self = .string(string)
    } else if let list = try? value.decode([JSONTree].self) {
      self = .list(list)
    } else {
      self = .object(try value.decode([String: JSONTree].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .null: try value.encodeNil()
    case .bool(let bool): try value.encode(bool)
    case .natural(let natural): try value.encode(natural)
    case .integer(let integer): try value.encode(integer)
    case .string(let string): try value.encode(string)
    case .list(let list): try value.encode(list)
    case .object(let members): try value.encode(members)
    }
  }

  var members: [String: JSONTree] {
    if case .object(let members) = self { members } else { [:] }
  }

  var items: [JSONTree] {
    if case .list(let items) = self { items } else { [] }
  }

  var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  subscript(key: String) -> JSONTree? { members[key] }
}
