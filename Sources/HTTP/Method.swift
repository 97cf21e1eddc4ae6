/// The request methods that routes may have.
public enum Method: String, Sendable, Hashable, CaseIterable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
  case put = "PUT"
  case patch = "PATCH"
  case delete = "DELETE"
  case options = "OPTIONS"

  /// Whether the method is safe (RFC 9110, 9.2.1): it changes nothing.
  public var isSafe: Bool { self == .get || self == .head || self == .options }
}
