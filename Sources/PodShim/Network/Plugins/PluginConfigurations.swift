import PodModel

/// The network configurations that the host's owner, or the installer of a network, has put down.
enum PluginConfigurations {
  /// The first file by its name, as every runtime of containers takes it; nil when there is none.
  static func first(in folder: String) -> String? {
    let names = (try? Files.listIfThere(folder)) ?? []
    return names.first { name in
      [".conflist", ".conf", ".json"].contains { name.hasSuffix($0) }
    }.map { "\(folder)/\($0)" }
  }
}
