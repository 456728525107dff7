@testable import PodShim

/// What the pages say that `fixtures/seeds/` is from: outputs, to be compared line by line.
///
/// Left out is what no two hosts agree in: ages, process IDs, times of processors. The texts of
/// `explain` are the API's there and our own here, so only the lines around them are compared.
enum SeedPage {
  /// `get pods`, up to the age.
  static let pods = [
    "NAME    READY   STATUS    RESTARTS   ", "nginx   2/2     Running   0          ",
  ]

  /// `attach -it nginx -c shell`, and what was typed there.
  static let attached = """
    If you don't see a command prompt, try pressing enter.
    / # ls
    bin   dev   etc   home  proc  root  sys   tmp   usr   var
    / # ps
    PID   USER     TIME  COMMAND
        1 root      0:00 /pause
        6 root      0:00 nginx: master process nginx -g daemon off;
       33 101       0:00 nginx: worker process
       34 root      0:00 sh
       41 root      0:00 ps
    """.split(separator: "\n").map(String.init)

  /// What is typed in a pod's shell behind which prompt, and what the page shows then.
  static let mounted = [
    (
      seed: "pod-mount-configmap",
      typed: [("/ # ", "cd /config"), ("/config # ", "ls"), ("/config # ", "cat config")],
      page: [
        "/config # ls", "config", "/config # cat config", "I am a coder.",
        "My blog is didispace.com.",
      ]
    ),
    (
      seed: "pod-mount-secret",
      typed: [("/ # ", "cd /secret/"), ("/secret # ", "ls"), ("/secret # ", "cat name")],
      // The page ends with the command; the value has no end of line.
      page: [
        "/ # cd /secret/", "/secret # ls", "name    secret", "/secret # cat name",
        "zhangyu/secret #",
      ]
    ),
  ]

  /// `explain pod`, without the texts.
  static let pod = """
    KIND:     Pod
    VERSION:  v1

    DESCRIPTION:

    FIELDS:
       apiVersion\t<string>

       kind\t<string>

       metadata\t<Object>

       spec\t<Object>

       status\t<Object>


    """

  /// `explain pod.apiVersion`, without the text.
  static let version = """
    KIND:     Pod
    VERSION:  v1

    FIELD:    apiVersion <string>

    DESCRIPTION:

    """

  /// The lines that are no description.
  static func frame(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false).filter {
      !$0.hasPrefix("     ")
    }
  }

  /// What stood on the screen, without colours, empty lines and prompts behind which nothing was
  /// typed.
  static func lines(of session: Dialogue) -> [String] {
    // Without the carriage returns, of which a terminal within another makes two.
    var text = String(String.UnicodeScalarView(session.text.unicodeScalars.filter { $0 != "\r" }))
    while let start = text.firstIndex(of: "\u{1b}") {
      let end = text[start...].dropFirst(2).firstIndex { $0.isLetter } ?? start
      text.removeSubrange(start...end)
    }
    let lines = text.split(separator: "\n").map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    return lines.filter { !$0.isEmpty && (!$0.hasSuffix(" #") || !$0.hasPrefix("/")) }
  }

  /// A line of `ps` without its ID and its time; any other line as it is. Debian's busybox shows no
  /// times, and is `ps` in the shell's own process.
  static func process(_ line: String) -> String {
    let words = line.split(separator: " ")
    guard words.count > 2, words[0] == "PID" || Int(words[0]) != nil else { return line }
    let hasTime = words[2] == "TIME" || words[2].hasPrefix("0:")
    return ([words[1]] + words[(hasTime ? 3 : 2)...]).joined(separator: " ")
      .replacing("{ps} sh", with: "ps")
  }
}
