import HTTP
import Store

/// `/api/search/content`, `/documents` and `/announcements` return whole rows, for the older intranet's front
/// end. `/api/search/users` belongs to the directory.
struct OlderSearches: Feature {
  let clock: Clock
  let database: Database
  let settings: SystemSettings
  /// The last segment of the path, and the resource that it searches.
  let tables: [(word: String, resource: Resource)]

  var routes: [Route] {
    tables.map { word, resource in
      .get(
        "/api/search/\(word)", .signedIn, "Search \(resource.title(.en).lowercased())",
        response: .array(resource.answerSchema)
      ) { request in
        guard resource.module.map(settings.isOn) ?? true else { throw Failure.notFound }
        let now = clock.now()
        _ = try Resource.Question(request, of: resource, for: request.signedIn?.account, at: now)
        guard SearchPattern(request.query["q"]) != nil else { return .json { $0.value([]) } }
        return try await resource.list(request, database, now: now)
      }.reading(QueryParameter.paging + [.init("q", .string, "only rows with this text")])
    }
  }
}
