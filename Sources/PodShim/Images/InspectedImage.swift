import OCISpec
import PodModel

/// An image as `podshim image inspect` prints it, under the names that Docker gives these things.
struct InspectedImage: Encodable {
  var Id: String
  var RepoTags: [String]
  var RepoDigests: [String]
  var Created: String?
  var Architecture: String
  var Os: String
  /// Of its blobs, as they are kept.
  var Size: Int64
  var Config: ImageConfig.Config?
  var RootFS: Layers

  struct Layers: Encodable {
    var `Type` = "layers"
    var Layers: [String]
  }

  /// - Parameter names: the same image under each of its names.
  init(_ image: StoredImage, names: [StoredImage]) {
    Id = image.id.description
    RepoTags = names.compactMap(\.name).filter { $0.tag != nil }.map(\.description)
    RepoDigests = Set(names.filter { $0.name != nil }.map(\.repositoryDigest)).sorted()
    Created = image.config.created
    Architecture = image.config.architecture
    Os = image.config.os
    Size = image.size
    Config = image.config.config
    RootFS = Layers(Layers: image.layers.map(\.diffID.description))
  }
}
