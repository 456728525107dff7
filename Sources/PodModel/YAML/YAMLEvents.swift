import CYAML

/// One step of a YAML text: a scalar, an alias, or the border of something that holds others.
struct YAMLEvent {
  var kind: Kind
  var mark: Mark
  var anchor: String?
  var tag: String?

  enum Kind {
    case streamEnd
    case documentStart
    case documentEnd
    case alias(String)
    /// `isPlain` is false for every kind of quotes: such a text is a string whatever it says.
    case scalar(text: String, isPlain: Bool)
    case sequenceStart
    case sequenceEnd
    case mappingStart
    case mappingEnd
  }
}

/// The events of a YAML text, one after the other, as libyaml finds them.
///
/// The only place that sees libyaml's parser. Every event is copied out before the next is asked
/// for, so nothing unsafe leaves this file.
@safe final class YAMLEvents {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let file: String?

  init(_ bytes: [UInt8], file: String?) {
    self.file = file
    unsafe parser = .allocate(capacity: 1)
    unsafe input = .allocate(capacity: bytes.count + 1)
    _ = unsafe input.initialize(from: bytes + [0])
    unsafe yaml_parser_initialize(parser)
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe input.deallocate()
  }

  /// The next event that says something; the start of the stream is passed over.
  func next() throws(PodError) -> YAMLEvent {
    while true {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure }
      defer { unsafe yaml_event_delete(&event) }
      if let copied = unsafe Self.copy(event) { return copied }
    }
  }

  private static func copy(_ event: yaml_event_t) -> YAMLEvent? {
    let mark = unsafe Mark(event.start_mark)
    func step(
      _ kind: YAMLEvent.Kind, anchor: UnsafeMutablePointer<yaml_char_t>? = nil,
      tag: UnsafeMutablePointer<yaml_char_t>? = nil
    ) -> YAMLEvent {
      unsafe YAMLEvent(kind: kind, mark: mark, anchor: text(anchor), tag: text(tag))
    }
    switch unsafe event.type {
    case YAML_STREAM_END_EVENT: return step(.streamEnd)
    case YAML_DOCUMENT_START_EVENT: return step(.documentStart)
    case YAML_DOCUMENT_END_EVENT: return step(.documentEnd)
    case YAML_SEQUENCE_END_EVENT: return step(.sequenceEnd)
    case YAML_MAPPING_END_EVENT: return step(.mappingEnd)
    case YAML_ALIAS_EVENT:
      return unsafe step(.alias(text(event.data.alias.anchor) ?? ""))
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let kind = unsafe YAMLEvent.Kind.scalar(
        text: String(decoding: bytes, as: UTF8.self),
        isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
      return unsafe step(kind, anchor: scalar.anchor, tag: scalar.tag)
    case YAML_SEQUENCE_START_EVENT:
      let start = unsafe event.data.sequence_start
      return unsafe step(.sequenceStart, anchor: start.anchor, tag: start.tag)
    case YAML_MAPPING_START_EVENT:
      let start = unsafe event.data.mapping_start
      return unsafe step(.mappingStart, anchor: start.anchor, tag: start.tag)
    default: return nil
    }
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    guard let pointer = unsafe pointer else { return nil }
    return unsafe String(cString: pointer)
  }

  /// What libyaml complains about, with the place and what to do about the usual causes.
  private var failure: PodError {
    let parser = unsafe parser.pointee
    let problem = unsafe parser.problem.map { unsafe String(cString: $0) } ?? "unreadable text"
    if unsafe parser.error == YAML_READER_ERROR {
      let mark = unsafe markOfByte(parser.problem_offset)
      let message = problem == "control characters are not allowed" ? problem : "not UTF-8 text"
      return PodError(file: file, mark: mark, message: "\(message): save the file as UTF-8")
    }
    let mark = unsafe Mark(parser.problem_mark)
    if line(mark.line).dropFirst(mark.column - 1).first == "\t" {
      return PodError(file: file, mark: mark, message: "a tab cannot indent: use spaces")
    }
    var message = problem
    if let context = unsafe parser.context.map({ unsafe String(cString: $0) }) {
      let start = unsafe Mark(parser.context_mark).line
      let begun = start < mark.line ? " begun in line \(start)" : ""
      message = "\(context)\(begun): \(problem)"
    }
    return PodError(file: file, mark: mark, message: message + Self.advice(on: problem))
  }

  private static func advice(on problem: String) -> String {
    switch problem {
    case "mapping values are not allowed in this context":
      return " (quote a text that holds `: `, or check the indentation)"
    case "did not find expected key", "did not find expected '-' indicator",
      "could not find expected ':'", "did not find expected <document start>":
      return " (check the indentation of this line and the one before)"
    case "found character that cannot start any token":
      return " (quote a text that starts with this character)"
    default: return ""
    }
  }

  private func line(_ number: Int) -> String {
    let lines = unsafe input.split(
      separator: UInt8(ascii: "\n"), maxSplits: number, omittingEmptySubsequences: false)
    guard unsafe lines.indices.contains(number - 1) else { return "" }
    return unsafe String(decoding: lines[number - 1], as: UTF8.self)
  }

  private func markOfByte(_ offset: Int) -> Mark {
    let before = unsafe input.prefix(max(0, offset))
    let line = unsafe before.filter { $0 == UInt8(ascii: "\n") }.count
    let start = unsafe before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = unsafe String(decoding: before[start...], as: UTF8.self).unicodeScalars.count
    return Mark(line: line + 1, column: column + 1)
  }
}

extension Mark {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: mark.line + 1, column: mark.column + 1)
  }
}
