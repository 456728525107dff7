import OCISpec

/// A file or folder of the host on its way into a container.
struct Bind {
  var place: ContainerPath
  var source: String
  /// What a mount that is made later on one side does to the other.
  var propagation = "rprivate"
  /// `rw`, `ro`, or `rro` for what is mounted below it too.
  var access = "rw"
  var isExecutable = true

  init(place: ContainerPath, source: String, readOnly: Bool = false) {
    self.place = place
    self.source = source
    if readOnly { access = "ro" }
  }

  var mount: Mount {
    Mount(
      destination: place.description, type: "bind", source: source,
      options: ["rbind", propagation, access] + (isExecutable ? [] : ["noexec"]))
  }
}
