import OCISpec
import Testing

/// Vocabularies: complete today, open to what comes.
@Suite struct WordTests {
  private static let vocabularies: [any Word.Type] = [
    NamespaceType.self, DeviceType.self, RootfsPropagation.self, PersonalityDomain.self,
    SeccompAction.self, SeccompArch.self, SeccompFlag.self, SeccompOperator.self,
    SchedulerPolicy.self, SchedulerFlag.self, IOPriorityClass.self, MemoryPolicyMode.self,
    MemoryPolicyFlag.self, RlimitType.self, ContainerStatus.self, MediaType.self,
  ]

  @Test func `a word is a plain string in JSON, known or not`() throws {
    for vocabulary in Self.vocabularies {
      try expectPlain(vocabulary)
    }
  }

  private func expectPlain<Vocabulary: Word>(_ vocabulary: Vocabulary.Type) throws {
    let word: Vocabulary = "not/heard of"
    let text = try JSON.compact([word])
    #expect(String(decoding: text, as: UTF8.self) == #"["not/heard of"]"#, "\(vocabulary)")
    #expect(try JSON.decode([Vocabulary].self, from: text) == [word])
  }

  @Test func `a word that no release has survives`() throws {
    let text = #"{"linux":{"namespaces":[{"type":"quantum"}]},"ociVersion":"9.9"}"#
    let spec = try JSON.decode(Spec.self, from: [UInt8](text.utf8))
    #expect(spec.linux?.namespaces == [Linux.Namespace(type: "quantum")])
    #expect(String(decoding: try JSON.compact(spec), as: UTF8.self) == text)
  }

  @Test(arguments: known.keys.sorted())
  func `a vocabulary has the words of the schema`(path: String) throws {
    let published = try Shape(schema: "config-schema").vocabularies()[path]
    #expect(Self.known[path]?.sorted() == published?.sorted())
  }

  @Test func `no vocabulary of the schema is missing here`() throws {
    let published = try Shape(schema: "config-schema").vocabularies()
    #expect(published.keys.sorted() == Self.known.keys.sorted())
  }

  @Test func `a container's status has the words of the schema and one of the runtimes`() throws {
    let published = try Shape(schema: "state-schema").vocabularies()["status"] ?? []
    let known = [ContainerStatus.creating, .created, .running, .stopped, .paused]
    #expect(known.map(\.rawValue).sorted() == (published + ["paused"]).sorted())
  }

  /// The words that we know, by the place in `config.json` where they stand.
  private static let known: [String: [String]] = [
    "linux.namespaces[].type": words([
      NamespaceType.mount, .pid, .network, .uts, .ipc, .user, .cgroup, .time,
    ]),
    "linux.rootfsPropagation": words([
      RootfsPropagation.private, .shared, .slave, .unbindable,
    ]),
    "linux.personality.domain": words([PersonalityDomain.linux, .linux32]),
    "linux.seccomp.defaultAction": actions,
    "linux.seccomp.syscalls[].action": actions,
    "linux.seccomp.architectures[]": words([
      SeccompArch.x86, .x86_64, .x32, .arm, .aarch64, .loongarch64, .m68k, .mips, .mips64,
      .mips64n32, .mipsel, .mipsel64, .mipsel64n32, .ppc, .ppc64, .ppc64le, .s390, .s390x, .sh,
      .sheb, .parisc, .parisc64, .riscv64,
    ]),
    "linux.seccomp.flags[]": words([
      SeccompFlag.threadSync, .log, .specAllow, .waitKillable,
    ]),
    "linux.seccomp.syscalls[].args[].op": words([
      SeccompOperator.notEqual, .less, .lessOrEqual, .equal, .greaterOrEqual, .greater,
      .maskedEqual,
    ]),
    "process.scheduler.policy": words([
      SchedulerPolicy.other, .fifo, .roundRobin, .batch, .iso, .idle, .deadline,
    ]),
    "process.scheduler.flags[]": words([
      SchedulerFlag.resetOnFork, .reclaim, .deadlineOverrun, .keepPolicy, .keepParameters,
      .clampMinimum, .clampMaximum,
    ]),
    "process.ioPriority.class": words([IOPriorityClass.realtime, .bestEffort, .idle]),
    "linux.memoryPolicy.mode": words([
      MemoryPolicyMode.default, .bind, .interleave, .weightedInterleave, .preferred,
      .preferredMany, .local,
    ]),
    "linux.memoryPolicy.flags[]": words([
      MemoryPolicyFlag.numaBalancing, .relativeNodes, .staticNodes,
    ]),
  ]

  private static let actions = words([
    SeccompAction.kill, .killProcess, .killThread, .trap, .errno, .trace, .allow, .log, .notify,
  ])

  private static func words(_ words: [some Word]) -> [String] { words.map(\.rawValue) }
}
