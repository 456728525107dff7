import Glibc
import PodModel

/// The files that an image shows, looked up in its layers, without a mount.
enum LayerFiles {
  static func facts(_ image: StoredImage) throws -> ImageFacts {
    ImageFacts(
      config: image.config, passwd: try text("etc/passwd", in: image),
      group: try text("etc/group", in: image))
  }

  /// The file of the uppermost layer that has it or hides it; empty when none has it.
  private static func text(_ path: String, in image: StoredImage) throws -> String {
    for layer in image.layers.reversed() {
      let root = try FileDescriptor.open(
        layer.directory, FileDescriptor.pathOnly | O_DIRECTORY)
      do throws(SyscallError) {
        let flags = O_RDONLY | O_NONBLOCK
        let file = try FileDescriptor.open(path, flags, in: root.raw, resolution: .inRoot)
        return String(decoding: try file.readAll(), as: UTF8.self)
      } catch {
        // A whiteout is a device that nobody drives.
        if error.errno == ENXIO || error.errno == ENODEV { return "" }
        guard error.errno == ENOENT || error.errno == ENOTDIR else { throw error }
      }
    }
    return ""
  }
}
