/// The users and groups of an image, read from the texts of its `/etc/passwd` and `/etc/group`.
///
/// Only what containers need: a user by name or id, and the groups that list a user as member. As
/// in libc, the first of several equal entries counts and a line that does not parse is no entry.
struct UserDatabase {
  struct User: Equatable {
    var name: String
    var uid: UInt32
    var gid: UInt32
  }

  struct Group: Equatable {
    var name: String
    var gid: UInt32
    var members: [String]
  }

  let users: [User]
  let groups: [Group]

  init(passwd: String, group: String) {
    users = Self.entries(passwd).compactMap { fields in
      guard fields.count >= 4, !fields[0].isEmpty,
        let uid = UInt32(fields[2]), let gid = UInt32(fields[3])
      else { return nil }
      return User(name: fields[0], uid: uid, gid: gid)
    }
    groups = Self.entries(group).compactMap { fields in
      guard fields.count >= 3, !fields[0].isEmpty, let gid = UInt32(fields[2]) else { return nil }
      let members = fields.count > 3 ? fields[3].split(separator: ",").map(String.init) : []
      return Group(name: fields[0], gid: gid, members: members)
    }
  }

  func user(named name: String) -> User? { users.first { $0.name == name } }
  func user(withID uid: UInt32) -> User? { users.first { $0.uid == uid } }

  /// The groups that name the user as member, in the order of the file; the user's primary group
  /// is among them only when it does so too.
  func groups(of name: String) -> [UInt32] {
    groups.filter { $0.members.contains(name) }.map(\.gid)
  }

  private static func entries(_ text: String) -> [[String]] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let trimmed = line.trimmed
      if trimmed.isEmpty || trimmed.first == "#" { return nil }
      return trimmed.split(separator: ":", omittingEmptySubsequences: false).map {
        String($0.trimmed)
      }
    }
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let start = drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return start[...end]
  }
}
