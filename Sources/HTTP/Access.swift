/// Who may use a route. A `right` is a role or a permission word, such as `admin` or `manage_users`.
public enum Access: Sendable, Hashable {
  case everyone
  case signedIn
  case right(String)
}

/// The authenticated sender of a request; implemented by the product.
public protocol Principal: AnyObject, Sendable {
  /// The language chosen by this person; nil falls back to `Accept-Language`.
  var language: Language? { get }
  /// The key under which resources used by this person's requests are counted; nil counts them by IP address.
  var holder: String? { get }
}

extension Principal {
  public var holder: String? { nil }
  public var language: Language? { nil }
}

/// Returns the principal of a request, or throws a `Failure` (401 or 403) when it lacks access. Called before
/// the handler of every route, including public ones; must not block.
public typealias Authorize = @Sendable (Request, Access) throws -> (any Principal)?

/// Hooks that run around every request: checks before authorization, and changes to the response.
public struct Filters: Sendable {
  public typealias Before = @Sendable (Request) throws -> Response?
  public typealias After = @Sendable (Request, inout Response) -> Void

  /// Run in order; the first one that returns a response or throws a `Failure` ends the request.
  public var before: [Before]
  /// Run in order, on every response including errors.
  public var after: [After]
  /// Constant headers of every response, encoded once.
  public var headers: [(name: String, value: String)]

  public init(
    before: [Before] = [], after: [After] = [], headers: [(name: String, value: String)] = []
  ) {
    self.before = before
    self.after = after
    self.headers = headers
  }
}
