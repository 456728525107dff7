/// How far a pull has come, seen from the files that skopeo writes.
///
/// A finished blob has its digest for a name. Of one that is still coming skopeo does not say whose
/// it is: the files are taken for the layers in their order, as far as sizes allow, and a mistake
/// ends when either is finished.
struct PullMeter {
  /// How skopeo calls what is not finished.
  static let unfinished = "oci-put-blob"

  private let layout: LayoutDirectory
  private var layers: [PullNews.Layer]
  private let digests: [Digest]
  /// The layer that each unfinished file is taken for.
  private var owners: [String: Int] = [:]

  init(of layers: [RemoteImage.Blob], arriving layout: LayoutDirectory) {
    self.layout = layout
    digests = layers.map(\.digest)
    self.layers = layers.map {
      PullNews.Layer(digest: $0.digest.description, size: $0.size, arrived: 0)
    }
  }

  /// The layers, with the bytes that are here by now.
  mutating func measure() -> [PullNews.Layer] {
    for (index, digest) in digests.enumerated() where Files.exists(layout.blobPath(digest)) {
      layers[index].arrived = layers[index].size
    }
    let files = ((try? Files.list(layout.path)) ?? []).filter { $0.hasPrefix(Self.unfinished) }
    owners = owners.filter { files.contains($0.key) && !layers[$0.value].isHere }
    for file in files {
      guard let size = try? FileKind.size(of: "\(layout.path)/\(file)") else { continue }
      let owner = owners[file] ?? free(for: size)
      owners[file] = owner
      // The file of a small document is nobody's.
      if let owner { layers[owner].arrived = min(size, layers[owner].size) }
    }
    return layers
  }

  private func free(for size: Int64) -> Int? {
    layers.indices.first { index in
      !layers[index].isHere && layers[index].size >= size && !owners.values.contains(index)
    }
  }
}
