import HTTP
import Hypervisor
import Store

/// Errors of the appliance's parts that are nobody's mistake: a client may try again.
enum Outage {
  /// The refusal for an error, or nil where it is a defect of ours.
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
      case .unreachable, .timeout: away("HYPERVISOR_UNREACHABLE")
      case .noSpace: away("NO_SPACE")
      case .unsupported: Failure(400, "UNSUPPORTED", Refusals.sentence("UNSUPPORTED"))
      default: nil
      }
    case is PasswordHasher.Problem, is WorkerThread.Refusal, ImageLibrary.Problem.overloaded,
      is CancellationError:
      .unavailable
    default: nil
    }
  }

  private static func away(_ code: String) -> Failure {
    Failure(503, code, Refusals.sentence(code), headers: [("Retry-After", "15")])
  }
}
