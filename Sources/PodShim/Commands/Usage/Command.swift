import Glibc

/// One verb of the command line: its words, its flags, what it does.
///
/// A row of `CommandTable`, from which parsing, `help`, usage errors and the manual pages come.
struct Command: Sendable {
  let name: String
  var aliases: [String] = []
  let group: Group
  /// What may follow the name, as a synopsis writes it; flags that every verb has are left out.
  var synopsis = ""
  /// How many words may follow that are no flags.
  var operands: ClosedRange<Int> = 0...0
  /// Everything after the first `--` is kept apart, for somebody else's command line.
  var takesCommand = false
  /// Words are passed on as they are: the verb reads them itself.
  var isRaw = false
  /// One line, without a full stop.
  let summary: String
  /// Paragraphs for `help VERB`; may be empty.
  var description = ""
  var examples: [String] = []
  var flags: [Flag] = []
  /// It works on pods or images: in the namespaces of a user who is not root. What is raw is called
  /// by podshim itself and stays where it was called, a container for instance.
  var entersNamespaces = true
  /// Answers the exit status.
  let run: @Sendable (Invocation) throws -> CInt

  /// Under which heading `help` shows the verb.
  enum Group: String, CaseIterable, Sendable {
    /// What manifests describe.
    case objects = "Pods and other objects"
    case containers = "Containers"
    case images = "Images"
    case host = "This host"
    /// Called by podshim itself.
    case hidden
  }
}
