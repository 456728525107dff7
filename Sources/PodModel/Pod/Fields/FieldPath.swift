/// Where a field stands in its object: `spec.containers[0].env[1].name`.
///
/// Decoding and validation carry it along, so that every complaint names its field as the API
/// server would and can be traced back to the line that wrote it.
public struct FieldPath: Hashable, Sendable {
  public enum Step: Hashable, Sendable {
    /// A member of an object, printed `.name`.
    case field(String)
    /// An element of a list, printed `[0]`.
    case index(Int)
    /// A key of a map, printed `[cpu]`.
    case key(String)
  }

  public var steps: [Step]

  public init(_ steps: [Step] = []) {
    self.steps = steps
  }

  public func field(_ name: String) -> FieldPath { appending(.field(name)) }
  public func index(_ index: Int) -> FieldPath { appending(.index(index)) }
  public func key(_ key: String) -> FieldPath { appending(.key(key)) }

  public func appending(_ step: Step) -> FieldPath {
    FieldPath(steps + [step])
  }

  /// True when this is `other` itself or a place inside it.
  public func isWithin(_ other: FieldPath) -> Bool {
    steps.starts(with: other.steps)
  }
}

extension FieldPath: CustomStringConvertible {
  public var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .field(let name): text += (text.isEmpty ? "" : ".") + name.escaped
      case .index(let index): text += "[\(index)]"
      case .key(let key): text += "[\(key.escaped)]"
      }
    }
    return text
  }
}

extension FieldPath: ExpressibleByStringLiteral {
  /// A chain of plain members: `"spec.hostAliases"`.
  public init(stringLiteral value: String) {
    self.init(value.split(separator: ".").map { .field(String($0)) })
  }
}

extension Node {
  /// The mark of the value at `path`, or of the nearest thing around it that was written.
  public func nearestMark(to path: FieldPath) -> Mark? {
    var node = self
    var mark = node.mark
    for step in path.steps {
      let next: Node?
      switch (step, node.content) {
      case (.field(let name), .mapping(let mapping)), (.key(let name), .mapping(let mapping)):
        next = mapping[name]
      case (.index(let index), .sequence(let items)):
        next = items.indices.contains(index) ? items[index] : nil
      default:
        next = nil
      }
      guard let next else { break }
      node = next
      mark = node.mark ?? mark
    }
    return mark
  }
}
