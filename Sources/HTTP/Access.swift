/// Who may use a route. A `right` is a role or a permission word, such as `admin` or `manage_users`.
public enum Access: Sendable, Hashable {
  case everyone
  case signedIn
  case right(String)
}

/// Who a request comes from, once the product knows; the product's own class.
public protocol Principal: AnyObject, Sendable {
  /// The language this person chose; nil leaves it to `Accept-Language`.
  var language: Language? { get }
  /// Whose share of what is bounded for each its requests take; nil counts them by address.
  var holder: String? { get }
}

extension Principal {
  public var holder: String? { nil }
  public var language: Language? { nil }
}

/// Decides from memory who asks, and throws a `Failure` (401 or 403) when they may not.
/// Called before the handler of every route, of those for everyone too.
public typealias Authorize = @Sendable (Request, Access) throws -> (any Principal)?

/// What surrounds every request: checks before authorization, and additions to the answer.
public struct Filters: Sendable {
  public typealias Before = @Sendable (Request) throws -> Response?
  public typealias After = @Sendable (Request, inout Response) -> Void

  /// In order; the first one that returns a response or throws a `Failure` ends the request.
  public var before: [Before]
  /// In order, on every answer, refusals included.
  public var after: [After]
  /// Fixed headers of every answer, encoded once.
  public var headers: [(name: String, value: String)]

  public init(
    before: [Before] = [], after: [After] = [], headers: [(name: String, value: String)] = []
  ) {
    self.before = before
    self.after = after
    self.headers = headers
  }
}
