import PodModel

/// What can stand where somebody is writing a command line: told by the table of commands, and by
/// what there is on this host.
///
/// Pure: the shells ask `podshim complete`, which hands in what is there.
struct WordCompletion {
  /// A word, and what it is for.
  struct Candidate: Equatable {
    var word: String
    var summary = ""
  }

  enum Answer: Equatable {
    case words([Candidate])
    /// The shell knows better.
    case files
  }

  /// The names of what there is. Whoever cannot look answers nothing.
  struct Names {
    var objects: (_ kind: ResourceKind, _ namespace: String) -> [String]
    var containers: (_ pod: String, _ namespace: String) -> [String]
    var images: () -> [String]
    var namespaces: () -> [String]
  }

  private let names: Names
  private let commands: [Command]
  private let common: [Flag]

  init(
    _ names: Names, commands: [Command] = CommandTable.commands,
    common: [Flag] = CommandTable.commonFlags
  ) {
    self.names = names
    self.commands = commands.filter { $0.group != .hidden }
    self.common = common
  }

  /// What is known of the words before the one that is being written.
  private struct Before {
    var command: Command?
    var operands: [String] = []
    var namespace = "default"
    /// A flag that waits for its value.
    var open: Flag?
    /// A `--` stood there: what follows is somebody else's.
    var isOver = false
    /// A verb stood there that nobody knows.
    var isLost = false
  }

  /// - Parameter words: without the program's name; the last is being written and may be empty.
  func answer(_ words: [String]) -> Answer {
    guard let current = words.last else { return .words([]) }
    let before = read(words.dropLast())
    if before.isOver { return .files }
    if before.isLost { return .words([]) }
    if let flag = before.open {
      return values(of: flag, before, prefix: "").beginning(with: current)
    }
    if current.hasPrefix("--"), let equals = current.firstIndex(of: "=") {
      let name = current[..<equals].dropFirst(2)
      guard let flag = flags(before).first(where: { $0.name == name }) else { return .words([]) }
      return values(of: flag, before, prefix: String(current[...equals])).beginning(with: current)
    }
    let found =
      if current.hasPrefix("-") {
        Answer.words(
          flags(before).filter { !$0.isHidden }.map {
            Candidate(word: "--\($0.name)", summary: $0.summary)
          })
      } else if let command = before.command {
        operands(of: command, before, current)
      } else {
        Answer.words(verbs)
      }
    return found.beginning(with: current)
  }

  private func read(_ words: some Sequence<String>) -> Before {
    var before = Before()
    for word in words {
      if let flag = before.open {
        if flag == CommandTable.namespace { before.namespace = word }
        before.open = nil
      } else if word == "--" {
        before.isOver = true
        return before
      } else if word.hasPrefix("-"), word != "-" {
        read(flag: word, into: &before)
      } else if before.command == nil {
        before.command = commands.first { $0.name == word || $0.aliases.contains(word) }
        before.isLost = before.command == nil
      } else {
        before.operands.append(word)
      }
    }
    return before
  }

  private func read(flag word: String, into before: inout Before) {
    let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
    let flag = flags(before).first { flag in
      parts[0] == "--\(flag.name)" || flag.short.map { parts[0] == "-\($0)" } ?? false
    }
    guard let flag, flag.value != .boolean else { return }
    if parts.count == 1 {
      before.open = flag
    } else if flag == CommandTable.namespace {
      before.namespace = parts[1]
    }
  }

  private func flags(_ before: Before) -> [Flag] { (before.command?.flags ?? []) + common }

  private var verbs: [Candidate] {
    commands.map { Candidate(word: $0.name, summary: $0.summary) }
  }

  /// What the word that stands for the value in `help` means.
  private func values(of flag: Flag, _ before: Before, prefix: String) -> Answer {
    let words: [String]
    switch flag.value {
    case .boolean: words = ["true", "false"]
    case .choice(let choices): words = choices
    case .text("NAMESPACE"): words = names.namespaces()
    case .text("IMAGE"): words = names.images()
    case .text("CONTAINER"):
      let pod = before.operands.first.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
      words = pod.map { names.containers($0, before.namespace) } ?? []
    case .text(let word) where word.contains("FILE") || word.contains("DIR"): return .files
    case .text: words = []
    }
    return .words(words.map { Candidate(word: prefix + $0) })
  }

  /// The first word of the synopsis that is no flag says what is meant.
  private func operands(of command: Command, _ before: Before, _ current: String) -> Answer {
    let choices = command.operandWords
    switch choices.first {
    case "TYPE": return types(before, current)
    case "POD": return .words(before.operands.isEmpty ? candidates(.pod, before) : [])
    case "IMAGE": return .words(images)
    case "COMMAND":
      let topics = HelpTopic.all.map { Candidate(word: $0.name, summary: $0.title) }
      return .words(before.operands.isEmpty ? verbs + topics : [])
    default:
      guard before.operands.isEmpty else { return .words(command.group == .images ? images : []) }
      return .words(choices.filter { $0 == $0.lowercased() }.map { Candidate(word: $0) })
    }
  }

  private var images: [Candidate] { names.images().map { Candidate(word: $0) } }

  private func types(_ before: Before, _ current: String) -> Answer {
    let slash = current.firstIndex(of: "/")
    let written = slash.map { String(current[..<$0]) } ?? before.operands.first
    guard let written, !written.contains("/") || slash != nil else {
      return .words(ResourceKind.allCases.map { Candidate(word: $0.plural) })
    }
    guard let kind = ResourceKind.allCases.first(where: { $0.words.contains(written) }) else {
      return .words([])
    }
    let prefix = slash == nil ? "" : written + "/"
    return .words(candidates(kind, before).map { Candidate(word: prefix + $0.word) })
  }

  private func candidates(_ kind: ResourceKind, _ before: Before) -> [Candidate] {
    names.objects(kind, before.namespace).map { Candidate(word: $0) }
  }
}

extension WordCompletion.Answer {
  fileprivate func beginning(with text: String) -> Self {
    guard case .words(let words) = self else { return self }
    return .words(words.filter { $0.word.hasPrefix(text) })
  }
}

extension Command {
  /// The first word of the synopsis that belongs to no flag, or the words that it lets one choose
  /// from: `POD`, `TYPE`, `bash` `zsh` `fish`.
  fileprivate var operandWords: [String] {
    var isValue = false
    for token in synopsis.split(separator: " ") {
      let isFlag = token.drop { $0 == "[" }.first == "-"
      if !isFlag, !isValue {
        return token.drop { $0 == "[" }.split(separator: "|").map { word in
          String(word.prefix { $0.isLetter })
        }
      }
      // `[-f]` is complete, `[-c CONTAINER]` has its value in the next word.
      isValue = isFlag && token.last != "]"
    }
    return []
  }
}
