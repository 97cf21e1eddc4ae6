/// Why the server cannot start, as a sentence.
public struct ServerError: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Code: Sendable, Equatable {
    case address, portTaken, denied, certificate, system
  }

  public let code: Code
  public let message: String

  public var description: String { message }

  public static func unreadableCertificate(_ path: String) -> ServerError {
    ServerError(code: .certificate, message: "TLS: cannot read the certificate \(path)")
  }
}
