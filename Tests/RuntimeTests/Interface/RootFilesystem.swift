import OCISpec

@testable import PodShim

/// The root that the containers of this room have, all the same one and read-only: the layer of the
/// busybox image, unpacked by tar, with no part of podshim in it.
struct RootFilesystem {
  static let shared = Result { try RootFilesystem() }

  let path: String

  private init() throws {
    let host = try TestHost.shared.get()
    let layout = host.layout("busybox")
    guard Files.exists(layout) else {
      throw TestHost.Unready("no image at `\(layout)`: run `Tests/Images/build test`")
    }
    let index = try JSON.decode(ImageIndex.self, from: Files.read(layout + "/index.json"))
    path = host.folder + "/rootfs"
    for name in ["proc", "dev", "sys", "tmp", "etc", "out"] {
      try Files.makeDirectories("\(path)/\(name)")
    }
    for image in index.manifests {
      let manifest = try JSON.decode(
        Manifest.self, from: Files.read(Self.blob(image.digest, in: layout)))
      for layer in manifest.layers { try unpack(Self.blob(layer.digest, in: layout)) }
    }
  }

  private static func blob(_ digest: String, in layout: String) -> String {
    "\(layout)/blobs/\(digest.replacing(":", with: "/"))"
  }

  private func unpack(_ archive: String) throws {
    guard let tar = Program.find("tar") else { throw TestHost.Unready("tar is not installed") }
    let result = try Program(tar, [tar, "-xf", archive, "-C", path]).run(timeout: .seconds(20))
    guard result.succeeded else { throw TestHost.Unready("`\(archive)`: \(result.errorText)") }
  }
}
