import FoundationEssentials
import OCISpec

/// What a runtime answers to `state`.
struct RuntimeState {
  /// `creating`, `created`, `running`, `stopped`; crun and runc also know `paused`.
  var status: String

  /// nil for an answer that is none: the runtime does not know the container.
  init?(answer: [UInt8]) {
    struct Answer: Decodable { var status: String }
    guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(answer)) else {
      return nil
    }
    status = answer.status
  }
}
