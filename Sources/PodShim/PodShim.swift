@main
struct PodShim {
  static func main() {
    if CommandLine.arguments.dropFirst() == ["version"] { print("podshim 0.1.0") }
  }
}
