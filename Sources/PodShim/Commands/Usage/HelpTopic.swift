/// What `podshim help TOPIC` says that is about no single command; a section of the manual page.
struct HelpTopic: Sendable {
  let name: String
  /// One line, without a full stop.
  let title: String
  /// A word, and what it means.
  let rows: [(word: String, meaning: String)]
  let remark: String

  static let all = [exitStatus, environment, files]

  static let exitStatus = HelpTopic(
    name: "exit-status", title: "What the exit status of a command says",
    rows: [
      ("0", "It was done; also of an empty list, of an edit without changes"),
      ("1", "It could not be done, or not for all that was named; standard error says why"),
      ("2", "The command line says nothing that podshim understands; nothing was done"),
      ("129…", "A signal ended it, or the container's process: 128 and the signal's number"),
    ],
    remark: """
      'diff' ends with 1 when something differs, and with 2 or more when that could not be found
      out; 'doctor' with 1 when no pod can run here; 'wait' with 1 when the time is over.

      'exec', 'attach' and 'run' end as the process in the container did: with its status, or with
      128 and the number of the signal that ended it; 'exec' with 127 when the container has no such
      program, and with 126 when it cannot be run. 'run -f' ends with the status of the first
      container that failed, 0 when none did.
      """)

  static let environment = HelpTopic(
    name: "environment", title: "Variables that podshim reads",
    rows: [
      ("PODSHIM_ROOT", "--root: where images and pods are kept"),
      ("PODSHIM_STATE", "--state: where what runs is noted until the next boot"),
      ("PODSHIM_RUNTIME", "--runtime: crun, runc, a path or auto"),
      ("PODSHIM_NETWORK", "--network: what new pods are joined by"),
      ("PODSHIM_CNI_CONF_DIR", "--cni-conf-dir: where network configurations are"),
      ("PODSHIM_PULL", "--pull: whether new pods ask registries"),
      ("PODSHIM_INFRA_IMAGE", "--infra-image: what runs as pause in new pods"),
      ("PODSHIM_ALLOWED_UNSAFE_SYSCTLS", "--allowed-unsafe-sysctls: kernel settings of new pods"),
      ("NO_COLOR", "Nothing is coloured when it is set"),
      ("HTTP_PROXY, HTTPS_PROXY, NO_PROXY", "How skopeo reaches registries"),
    ],
    remark: "A flag counts more than its variable.")

  static let files = HelpTopic(
    name: "files", title: "Where podshim keeps what it needs",
    rows: [
      ("/var/lib/podshim", "Images, layers and pods; ~/.local/share/podshim of other users"),
      ("/run/podshim", "What runs, until the next boot; $XDG_RUNTIME_DIR/podshim"),
      ("/var/log/pods", "What containers print; ~/.local/state/podshim/log/pods"),
      ("/etc/cni/net.d", "Configurations of networks, which others put there"),
      ("/etc/containers", "How skopeo is set up: registries.conf, policy.json, auth.json"),
    ],
    remark: "")
}
