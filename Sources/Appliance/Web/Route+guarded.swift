import HTTP

extension Route {
  /// The route as it is served, written once for all routes: a body is held to the schema, to the letter where its
  /// client wants that, and does not reach a handler that declares none; what a part of the appliance throws because it
  /// is away or full becomes a refusal.
  func guarded(log: Log, pace: PostingPace) -> Route {
    guard let handler else { return self }
    return handled {
      [schema = self.request, takesBody, checksKinds, isPaced = PostingPace.applies(to: self)] request in
      if isPaced, let account = try? request.account() { try pace.take(account.id) }
      let isStrict = !request.method.isSafe && StrictBody.isAsked(request)
      if isStrict { try StrictBody.check(request, schema) }
      if let schema, !checksKinds { try BodyShape.check(request, schema) }
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
