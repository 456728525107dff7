import Glibc
import PodModel

/// The objects that pods refer to: ConfigMaps, Secrets, PodPresets, ServiceAccounts, one file each.
///
/// A file appears and changes as a whole, so readers need no lock; who writes holds the lock of the
/// namespace between looking and writing.
struct ObjectStore {
  let host: HostPaths

  /// nil when there is no such object.
  func find<Stored: StoredKind>(
    _ name: String, in namespace: String, as type: Stored.Type = Stored.self
  ) throws -> Stored? {
    // What is no name is not there; and it must not become a path.
    guard Names.subdomain(name) == nil, Names.label(namespace) == nil else { return nil }
    return try read(path(type.objectKind, name, namespace))
  }

  /// Sorted by namespace and name; `namespace` nil is all of them.
  func all<Stored: StoredKind>(
    in namespace: String?, as type: Stored.Type = Stored.self
  ) throws -> [Stored] {
    let namespaces = try namespace.map { [$0] } ?? Files.listIfThere(host.objects)
    return try namespaces.flatMap { namespace in
      let folder = host.objects(of: type.objectKind, in: namespace)
      return try Files.listIfThere(folder).compactMap { name -> Stored? in
        try read("\(folder)/\(name)")
      }
    }
  }

  /// The same for a kind that is known only when the program runs.
  func all(of kind: Kind, in namespace: String?) throws -> [any StoredKind] {
    func collect<Stored: StoredKind>(_ type: Stored.Type) throws -> [any StoredKind] {
      try all(in: namespace, as: type)
    }
    guard let type = kind.type as? any StoredKind.Type else { return [] }
    return try collect(type)
  }

  func names(of kind: Kind, in namespace: String) throws -> [String] {
    try Files.listIfThere(host.objects(of: kind, in: namespace))
  }

  /// Stores an object that is not there yet, with the marks of a server on it.
  ///
  /// - Throws: `CommandError` when there is one of its name.
  func create<Stored: StoredKind>(_ object: Stored) throws -> Stored {
    try underLock(of: object.metadata.place) {
      var name = object.metadata.name
      if name.isEmpty, let base = object.metadata.generateName { name = NewPod.name(base) }
      let kind = ResourceKind(Stored.objectKind)
      guard try find(name, in: object.metadata.place, as: Stored.self) == nil else {
        throw CommandError.refused("\(kind.resource) \"\(name)\" already exists")
      }
      let marked = object.with {
        $0.metadata.name = name
        $0.metadata.namespace = object.metadata.place
        $0.metadata.uid = NewPod.uuid()
        $0.metadata.creationTimestamp = Timestamp(wall: Clock.wall()).description
        $0.metadata.resourceVersion = ObjectMeta().nextVersion
      }
      try write(marked)
      return marked
    }
  }

  /// Makes of the stored object of that name what `merge` makes of it and of `object`. Nil when it
  /// is that already.
  ///
  /// - Parameters:
  ///   - version: which version of it the change is for; nil is any.
  ///   - isDry: only finds out what it would be.
  /// - Throws: `CommandError` with all that forbids the change.
  func change<Stored: StoredKind>(
    _ object: Stored, of version: String?, isDry: Bool,
    _ merge: (_ new: Stored, _ live: Stored) throws -> Stored
  ) throws -> Stored? {
    let name = object.metadata.name
    return try underLock(of: object.metadata.place) {
      guard let old = try find(name, in: object.metadata.place, as: Stored.self) else {
        throw CommandError.notFound(ResourceKind(Stored.objectKind), name)
      }
      try CommandError.check(old, is: version)
      var marked = try merge(object, old)
      let (labels, annotations) = (marked.metadata.labels, marked.metadata.annotations)
      marked.metadata = old.metadata
      (marked.metadata.labels, marked.metadata.annotations) = (labels, annotations)
      guard marked != old else { return nil }
      let objections = marked.objections(to: old)
      guard objections.isEmpty else {
        throw CommandError.invalid(name, objections, kind: Stored.objectKind)
      }
      marked.metadata.resourceVersion = old.metadata.nextVersion
      if !isDry { try write(marked) }
      return marked
    }
  }

  /// - Throws: `CommandError` when there is no such object.
  func remove(_ kind: Kind, _ name: String, in namespace: String) throws {
    guard Names.subdomain(name) == nil, Names.label(namespace) == nil else {
      throw CommandError.notFound(ResourceKind(kind), name)
    }
    try underLock(of: namespace) {
      let path = path(kind, name, namespace)
      guard Files.exists(path) else { throw CommandError.notFound(ResourceKind(kind), name) }
      try Files.remove(path)
    }
  }

  private func path(_ kind: Kind, _ name: String, _ namespace: String) -> String {
    "\(host.objects(of: kind, in: namespace))/\(name)"
  }

  private func write<Stored: StoredKind>(_ object: Stored) throws {
    let folder = host.objects(of: Stored.objectKind, in: object.metadata.place)
    try Files.makeDirectories(folder, mode: 0o700)
    try Files.replace(
      "\(folder)/\(object.metadata.name)", with: Array(object.node.jsonText().utf8), mode: 0o600,
      durable: true)
  }

  /// nil when it is not there, or goes at this moment.
  private func read<Stored: StoredKind>(_ path: String) throws -> Stored? {
    do {
      return try Stored.stored(Files.read(path), file: path)
    } catch let error as SyscallError where error.errno == ENOENT {
      return nil
    }
  }

  private func underLock<Result>(
    of namespace: String, _ body: () throws -> Result
  ) throws -> Result {
    // Only what is below is for root alone.
    try Files.makeDirectories(host.root)
    try Files.makeDirectories(host.objects, mode: 0o700)
    let lock = try FileLock.acquire("\(host.objects)/.\(namespace).lock")
    return try withExtendedLifetime(lock, body)
  }
}

extension ObjectMeta {
  /// The namespace that it is in.
  var place: String { namespace ?? "default" }
}
