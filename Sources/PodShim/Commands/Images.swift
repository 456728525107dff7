import OCISpec
import PodModel

/// `podshim images`: one line for each name of each image, in Docker's columns.
enum ImagesCommand {
  /// - Parameter showsDisk: measures what each takes of the disk. What several images share is
  ///   counted for each, and once in the last line.
  static func run(
    store: ImageStore, now: Duration, showsDisk: Bool = false, output: (String) -> Void
  ) throws {
    let images = try store.list()
    var rows = [["REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE"]]
    rows += images.map { row($0, now: now) }
    if showsDisk {
      let disk = try ["DISK"] + images.map { size(try $0.diskUse(in: store)) }
      rows = zip(rows, disk).map { $0 + [$1] }
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows {
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      var line = Substring(cells.joined(separator: "   "))
      while line.last == " " { line.removeLast() }
      output(String(line))
    }
    if showsDisk { output("Disk use: \(size(try store.diskUse()))") }
  }

  private static func row(_ image: StoredImage, now: Duration) -> [String] {
    // RFC 3339, maybe with a fraction and a zone: no age is so exact
    let created = image.config.created.flatMap { Timestamp($0.prefix(19) + "Z") }
    return [
      image.name?.repository ?? "<none>", image.name?.tag ?? "<none>", image.id.short,
      created.map { age(now - .seconds($0.seconds)) } ?? "N/A", size(image.size),
    ]
  }

  /// Docker's words: three digits and a decimal unit.
  static func size(_ bytes: Int64) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var unit = 0
    // in thousandths of the unit
    var value = bytes * 1000
    while value >= 999_500, unit < units.count - 1 {
      value = (value + 500) / 1000
      unit += 1
    }
    let step: Int64 = value < 9_995 ? 10 : value < 99_950 ? 100 : 1000
    let rounded = (value + step / 2) / step * step
    var digits = String(rounded % 1000 + 1000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(rounded / 1000)\(digits.isEmpty ? "" : ".")\(digits)\(units[unit])"
  }

  /// Docker's words: one unit, rounded down.
  static func age(_ age: Duration) -> String {
    let seconds = max(0, age.components.seconds)
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400)
    let words =
      switch true {
      case seconds < 1: "Less than a second"
      case seconds < 2: "1 second"
      case minutes < 1: "\(seconds) seconds"
      case minutes < 2: "About a minute"
      case hours < 1: "\(minutes) minutes"
      case hours < 2: "About an hour"
      case hours < 48: "\(hours) hours"
      case days < 14: "\(days) days"
      case days < 60: "\(days / 7) weeks"
      case days < 730: "\(days / 30) months"
      default: "\(days / 365) years"
      }
    return words + " ago"
  }
}

extension StoredImage {
  /// Its blobs and its layers.
  fileprivate func diskUse(in store: ImageStore) throws -> Int64 {
    let blobs = ([manifest, id] + layers.map(\.blob)).map(store.layout.blobPath)
    return try DiskUse.measure(blobs + layers.map(\.directory)).reduce(0, +)
  }
}
