/// The request methods that routes can have.
public enum Method: String, Sendable, Hashable, CaseIterable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
  case put = "PUT"
  case patch = "PATCH"
  case delete = "DELETE"
  case options = "OPTIONS"

  /// Whether the method promises to change nothing.
  public var isSafe: Bool { self == .get || self == .head || self == .options }
}
