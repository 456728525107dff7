import PodModel

/// What `set image` says: which container shall have which image, `*` for every one.
struct PodImages: Equatable {
  var images: [(container: String, image: String)]

  static func == (a: PodImages, b: PodImages) -> Bool {
    a.images.map { [$0.container, $0.image] } == b.images.map { [$0.container, $0.image] }
  }

  /// What the images are for, and the images: `pod web db main=nginx`, `pod/web main=nginx`.
  static func split(
    _ words: [String], _ invocation: Invocation
  ) throws -> (about: [String], images: PodImages) {
    // An image may have a slash, a pod's name no equals sign.
    let about = words.prefix { !$0.contains("=") }
    var images = PodImages(images: [])
    for word in words.dropFirst(about.count) {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
        throw invocation.usage("\"\(word)\" is not written CONTAINER=IMAGE")
      }
      images.images.append((String(parts[0]), String(parts[1])))
    }
    guard !images.images.isEmpty else {
      throw invocation.usage("at least one image update is required")
    }
    return (Array(about), images)
  }

  /// - Throws: `CommandError` when the pod has no such container.
  func set(in pod: Pod) throws -> Pod {
    var changed = pod
    for (name, image) in images {
      var isFound = false
      func set(_ container: inout Container) {
        guard name == "*" || container.name == name else { return }
        container.image = image
        isFound = true
      }
      for index in changed.spec.containers.indices { set(&changed.spec.containers[index]) }
      for index in changed.spec.initContainers.indices { set(&changed.spec.initContainers[index]) }
      guard isFound else { throw PodImages.missing(name) }
    }
    return changed
  }

  /// The same in a pod as somebody wrote it.
  func set(in pod: Node) throws -> Node {
    var changed = pod
    for (name, image) in images {
      var isFound = false
      func containers(_ list: Node) -> Node {
        list.changingItems { container in
          guard name == "*" || container["name"] == .string(name) else { return container }
          isFound = true
          return container.setting(["image"], to: .string(image))
        }
      }
      changed = changed.changing("spec") {
        $0.changing("containers", containers).changing("initContainers", containers)
      }
      guard isFound else { throw PodImages.missing(name) }
    }
    return changed
  }

  private static func missing(_ name: String) -> CommandError {
    CommandError("unable to find container named \"\(name)\"")
  }
}
