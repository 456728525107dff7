/// The text of a pod's `/etc/hosts`, letter for letter the kubelet's.
enum HostsFile {
  /// For a pod with a network of its own: loopback, the pod's own name, the aliases, and what the
  /// kubelet leaves to a cluster's DNS.
  static func managed(
    name: PodName, addresses: [String], aliases: [HostAlias], neighbours: [Neighbour] = []
  ) -> String {
    var text = """
      # Kubernetes-managed hosts file.
      127.0.0.1\tlocalhost
      ::1\tlocalhost ip6-localhost ip6-loopback
      fe00::0\tip6-localnet
      fe00::0\tip6-mcastprefix
      fe00::1\tip6-allnodes
      fe00::2\tip6-allrouters

      """
    let names = name.domain.map { "\(name.host).\($0)\t\(name.host)" } ?? name.host
    for address in addresses { text += "\(address)\t\(names)\n" }
    return text + lines(aliases) + lines(neighbours, besides: [name.host, "localhost"])
  }

  /// What a pod is called itself is nobody else.
  private static func lines(_ neighbours: [Neighbour], besides own: Set<String>) -> String {
    var text = ""
    for neighbour in neighbours {
      let names = neighbour.names.filter { !own.contains($0) }.joined(separator: "\t")
      for address in neighbour.addresses where !names.isEmpty { text += "\(address)\t\(names)\n" }
    }
    return text.isEmpty ? "" : "\n# The other pods of the namespace.\n" + text
  }

  /// For a pod on the host's network: the host's own text, the aliases.
  static func inherited(_ hosts: String, aliases: [HostAlias]) -> String {
    "# Kubernetes-managed hosts file (host network).\n" + hosts + lines(aliases)
  }

  private static func lines(_ aliases: [HostAlias]) -> String {
    if aliases.isEmpty { return "" }
    let lines = aliases.map { "\($0.ip)\t\($0.hostnames.joined(separator: "\t"))\n" }
    return "\n# Entries added by HostAliases.\n" + lines.joined()
  }
}
