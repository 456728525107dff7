/// The names of resources that a container can ask for, and what amounts each of them can have.
///
/// A name without a domain is the API's own; one with a domain is a device of somebody's driver.
enum ResourceName {
  /// What is wrong with a name, and in which of the API server's two forms it is said.
  enum Complaint: Equatable {
    case invalid(String)
    case unsupported([String])
  }

  private static let standard: Set = ["cpu", "memory", "ephemeral-storage"]
  private static let pages = "hugepages-"

  static func isHugePages(_ name: String) -> Bool { name.hasPrefix(pages) }

  /// Whether more can be promised of it than there is.
  static func isShared(_ name: String) -> Bool { isNative(name) && !isHugePages(name) }

  private static func isNative(_ name: String) -> Bool {
    !name.contains("/") || name.contains("kubernetes.io/")
  }

  static func complaint(about name: String) -> Complaint? {
    if let reason = Names.qualified(name) { return .invalid(reason) }
    if !name.contains("/") {
      if standard.contains(name) || isHugePages(name) { return nil }
      return .invalid("must be a standard resource for containers")
    }
    if isNative(name) || !name.hasPrefix("requests.") { return nil }
    return .invalid("doesn't follow extended resource name standard")
  }

  static func complaintOfPod(about name: String) -> Complaint? {
    if ["cpu", "memory"].contains(name) || isHugePages(name) { return nil }
    return .unsupported(["cpu", "hugepages-<size>", "memory"])
  }

  /// What the API server says about an amount of `name`.
  static func complaint(about amount: Quantity, of name: String) -> String? {
    if amount.milliValue < 0 { return "must be greater than or equal to 0" }
    let isWhole = amount.milliValue == .max || amount.milliValue % 1000 == 0
    if !isNative(name), !isWhole { return "must be an integer" }
    guard isHugePages(name) else { return nil }
    let size = Quantity(String(name.dropFirst(pages.count)))?.value ?? 0
    if size > 0, isWhole, amount.value % size == 0 { return nil }
    return "\(amount.text) is not positive integer multiple of \(name)"
  }
}
