import Testing

@testable import PodModel

@Suite("`$(NAME)` expands as the kubelet expands it")
struct ExpansionTests {
  @Test(
    "What is defined is put in, everything else stays",
    arguments: [
      ("$(VAR_A)", "A"),
      ("___$(VAR_B)___", "___B___"),
      ("$(VAR_A)$(VAR_B)", "AB"),
      ("$(VAR_REF)", "$(VAR_A)"),
      ("$(EMPTY)", ""),
      ("$(NOT DEFINED)", "$(NOT DEFINED)"),
      ("$()", "$()"),
      ("$$(VAR_A)", "$(VAR_A)"),
      ("$$$(VAR_A)", "$A"),
      ("$$$$(VAR_A)", "$$(VAR_A)"),
      ("$VAR_A", "$VAR_A"),
      ("$(VAR_A", "$(VAR_A"),
      ("$", "$"),
      ("a$", "a$"),
      ("$$", "$"),
      ("$(VAR_A$(VAR_B)", "$(VAR_A$(VAR_B)"),
      ("$\\(VAR_A)", "$\\(VAR_A)"),
      ("$é$(VAR_A)€", "$éA€"),
      ("", ""),
    ])
  func expands(_ text: String, _ expected: String) {
    let variables = ["VAR_A": "A", "VAR_B": "B", "VAR_REF": "$(VAR_A)", "EMPTY": ""]
    #expect(Expansion(variables: variables).expand(text) == expected)
  }
}
