import OCISpec

/// The host's user and group IDs that are those of a pod with a user namespace of its own
/// (`hostUsers: false`): as many as a file system of Unix needs, from the first one on.
public struct IDRange: Codable, Equatable, Hashable, Sendable {
  /// As many as the kubelet gives each pod.
  public static let count: UInt32 = 65536
  public let first: UInt32

  public init(first: UInt32) { self.first = first }

  /// What the host calls an ID of the pod.
  public func onHost(_ id: UInt32) -> UInt32 { first + min(id, Self.count - 1) }

  var mappings: [IDMapping] {
    [IDMapping(containerID: 0, hostID: first, size: Self.count)]
  }
}

extension IDRange {
  /// The ranges that pods may have, from what the host's owner gives to `user` in `/etc/subuid` and
  /// `/etc/subgid`; without a word there, all above those of the host's own users.
  public static func available(
    to user: String, subuid: String, subgid: String
  ) throws(PlanError) -> [IDRange] {
    let users = entries(of: user, in: subuid)
    let groups = entries(of: user, in: subgid)
    if users.isEmpty, groups.isEmpty { return (1..<last).map { IDRange(first: $0 * count) } }
    guard users == groups, let only = users.first, users.count == 1,
      only.first >= count, only.first % count == 0, only.size >= count, only.size % count == 0,
      let end = UInt32(exactly: UInt64(only.first) + UInt64(only.size)), end <= last * count
    else {
      throw .sandbox(
        "`/etc/subuid` and `/etc/subgid` must have one line for `\(user)`, the same in both: "
          + "`\(user):FIRST:COUNT`, multiples of \(count)")
    }
    return stride(from: only.first, to: end, by: Int(count)).map { IDRange(first: $0) }
  }

  /// The highest ID of all stands for none: the kernel maps no range that holds it.
  private static let last: UInt32 = 65535

  private struct Entry: Equatable {
    var first: UInt32
    var size: UInt32
  }

  /// Lines `user:first:count`; one that does not parse stands for nothing that could be given out.
  private static func entries(of user: String, in text: String) -> [Entry] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      guard let name = fields.first, name == user else { return nil }
      guard fields.count == 3, let first = UInt32(fields[1]), let size = UInt32(fields[2]) else {
        return Entry(first: 0, size: 0)
      }
      return Entry(first: first, size: size)
    }
  }
}
