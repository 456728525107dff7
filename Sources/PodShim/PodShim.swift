import Glibc

@main
struct PodShim {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "forward" { exit(ForwardProgram.run(Array(arguments.dropFirst()))) }
    if arguments == ["version"] { print("podshim 0.1.0") }
  }
}
