import HTTP
import Hypervisor

/// Why a console ended, as the reason of its socket's close frame with the code 4000.
enum ConsoleEnd: String, Sendable {
  /// The machine stopped, or the host closed the console.
  case ended = "CONSOLE_ENDED"
  /// Another program of the host has the serial line.
  case busy = "CONSOLE_BUSY"
  /// The client sent faster than the machine reads.
  case flooded = "CONSOLE_FLOODED"
  /// The client does not speak the VNC protocol as expected.
  case protocolError = "CONSOLE_PROTOCOL"
  case unsupported = "CONSOLE_UNAVAILABLE"
  case unreachable = "HOST_UNREACHABLE"
  /// The person may no longer open the machine's console.
  case forbidden = "FORBIDDEN"
  case failed = "CONSOLE_FAILED"

  static let code: UInt16 = 4000

  /// What an error means that prevented the opening.
  init(_ error: any Error) {
    switch error {
    case let error as HypervisorError:
      switch error.code {
      case .notFound: self = .ended
      case .busy: self = .busy
      case .unsupported: self = .unsupported
      case .unreachable, .timeout: self = .unreachable
      default: self = .failed
      }
    case let error as Failure: self = error.status == 403 ? .forbidden : .ended
    default: self = .failed
    }
  }
}
