import Glibc
import OCISpec
import PodModel

/// Brings one image from its registry into the store, as far as it is not there.
///
/// It is for a process of its own: it waits for the registry, for other pulls of the same image and
/// for the store. Killed at any moment it leaves a folder that the next pull goes on with, or that
/// the next writer of the store takes away.
struct ImagePull {
  let reference: ImageReference
  let store: ImageStore
  let skopeo: Skopeo
  /// Told how far it is.
  var tell: (PullNews) -> Void = { _ in }

  /// A registry that sends nothing for so long will not send more.
  private static let patience = Duration.seconds(300)

  init(_ name: ImageReference, into store: ImageStore, by skopeo: Skopeo = Skopeo()) {
    reference = name.withoutIdleTag
    self.store = store
    self.skopeo = skopeo
  }

  func run() throws -> PullNews.Result {
    let staging = try PullStaging.enter(reference, in: store)
    let begun = Clock.boot()
    var isArriving = false
    do {
      try staging.clear()
      let remote = try RemoteImage(reference, from: skopeo, into: staging)
      let before = try? store.find(reference)
      let isNew = before?.registryDigest != remote.digest
      var image = before
      if isNew {
        isArriving = true
        try fetch(remote, staging)
        isArriving = false
        tell(.unpacking)
        image = try store.take(staging.layout, as: reference, pulledAs: remote.digest)
      }
      guard let image else { throw ImageError("image `\(reference)` is gone") }
      try store.prepare(image)
      try staging.remove()
      let took = Clock.boot() - begun
      return PullNews.Result(
        digest: remote.digest.description, size: image.size, isNew: isNew,
        milliseconds: Int64(took / .milliseconds(1)))
    } catch {
      // What has arrived need not come again. But a full disk is not to stay full.
      let isFull = "\(error)".lowercased().contains("no space left")
      if !isArriving || isFull { try staging.remove() }
      throw error
    }
  }

  private func fetch(
    _ remote: RemoteImage, _ staging: borrowing PullStaging
  ) throws {
    for blob in [remote.config] + remote.layers {
      staging.lend(blob.digest, size: blob.size, from: store)
    }
    try copy(remote, staging)
    try describe(remote, staging)
    let config = try staging.layout.config(remote.config.digest)
    guard config.isForThisHost else {
      throw ImageError(
        "`\(reference)` is for \(config.os)/\(config.architecture): it has no image for "
          + Platform.name)
    }
  }

  private func copy(_ remote: RemoteImage, _ staging: borrowing PullStaging) throws {
    var meter = PullMeter(of: remote.layers, arriving: staging.layout)
    var seen: [PullNews.Layer] = []
    var changed = Clock.boot()
    func goesOn() -> Bool {
      let layers = meter.measure()
      guard layers != seen else { return Clock.boot() - changed < Self.patience }
      (seen, changed) = (layers, Clock.boot())
      tell(.layers(layers))
      return true
    }
    do {
      try skopeo.copy(
        reference.with(digest: remote.manifest), into: PullStaging.layoutName, in: staging.path,
        while: goesOn)
    } catch let error as SyscallError where error.errno == ETIMEDOUT {
      throw ImageError("nothing came for \(Self.patience.goText)")
    }
    _ = goesOn()
  }

  /// Has the index name the registry's own manifest. Layers that were not compressed skopeo has
  /// compressed on the way: then the manifest that it wrote is the one that fits.
  private func describe(_ remote: RemoteImage, _ staging: borrowing PullStaging) throws {
    let layout = staging.layout
    let blobs = ([remote.config] + remote.layers).map(\.digest)
    guard blobs.allSatisfy({ Files.exists(layout.blobPath($0)) }) else { return }
    try Files.replace(
      layout.indexPath, with: JSON.compact(ImageIndex(manifests: [remote.descriptor])))
  }
}

extension ImageConfig {
  /// One that does not say is taken at its word.
  fileprivate var isForThisHost: Bool {
    (os.isEmpty || os == Platform.ours.os)
      && (architecture.isEmpty || architecture == Platform.ours.architecture)
  }
}
