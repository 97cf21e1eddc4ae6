import HTTP

/// Why a socket is refused before it is one.
extension Failure {
  static let tooManySockets = Failure(
    429, "TOO_MANY_SOCKETS", Refusals.sentence("TOO_MANY_SOCKETS"), headers: [("Retry-After", "30")])
}
