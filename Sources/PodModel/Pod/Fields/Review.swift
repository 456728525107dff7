/// Everything that is wrong or noteworthy in one text, collected while it is read.
///
/// A reader goes on after a problem, so that a person sees all of a file's mistakes at once. A
/// place that was refused already is not complained about again.
public struct Review: Sendable {
  public var file: String?
  public private(set) var errors: [PodError] = []
  public private(set) var warnings: [PodError] = []
  /// The tree under review, where validation finds the line of a path.
  public var source: Node?

  /// Nobody reads more of either kind, and each new error is compared with all before.
  private static let mostErrors = 500

  private var refused: [FieldPath] = []
  private var enclosing: [(path: FieldPath, type: any KubeObject.Type)] = []
  private var clusterFields: [(path: FieldPath, mark: Mark?)] = []
  /// Set while a field is read that will be refused or kept as a whole.
  private var isQuiet = false

  public init(file: String? = nil, source: Node? = nil) {
    self.file = file
    self.source = source
  }

  /// Records that `path` is wrong, unless it or something around or inside it was refused before.
  public mutating func refuse(_ path: FieldPath, _ message: String, mark: Mark? = nil) {
    if errors.count >= Self.mostErrors { return }
    if refused.contains(where: { path.isWithin($0) || $0.isWithin(path) }) { return }
    refused.append(path)
    report(path, message, mark: mark)
  }

  /// Records a problem without looking at what was refused before.
  mutating func report(_ path: FieldPath, _ message: String, mark: Mark? = nil) {
    if errors.count >= Self.mostErrors { return }
    let place = mark ?? source?.nearestMark(to: path)
    errors.append(PodError(file: file, mark: place, path: path.description, message: message))
  }

  public mutating func warn(_ path: FieldPath, _ message: String, mark: Mark? = nil) {
    if warnings.count >= Self.mostErrors { return }
    let place = mark ?? source?.nearestMark(to: path)
    warnings.append(PodError(file: file, mark: place, path: path.description, message: message))
  }
}

extension Review {
  /// Reads a field; what lies inside a field that is not acted upon is checked for its type only.
  mutating func inside<Value>(
    _ support: Support, _ read: (inout Review) -> Value
  ) -> Value {
    let outer = isQuiet
    isQuiet = outer || support != .acted
    defer { isQuiet = outer }
    return read(&self)
  }

  /// Records the use of a field that is not acted upon.
  mutating func note(_ support: Support, at path: FieldPath, mark: Mark?) {
    if isQuiet { return }
    switch support {
    case .acted: break
    case .later:
      report(path, "not supported yet", mark: mark)
      refused.append(path)
    case .cluster: clusterFields.append((path, mark))
    }
  }

  /// Turns the cluster-only fields seen so far into one warning.
  mutating func concludeClusterFields() {
    guard let first = clusterFields.first else { return }
    let names = clusterFields.map { "`\($0.path)`" }.joined(separator: ", ")
    warnings.append(
      PodError(
        file: file, mark: first.mark, message: "kept but without effect outside a cluster: \(names)"
      ))
    clusterFields = []
  }

  mutating func enter(_ type: any KubeObject.Type, at path: FieldPath) {
    enclosing.append((path, type))
  }

  mutating func leave() {
    enclosing.removeLast()
  }

  mutating func refuseUnknown(_ entry: Node.Entry, at path: FieldPath) {
    if errors.count >= Self.mostErrors { return }
    let hint = FieldHint(for: entry.key, in: enclosing)
    refuse(
      path.field(entry.key), "unknown field" + hint.text, mark: entry.keyMark ?? entry.value.mark)
    // A field that was probably meant is not missing as well.
    if let meant = hint.meant { refused.append(path.field(meant)) }
  }

  /// `Unsupported value: "X": supported values: "A", "B"`, with the nearest word where one is near.
  mutating func refuseUnsupported(
    _ word: String, among words: [String], at path: FieldPath, mark: Mark? = nil
  ) {
    let list = words.map { "\"\($0)\"" }.joined(separator: ", ")
    refuse(path, "Unsupported value: \(word.quoted): supported values: \(list)", mark: mark)
  }

  mutating func refuseType(_ node: Node, wants: String, at path: FieldPath) {
    refuse(path, TypeMismatch(wants: wants, found: node).message, mark: node.mark)
  }
}
