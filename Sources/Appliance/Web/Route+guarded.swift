import HTTP

extension Route {
  /// Wraps a route: validates its body against the schema, strictly when the client asks for that, withholds a body that
  /// the route does not declare, and turns errors of unavailable or full subsystems into HTTP errors. Applied to all
  /// routes.
  func guarded(log: Log, pace: PostingPace) -> Route {
    guard let handler else { return self }
    return handled {
      [schema = self.request, takesBody, checksKinds, isPaced = PostingPace.applies(to: self)] request in
      if isPaced, let account = try? request.account() { try pace.take(account.id) }
      let isStrict = !request.method.isSafe && StrictBody.isAsked(request)
      if isStrict { try StrictBody.check(request, schema) }
      if let schema { try BodyShape.check(request, schema, ofFields: !checksKinds) }
      do {
        var answer = try await handler(takesBody ? request : request.withoutBody())
        if isStrict { answer.add("Preference-Applied", "handling=strict") }
        return answer
      } catch {
        guard !(error is Failure), let refusal = Unavailability.refusal(for: error) else { throw error }
        log.warn("refused") { line in
          line.field("id", request.id)
          line.field("error", error)
        }
        throw refusal
      }
    }
  }
}
