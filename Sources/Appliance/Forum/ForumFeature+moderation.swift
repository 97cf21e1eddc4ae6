import HTTP
import Store

/// What waits for moderators: topics and posts to approve, and reports.
extension ForumFeature {
  private enum Kind: String, CaseIterable { case topics, posts, reports }

  private static let itemSchema = Schema.members([
    "kind": .words(Kind.self), "id": .id, "topicId": .id, "title": .string, "categoryName": .string,
    "authorName": .string, "html": .described("the text of the post", .string),
    "reason": .described("of a report", .string), "reporterName": .string, "createdAt": .time,
  ])
  private static let countSchema = Schema.members([
    "topics": .integer, "posts": .integer, "reports": .integer,
    "moderates": .described("whether anything can ever wait for you", .boolean),
  ])

  var moderationRoutes: [Route] {
    let path = Self.path + "/moderation"
    let report = Schema.object([("reason", .text(1...500), required: true)])
    return [
      .get(
        path, .signedIn, "List what waits for you, the newest first", response: .array(Self.itemSchema), queue
      ).reading(QueryParameter.paging + [.init("kind", .words(Kind.self), "topics unless given")]),
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

  private struct Item: Sendable {
    let id: Int64
    let topicID: Int64
    let title: String
    let categoryName: String
    let authorName: String
    let html: String
    let reason: String
    let reporterName: String
    let createdAt: Int64

    /// The first column is the cursor.
    init(_ row: Row) {
      id = row.int64(1)
      topicID = row.int64(2)
      title = row.text(3)
      categoryName = row.text(4)
      authorName = row.text(5)
      html = row.text(6)
      reason = row.text(7)
      reporterName = row.text(8)
      createdAt = row.int64(9)
    }
  }

  /// Arguments: the cursor, those of the condition, the limit.
  private static func queueSQL(_ kind: Kind, _ condition: String) -> String {
    let name = "coalesce(nullif(u.name, ''), u.username, o.author_name)"
    let joins =
      "LEFT JOIN forum_categories AS c ON c.id = t.category_id LEFT JOIN users AS u ON u.id = o.author_id"
    return switch kind {
    case .topics:
      """
      SELECT o.activity, o.id, o.id, o.title, c.name, \(name), coalesce(p.html, ''), '', '', o.created_at
      FROM forum_topics AS o INDEXED BY forum_topics_pending LEFT JOIN forum_topics AS t ON t.id = o.id \(joins)
      LEFT JOIN forum_posts AS p ON p.topic_id = o.id AND p.is_first = 1
      WHERE o.activity < ? AND o.status = 'pending' AND o.deleted_at IS NULL AND \(condition)
      ORDER BY o.activity DESC LIMIT ?
      """
    case .posts:
      """
      SELECT o.number, o.id, t.id, t.title, c.name, \(name), o.html, '', '', o.created_at
      FROM forum_posts AS o INDEXED BY forum_posts_pending LEFT JOIN forum_topics AS t ON t.id = o.topic_id \(joins)
      WHERE o.number < ? AND o.status = 'pending' AND o.deleted_at IS NULL AND o.is_first = 0
        AND t.deleted_at IS NULL AND \(condition)
      ORDER BY o.number DESC LIMIT ?
      """
    case .reports:
      """
      SELECT w.id, w.id, t.id, t.title, c.name, \(name), o.html, w.reason,
        coalesce(nullif(v.name, ''), v.username, w.reporter_name), w.created_at
      FROM forum_reports AS w INDEXED BY forum_reports_waiting LEFT JOIN forum_posts AS o ON o.id = w.post_id
      LEFT JOIN forum_topics AS t ON t.id = o.topic_id \(joins) LEFT JOIN users AS v ON v.id = w.reporter_id
      WHERE w.id < ? AND w.closed_at IS NULL AND \(condition) ORDER BY w.id DESC LIMIT ?
      """
    }
  }

  private static func statement(_ kind: Kind, for account: Account) -> ForumCategory.Condition {
    let decided =
      switch kind {
      case .topics: ForumCategory.decided(by: account, .validateTopics)
      case .posts: ForumCategory.decided(by: account, .validatePosts)
      case .reports: ForumCategory.moderated(by: account)
      }
    let condition = ForumCategory.isOne("t.category_id", decided)
    return (queueSQL(kind, condition.sql), condition.arguments)
  }

  private func queue(_ request: Request) async throws -> Response {
    let (account, paging) = (try request.account(), try Paging(request))
    guard let kind = Kind(rawValue: request.query["kind"] ?? Kind.topics.rawValue) else {
      throw Failure.invalid([
        FieldError("kind", "UNKNOWN_FILTER", Sentence(fr: "Filtre inconnu.", en: "Unknown filter."))
      ])
    }
    let statement = Self.statement(kind, for: account)
    let page = try await database.read { connection in
      try connection.page(
        statement.sql, [paging.before.value] + statement.arguments, limit: paging.limit, map: Item.init)
    }
    return .page(page) { item, json in
      json.object { json in
        json.field("kind", kind.rawValue)
        json.id("id", item.id)
        json.id("topicId", item.topicID)
        json.field("title", item.title)
        json.field("categoryName", item.categoryName)
        json.field(
          "authorName", item.authorName.isEmpty ? ForumTopic.gone(request.language) : item.authorName)
        json.field("html", item.html)
        json.field("reason", item.reason)
        json.field("reporterName", item.reporterName)
        json.time("createdAt", item.createdAt)
      }
    }
  }

  private static let mostCounted = 100

  /// How much waits for an account, at most 100 of each kind, in the order of the kinds.
  private static func waiting(for account: Account, in connection: Connection) throws -> [Int64] {
    try Kind.allCases.map { kind in
      let statement = statement(kind, for: account)
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
        for (kind, count) in zip(Kind.allCases, found.counts) {
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
