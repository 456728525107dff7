/// What is wrong with a manifest: the place in the text, the field, and what to write instead.
///
/// Printed as `pod.yaml:12:5: spec.containers[0].image: Required value`; the place is left out
/// for an object that no text holds, the field for a complaint about the text itself.
public struct PodError: Error, Hashable, Sendable {
  public var file: String?
  public var mark: Mark?
  public var path: String
  public var message: String

  public init(file: String? = nil, mark: Mark? = nil, path: String = "", message: String) {
    self.file = file
    self.mark = mark
    self.path = path
    self.message = message
  }
}

extension PodError: CustomStringConvertible {
  public var description: String {
    var place = file ?? ""
    if let mark { place += "\(place.isEmpty ? "line " : ":")\(mark.line):\(mark.column)" }
    return [place, path, message].filter { !$0.isEmpty }.joined(separator: ": ")
  }
}
