import Testing

@testable import PodModel

@Suite("Users and groups are read as libc reads them")
struct UserDatabaseTests {
  private let database = UserDatabase(
    passwd: """
      # a comment
      root:x:0:0:root:/root:/bin/sh
      app:x:1000:1500::/home/app:/bin/sh
      app:x:1001:1501::/home/other:/bin/sh
      twin:x:1000:1600::/:/bin/sh
      short:x:7:8
      nonsense
      bad:x:-1:0::/:
      :x:9:9::/:

      """,
    group: """
      root:x:0:root
      video:x:44:root,app
      empty:x:45:
      bare:x:46
      bad:x:many:app
      shared:x:50000:app,twin
      """)

  @Test("The first of several entries counts")
  func first() {
    #expect(database.user(named: "app") == UserDatabase.User(name: "app", uid: 1000, gid: 1500))
    #expect(database.user(withID: 1000)?.name == "app")
    #expect(database.user(withID: 1001)?.gid == 1501)
  }

  @Test("An entry needs no more than name, password, user and group")
  func short() {
    #expect(database.user(named: "short") == UserDatabase.User(name: "short", uid: 7, gid: 8))
  }

  @Test(
    "A line that does not parse is no entry", arguments: ["nonsense", "bad", "", "# a comment"])
  func skips(_ name: String) {
    #expect(database.user(named: name) == nil)
  }

  @Test("A user is in the groups that list it, in the order of the file")
  func groups() {
    #expect(database.groups(of: "app") == [44, 50000])
    #expect(database.groups(of: "root") == [0, 44])
    #expect(database.groups(of: "nobody").isEmpty)
  }

  @Test("Lines may end as on other systems")
  func lineEnds() {
    let database = UserDatabase(passwd: "a:x:1:2::/:\r\nb:x:3:4::/:\r\n", group: "")
    #expect(database.users.map(\.name) == ["a", "b"])
  }
}
