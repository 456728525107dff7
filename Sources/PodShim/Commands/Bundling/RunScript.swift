import PodModel

/// The shell script beside a pod's bundles: how they are run by hand, with crun or with runc.
///
/// It does what podshim does first and shows it: pause, then the containers in its namespaces. It
/// restarts nothing and takes no logs.
struct RunScript {
  let pod: Pod
  /// The cgroup that holds those of the containers.
  let cgroupParent: String
  /// What lies below the root file systems; containers whose image nobody has are left out.
  let roots: [Root]

  struct Root {
    var container: String
    var image: StoredImage
  }

  var text: String {
    let steps = [opening, rootSteps, sandbox, initial, apps, ending]
    return steps.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var opening: String {
    """
    #!/bin/sh
    # Runs the bundles of pod \(pod.metadata.name) by hand, as root:
    #
    #   ./run.sh              with crun
    #   RUNTIME=runc ./run.sh
    set -eu
    here=$(cd "$(dirname "$0")" && pwd)
    runtime=${RUNTIME:-crun}

    """
  }

  private var rootSteps: String {
    let all = pod.spec.initContainers + pod.spec.containers
    var lines = ["# A root file system for each container: its image below, what it writes above."]
    if roots.count < all.count {
      lines.append("# Put something there yourself where the image was not in the store.")
    }
    lines += [
      "root() { # CONTAINER LAYERS, the uppermost first",
      "  mountpoint -q \"$here/$1/rootfs\" && return",
      "  mkdir -p \"$here/$1/upper\" \"$here/$1/work\"",
      "  mount -t overlay overlay -o \\",
      "    \"lowerdir=$2,upperdir=$here/$1/upper,workdir=$here/$1/work\" \"$here/$1/rootfs\"",
      "}",
    ]
    for root in roots {
      let layers = root.image.layers.reversed().map(\.directory).joined(separator: ":")
      lines.append("root \(root.container) \(RunScript.quoted(layers))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var sandbox: String {
    var lines = [
      "# Pause makes the namespaces; the other bundles join them.",
      "\"$runtime\" run --detach --bundle \"$here/pause\" --pid-file \"$here/pause.pid\" "
        + "\(id("pause")) </dev/null >/dev/null 2>&1",
      "pid=$(cat \"$here/pause.pid\")",
      "sed -i \"s,/proc/[^/]*/ns/,/proc/$pid/ns/,\" \"$here\"/*/config.json",
    ]
    if pod.spec.hostNetwork != true {
      lines.append("nsenter --net=\"/proc/$pid/ns/net\" ip link set lo up")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var initial: String {
    guard !pod.spec.initContainers.isEmpty else { return "" }
    let lines =
      ["# Init containers, one after the other."] + pod.spec.initContainers.map(foreground)
    return lines.joined(separator: "\n") + "\n"
  }

  /// A terminal needs somebody who sits at it, so those containers come last.
  private var apps: String {
    let (withTerminal, without) = (
      pod.spec.containers.filter { $0.tty == true }, pod.spec.containers.filter { $0.tty != true }
    )
    var lines = ["# The containers, side by side; their output goes where this script's goes."]
    lines += without.map {
      "\"$runtime\" run --detach --bundle \"$here/\($0.name)\" \(id($0.name)) </dev/null"
    }
    lines += withTerminal.map(foreground)
    return lines.joined(separator: "\n") + "\n"
  }

  private var ending: String {
    let names = (pod.spec.initContainers + pod.spec.containers).map(\.name)
    let delete = (names + ["pause"]).map { "#   $runtime delete --force \(id($0))" }
    let unmount = roots.map { "#   umount $here/\($0.container)/rootfs" }
    let cgroups = [
      "#   find /sys/fs/cgroup -depth -type d -path '*\(cgroupParent)*' -exec rmdir {} +"
    ]
    return (["# To take everything away again:"] + delete + unmount + cgroups)
      .joined(separator: "\n") + "\n"
  }

  private func foreground(_ container: Container) -> String {
    "\"$runtime\" run --bundle \"$here/\(container.name)\" \(id(container.name))"
  }

  /// What the runtime calls the container; names of pods and containers need no quotes.
  private func id(_ container: String) -> String { "\(pod.metadata.name)_\(container)" }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
