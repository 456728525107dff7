import PodModel

/// What the pod's Secrets say about registries.
extension Supervisor {
  /// Credentials for an image, in a file without a name; nil where this host's own count. Secrets
  /// that are missing are told of, and the pull goes on.
  func credentials(for image: ImageReference) throws -> OwnedDescriptor? {
    let names = try pullSecretNames()
    guard !names.isEmpty else { return nil }
    let store = ObjectStore(host: paths.host)
    var (found, missing): ([Secret], [String]) = ([], [])
    for name in names {
      if let secret = try store.find(name, in: pod.metadata.place, as: Secret.self) {
        found.append(secret)
      } else {
        missing.append(name)
      }
    }
    if !missing.isEmpty {
      let message =
        "Unable to retrieve some image pull secrets (\(missing.joined(separator: ", "))); "
        + "attempting to pull the image may not succeed."
      EventLog.append(Note(.warning, "FailedToRetrieveImagePullSecret", message), to: paths)
    }
    return try RegistryCredentials(found).authFile(for: image).map {
      try OwnedDescriptor.memory("credentials", holding: $0)
    }
  }

  /// The pod's own, else those of its account (the API server's admission of ServiceAccounts).
  private func pullSecretNames() throws -> [String] {
    let own = pod.spec.imagePullSecrets.map(\.name).filter { !$0.isEmpty }
    guard own.isEmpty else { return own }
    let account: ServiceAccount? = try ObjectStore(host: paths.host).find(
      pod.spec.serviceAccountName ?? "default", in: pod.metadata.place)
    return account?.imagePullSecrets.map(\.name) ?? []
  }
}
