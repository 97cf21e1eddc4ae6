import HTTP
import Hypervisor
import Store
import Threads

/// Errors caused by temporary conditions, after which a client may try again.
enum Unavailability {
  /// The HTTP error for a temporary condition; nil for any other error, which is a defect.
  static func refusal(for error: any Error) -> Failure? {
    switch error {
    case let error as StoreError:
      switch error.code {
      case .overloaded, .closed, .busy: .unavailable
      case .full: away("NO_SPACE")
      default: nil
      }
    case let error as HypervisorError:
      switch error.code {
      case .unreachable, .timeout: away("HYPERVISOR_UNREACHABLE", unreachable)
      case .noSpace: away("NO_SPACE")
      case .unsupported: Failure(400, "UNSUPPORTED", Refusals.sentence("UNSUPPORTED"))
      default: nil
      }
    case let error as any Passing: error.isPassing ? .unavailable : nil
    case is CancellationError: .unavailable
    default: nil
    }
  }

  /// The sentence for jobs with this code says that the job will resume; a request does not.
  private static let unreachable = Sentence(
    fr: "L’hyperviseur ne répond pas. Réessayez dans quelques instants.",
    en: "The hypervisor is not responding. Try again in a moment.")

  private static func away(_ code: String, _ sentence: Sentence? = nil) -> Failure {
    Failure(503, code, sentence ?? Refusals.sentence(code), headers: [("Retry-After", "15")])
  }
}

/// An error that may be gone at the next attempt.
protocol Passing: Error {
  var isPassing: Bool { get }
}

extension QueueRefusal: Passing {
  var isPassing: Bool { true }
}
