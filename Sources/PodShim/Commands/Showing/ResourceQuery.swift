import PodModel

/// Which things a command line is about: types and names, a manifest, all of a type, and selectors.
///
/// `get`, `delete`, `describe`, `label` and all other verbs that take `TYPE NAME` read their words
/// here, with kubectl's rules for what goes together.
struct ResourceQuery {
  /// One thing by its name, or all of a kind.
  struct Wanted: Equatable {
    var kind: ResourceKind
    /// nil is all.
    var name: String?
    /// nil is every namespace.
    var namespace: String?

    func names(_ resource: Resource) -> Bool {
      resource.kind == kind && resource.name == name
    }
  }

  var wanted: [Wanted]
  var labels: LabelQuery
  var fields: FieldQuery
  /// Asked by a manifest or by names, not by kinds alone.
  var isNamed: Bool { wanted.contains { $0.name != nil } }
  /// Only what selectors choose was asked for.
  var isSelecting: Bool { !labels.isEmpty || !fields.isEmpty }
  /// Names, selectors or `--all` say which: a verb that changes things wants one of them.
  func isChosen(_ invocation: Invocation) -> Bool {
    isNamed || invocation.isOn(Self.all) || isSelecting
  }
  /// Things of several kinds were asked for.
  var isMixed: Bool
  /// What `-l` and `--field-selector` said, for messages.
  private let selectors: String

  static let selector = Flag(
    "selector", "l", .text("LABELS"),
    "Only what has these labels: a=b,c!=d,e in (x,y),f notin (z),g,!h")
  static let fieldSelector = Flag(
    "field-selector", nil, .text("FIELDS"),
    "Only what has these fields: status.phase=Running,metadata.name!=web")
  static let all = Flag("all", nil, "Everything of the type in the namespace")
  /// The flags of a verb that looks for things.
  static let flags = [selector, fieldSelector, .allNamespaces]

  init(
    _ invocation: Invocation, _ world: World, among kinds: [ResourceKind],
    operands: [String]? = nil
  ) throws {
    let words = operands ?? invocation.operands
    let everywhere = invocation.isOn(.allNamespaces)
    let place = everywhere ? nil : world.namespace
    (labels, fields) = try Self.selectors(invocation)
    selectors =
      "label selector \((invocation.text(Self.selector) ?? "").quoted), field selector "
      + fields.source.quoted
    if invocation.isGiven(.file) {
      guard words.isEmpty else {
        throw invocation.usage(
          "when paths, URLs, or stdin is provided as input, you may not specify resource "
            + "arguments as well")
      }
      wanted = try ManifestFiles.objects(invocation, world: world, warns: false).map {
        Wanted(kind: $0.resourceKind, name: $0.metadata.name, namespace: $0.metadata.place)
      }
      isMixed = Set(wanted.map(\.kind)).count > 1
    } else {
      let names = try ResourceNames.readEach(invocation, words, among: kinds)
      wanted = names.flatMap { what in
        what.names.isEmpty
          ? [Wanted(kind: what.kind, name: nil, namespace: place)]
          : what.names.map { Wanted(kind: what.kind, name: $0, namespace: world.namespace) }
      }
      isMixed = Set(wanted.map(\.kind)).count > 1 || words == ["all"]
    }
    try checkTogether(invocation, isSlashed: words.first?.contains("/") ?? false)
    if everywhere, isNamed, wanted.contains(where: { $0.kind != .node }) {
      throw invocation.usage("a resource cannot be retrieved by name across all namespaces")
    }
  }

  /// These pods, by their names.
  init(named pods: [Pod]) {
    self.init(
      pods.map { Wanted(kind: .pod, name: $0.metadata.name, namespace: $0.metadata.place) })
  }

  /// These things, by their names, whatever becomes of what they were chosen by.
  init(named things: [Resource]) {
    self.init(
      things.map { Wanted(kind: $0.kind, name: $0.name, namespace: $0.namespace) })
  }

  private init(_ wanted: [Wanted]) {
    self.wanted = wanted
    (labels, fields) = (LabelQuery(), FieldQuery())
    (isMixed, selectors) = (false, "")
  }

  /// What `-l` and `--field-selector` say, for a verb that knows by itself what it is about.
  static func selectors(_ invocation: Invocation) throws -> (LabelQuery, FieldQuery) {
    do throws(QueryProblem) {
      let labels = try LabelQuery(invocation.text(selector) ?? "")
      let fields = try FieldQuery(invocation.text(fieldSelector) ?? "")
      return (labels, fields)
    } catch {
      throw invocation.usage("\(error)")
    }
  }

  private func checkTogether(_ invocation: Invocation, isSlashed: Bool) throws {
    let isSelecting = [Self.selector, Self.fieldSelector].contains(where: invocation.isGiven)
    let isAll = invocation.isOn(Self.all)
    if isAll, invocation.isGiven(Self.selector) {
      throw invocation.usage("cannot set --all and --selector at the same time")
    }
    guard isNamed, isSelecting || isAll, !invocation.isGiven(.file) else { return }
    if isSlashed {
      throw invocation.usage(
        "selectors and the all flag cannot be used when passing resource/name arguments")
    }
    throw invocation.usage(
      isSelecting
        ? "name cannot be provided when a selector is specified"
        : "--all stands for the names: leave one or the other out")
  }

  /// What was found, and what was named and is not there.
  struct Answer {
    var found: [Resource] = []
    var errors: [any Error] = []

    /// Throws the errors that there are.
    func complain(unlessNotFound isForgiving: Bool = false) throws {
      let errors =
        isForgiving ? errors.filter { !(($0 as? CommandError)?.isNotFound ?? false) } : errors
      guard errors.isEmpty else { throw CommandErrors(errors: errors) }
    }
  }

  func resources(_ store: ResourceStore) throws -> Answer {
    var answer = Answer()
    for want in wanted {
      guard let name = want.name else {
        try checkFields(want.kind)
        answer.found += try store.all(want.kind, in: want.namespace).filter(selects)
        continue
      }
      do {
        answer.found.append(try store.find(want.kind, name, in: want.namespace ?? "default"))
      } catch {
        answer.errors.append(error)
      }
    }
    return answer
  }

  func selects(_ resource: Resource) -> Bool {
    labels.selects(resource.labels) && fields.selects(resource.fields)
  }

  /// - Throws: what a server says of a field that the kind cannot be chosen by.
  func checkFields(_ kind: ResourceKind) throws {
    let known = Resource.fieldNames(kind)
    guard let term = fields.terms.first(where: { !known.contains($0.field) }) else { return }
    let (group, version) =
      kind == .podPreset ? ("settings.k8s.io", "v1alpha1") : ("", "v1")
    throw CommandError.refused(
      "Unable to find \"\(group)/\(version), Resource=\(kind.plural)\" that match \(selectors): "
        + "field label not supported: \(term.field)\(term.field.hint(among: Array(known)))")
  }
}
