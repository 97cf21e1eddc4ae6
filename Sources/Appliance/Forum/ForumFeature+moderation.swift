import HTTP
import Store

/// What waits for moderators: topics and posts to approve, and reports.
extension ForumFeature {
  private static let countSchema = Schema.members([
    "topics": .integer, "posts": .integer, "reports": .integer,
    "moderates": .described("whether anything can ever wait for you", .boolean),
  ])

  var moderationRoutes: [Route] {
    let path = Self.path + "/moderation"
    let report = Schema.object([("reason", .text(1...500), required: true)])
    return [
      .get(
        path, .signedIn, "List what waits for you, the newest first", response: .array(ForumWaiting.schema),
        queue
      ).reading(
        QueryParameter.paging + [.init("kind", .words(ForumWaiting.Kind.self), "topics unless given")]),
      .get(
        path + "/counts", .signedIn, "Count what waits for you, at most 100 of each",
        response: Self.countSchema,
        counts),
      .post(
        Self.posts + "/:id/report", .signedIn, "Report a post to the moderators", request: report,
        response: .done, report(_:)
      ).checkingKinds(),
      .post(
        Self.path + "/reports/:id/close", .signedIn, "Close all reports on the same post", response: .done,
        closeReport),
    ]
  }

  private func queue(_ request: Request) async throws -> Response {
    let (account, paging) = (try request.account(), try Paging(request))
    let word = request.query["kind"] ?? ForumWaiting.Kind.topics.rawValue
    guard let kind = ForumWaiting.Kind(rawValue: word) else {
      throw Failure.invalid([
        FieldError("kind", "UNKNOWN_FILTER", Sentence(fr: "Filtre inconnu.", en: "Unknown filter."))
      ])
    }
    let (page, files) = try await database.read { connection in
      let page = try ForumWaiting.page(of: kind, for: account, paging, in: connection)
      let posts = page.rows.compactMap(\.postID)
      return (page, try AttachedFiles.of(ForumPost.resource, posts, in: connection))
    }
    return .page(page) { item, json in
      item.write(to: &json, of: kind, files: item.postID.flatMap { files[$0] } ?? [], request.language)
    }
  }

  private static let mostCounted = 100

  /// How much waits for an account, at most 100 of each kind, in the order of the kinds.
  private static func waiting(for account: Account, in connection: Connection) throws -> [Int64] {
    try ForumWaiting.Kind.allCases.map { kind in
      let statement = ForumWaiting.statement(kind, for: account)
      return try connection.scalar(
        "SELECT count(*) FROM (\(statement.sql))",
        arguments: [Int64.max.value] + statement.arguments + [mostCounted.value]) ?? 0
    }
  }

  /// How much waits for an account altogether.
  static func allWaiting(for account: Account, in connection: Connection) throws -> Int64 {
    try waiting(for: account, in: connection).reduce(0, +)
  }

  private func counts(_ request: Request) async throws -> Response {
    let account = try request.account()
    let moderated = ForumCategory.moderated(by: account)
    let found = try await database.read { connection in
      let moderatesOne = try connection.scalar(
        "SELECT 1 FROM forum_categories WHERE \(moderated.sql) LIMIT 1", arguments: moderated.arguments)
      return (
        counts: try Self.waiting(for: account, in: connection), moderatesOne: moderatesOne != nil
      )
    }
    let rights = [ForumCategory.right, Permission.validateTopics.rawValue, Permission.validatePosts.rawValue]
    let moderates = found.moderatesOne || rights.contains { account.has(right: $0) }
    return .json { json in
      json.object { json in
        for (kind, count) in zip(ForumWaiting.Kind.allCases, found.counts) {
          json.key(text: kind.rawValue)
          json.value(count)
        }
        json.field("moderates", moderates)
      }
    }
  }

  private static let reasonColumn = Column("reason", .text(1...500, lines: true), fr: "Motif", en: "Reason")

  /// A second report of the same person on the same post changes nothing.
  private func report(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let reason = try ForumFields.text(Self.reasonColumn, of: try request.json())
    try await database.write { [self] tx in
      let (post, topic) = try ForumPost.find(id, for: account, in: tx)
      guard post.authorID != account.id else { throw ForumFailure.ownPost }
      guard post.isLive else { throw ForumFailure.notPublished }
      try tx.claimSpace()
      let count = try tx.execute(
        """
        INSERT OR IGNORE INTO forum_reports (post_id, reporter_id, reporter_name, reason, created_at)
        VALUES (?, ?, ?, ?, ?)
        """, id, account.id, account.name.isEmpty ? account.username : account.name, reason, tx.now)
      if count > 0 {
        try inform(
          try moderators(of: topic.category, in: tx), .forumModeration, topic, by: account, task: "report",
          post: id,
          subject: Self.task(post: id), in: tx)
      }
    }
    return .done(
      Sentence(fr: "Signalement envoyé aux modérateurs.", en: "Report sent to the moderators."), for: request)
  }

  private func closeReport(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let post = try tx.scalar("SELECT post_id FROM forum_reports WHERE id = ?", id)
      guard let post else { throw Failure.notFound }
      let (found, topic) = try ForumPost.find(post, for: account, in: tx)
      guard topic.isModerated(by: account) else { throw Failure.forbidden }
      guard try closeReports(of: post, by: account, in: tx) > 0 else { throw ForumFailure.decided }
      try notifications.settle(Self.task(post: post), in: tx)
      try Audit.record(
        .resourceChanged, actor: account, on: found.subject, request: request, details: "change reports",
        in: tx)
    }
    return .done(Sentence(fr: "Signalement classé.", en: "Report closed."), for: request)
  }

  @discardableResult
  func closeReports(of post: Int64, by account: Account, in tx: Transaction) throws -> Int {
    try tx.execute(
      "UPDATE forum_reports SET closed_at = ?, closed_by = ? WHERE post_id = ? AND closed_at IS NULL", tx.now,
      account.id, post)
  }
}
