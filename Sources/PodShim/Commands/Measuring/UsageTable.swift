/// One line of `top`: what something uses.
struct UsageRow: Equatable {
  var namespace = ""
  var name: String
  var container: String?
  /// Thousandths of a processor.
  var cpu: Int64
  /// Of a node, in percent.
  var cpuShare: Int?
  /// Bytes.
  var memory: Int64
  var memoryShare: Int?

  /// One for each pod, of those for its containers.
  static func sums(of rows: [UsageRow]) -> [UsageRow] {
    var sums: [UsageRow] = []
    for row in rows {
      if let last = sums.last, last.name == row.name, last.namespace == row.namespace {
        sums[sums.count - 1].cpu += row.cpu
        sums[sums.count - 1].memory += row.memory
      } else {
        sums.append(row)
      }
    }
    return sums
  }
}

/// The columns of `top`, as kubectl has them.
enum UsageTable: Equatable {
  case ofPods(hasContainers: Bool, hasNamespaces: Bool)
  case ofNodes

  func text(_ rows: [UsageRow], hasHeader: Bool, hasSum: Bool) -> String {
    var lines = hasHeader ? [header] : []
    lines += rows.map(cells)
    if hasSum {
      let blanks = Array(repeating: "", count: header.count - 2)
      let sum = UsageRow(
        name: "", cpu: rows.reduce(0) { $0 + $1.cpu }, memory: rows.reduce(0) { $0 + $1.memory })
      lines.append(blanks + ["________", "________"])
      lines.append(blanks + [Self.cpu(sum), Self.memory(sum)])
    }
    return GrowingTable().text(lines)
  }

  private var header: [String] {
    switch self {
    case .ofNodes: ["NAME", "CPU(cores)", "CPU%", "MEMORY(bytes)", "MEMORY%"]
    case .ofPods(let hasContainers, let hasNamespaces):
      (hasNamespaces ? ["NAMESPACE"] : []) + (hasContainers ? ["POD", "NAME"] : ["NAME"])
        + ["CPU(cores)", "MEMORY(bytes)"]
    }
  }

  private func cells(_ row: UsageRow) -> [String] {
    switch self {
    case .ofNodes:
      [
        row.name, Self.cpu(row), "\(row.cpuShare ?? 0)%", Self.memory(row),
        "\(row.memoryShare ?? 0)%",
      ]
    case .ofPods(let hasContainers, let hasNamespaces):
      (hasNamespaces ? [row.namespace] : [])
        + (hasContainers ? [row.name, row.container ?? ""] : [row.name])
        + [Self.cpu(row), Self.memory(row)]
    }
  }

  private static func cpu(_ row: UsageRow) -> String { "\(row.cpu)m" }

  private static func memory(_ row: UsageRow) -> String { "\(row.memory >> 20)Mi" }
}
