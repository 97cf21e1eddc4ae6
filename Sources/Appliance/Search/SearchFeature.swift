import HTTP
import Store

/// `/api/search`: one query for everything that a person may read.
struct SearchFeature: Feature {
  let clock: Clock
  let database: Database
  let indexer: SearchIndexer
  let providers: [SearchProvider]
  /// Whether rows are indexed in the background.
  var isIndexing = true

  private static let most = 50

  var routes: [Route] {
    let kinds = indexer.index.sources.map(\.kind) + providers.map(\.kind)
    return [
      .get(
        "/api/search", .signedIn, "Search everything that you may read",
        response: .array(SearchHit.schema), search
      ).reading(
        .init("q", .string, "words; the last one may be unfinished"),
        .init("kind", .enumeration(kinds), "only this kind"),
        .init(
          "limit", .limited(.integer, [("minimum", 1)]),
          "results of each kind, at most \(Self.most); 5 unless given"))
    ]
  }

  func start() async throws { if isIndexing { indexer.start() } }
  func stop() async { await indexer.stop() }

  /// The results of one kind.
  private struct Found: Sendable {
    let label: Sentence
    let hits: [SearchHit]
  }

  private func search(_ request: Request) async throws -> Response {
    let account = try request.account()
    let kind = request.query["kind"].flatMap { $0.isEmpty ? nil : $0 }
    let limit =
      request.query["limit"] == nil
      ? (kind == nil ? 5 : Self.most) : min(try Paging.limit(request), Self.most)
    let sources = indexer.index.sources.filter { kind == nil || $0.kind == kind }
    let providers = providers.filter { (kind == nil || $0.kind == kind) && $0.isOn() }
    if let kind, sources.isEmpty, providers.isEmpty { throw Self.unknown(kind) }
    guard let words = SearchWords(request.query["q"]) else { return .json { $0.value([]) } }
    let now = clock.now()
    let search = { @Sendable (connection: Connection) throws -> [Found] in
      guard let query = try SearchQuery(words, for: account, at: now, limit: limit, in: connection) else {
        return []
      }
      return zip(sources, try query.hits(of: sources)).map { Found(label: $0.label, hits: $1) }
    }
    let early = try await database.read { [index = indexer.index] in
      try index.isBehind(in: $0) ? nil : try search($0)
    }
    var found: [Found]
    if let early {
      found = early
    } else {
      try await indexer.catchUp()
      found = try await database.read(search)
    }
    for provider in providers {
      let hits = try await provider.find(words, account, limit)
      found.append(Found(label: provider.label, hits: hits))
    }
    return .json { json in
      json.array { json in
        for one in found {
          for hit in one.hits { hit.write(to: &json, label: one.label(request.language)) }
        }
      }
    }
  }

  private static func unknown(_ kind: String) -> Failure {
    .invalid([
      FieldError("kind", "UNKNOWN_FILTER", Sentence(fr: "Filtre inconnu.", en: "Unknown filter."))
    ])
  }
}
