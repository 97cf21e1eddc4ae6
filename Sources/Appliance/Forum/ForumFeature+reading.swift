import HTTP
import Store

/// What a person follows and has read, and their figures.
extension ForumFeature {
  private static let statisticsSchema = Schema.members([
    "postCount": .integer, "topicCount": .integer,
    "likeCount": .described("reactions to your posts, without the angry ones", .integer),
    "solutionCount": .described("posts of yours that others chose as the solution", .integer),
    "reputation": .described(
      "\(Reputation.post) for a post, \(Reputation.topic) for a topic, \(Reputation.like) for a reaction, "
        + "\(Reputation.solution) for a solution", .integer),
    "reputationScore": .described("the same", .integer),
  ])

  var readingRoutes: [Route] {
    let (topic, category) = (Self.path + "/topics/:id", Self.path + "/categories/:id/follow")
    let read = Schema.object([
      (
        "number", .described("up to this post; all of them without it", .optional(.integer(0...(.max)))),
        required: false
      )
    ])
    return [
      .post(topic + "/follow", .signedIn, "Be told of the replies to a topic", response: .done) {
        try await followTopic($0, true)
      },
      .delete(topic + "/follow", .signedIn, "Be no longer told of the replies to a topic", response: .done) {
        try await followTopic($0, false)
      },
      .post(category, .signedIn, "Be told of the new topics of a category", response: .done) {
        try await followCategory($0, true)
      },
      .delete(category, .signedIn, "Be no longer told of the new topics of a category", response: .done) {
        try await followCategory($0, false)
      },
      .post(
        topic + "/read", .signedIn, "Mark the posts of a topic as read", request: read,
        response: ForumTopic.schema, readTopic
      )
      .checkingKinds(),
      .post(Self.path + "/read-all", .signedIn, "Mark all topics as read", response: .done, readAll),
      .get(
        Self.path + "/stats/me", .signedIn, "Get your figures", response: Self.statisticsSchema, statistics),
      .post(
        Self.path + "/preview", .signedIn, "Show a text as it will look", request: ForumFields.text,
        response: .members(["html": .string]), preview
      ).checkingKinds(),
    ]
  }

  private func followTopic(_ request: Request, _ isOn: Bool) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    try await database.write { tx in
      let id = try ForumTopic.place(of: id, in: tx)
      _ = try ForumTopic.find(id, for: account, in: tx)
      try tx.execute(
        """
        INSERT INTO forum_topic_follows (topic_id, user_id, is_on) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET is_on = excluded.is_on
        """, id, account.id, isOn)
    }
    return .done(Self.followed(isOn), for: request)
  }

  private func followCategory(_ request: Request, _ isOn: Bool) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    try await database.write { tx in
      guard try ForumCategory.find(id, for: account, in: tx) != nil else { throw Failure.notFound }
      if isOn {
        try tx.execute(
          "INSERT OR IGNORE INTO forum_category_follows (category_id, user_id) VALUES (?, ?)", id, account.id)
      } else {
        try tx.execute(
          "DELETE FROM forum_category_follows WHERE category_id = ? AND user_id = ?", id, account.id)
      }
    }
    return .done(Self.followed(isOn), for: request)
  }

  private static func followed(_ isOn: Bool) -> Sentence {
    isOn
      ? Sentence(fr: "Vous serez prévenu des nouveautés.", en: "You will be told of what is new.")
      : Sentence(fr: "Vous ne serez plus prévenu.", en: "You will not be told any more.")
  }

  /// Follows a topic, unless the person has said that they do not want to.
  func follow(_ topic: Int64, by account: Account, in tx: Transaction) throws {
    try tx.execute(
      "INSERT OR IGNORE INTO forum_topic_follows (topic_id, user_id, is_on) VALUES (?, ?, 1)", topic,
      account.id)
  }

  /// Moves the mark forward, never back: pages that were opened earlier may say so later.
  func mark(_ topic: Int64, through number: Int64, by account: Account, in tx: Transaction) throws {
    try tx.execute(
      """
      INSERT INTO forum_reads (user_id, topic_id, number) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET number = max(number, excluded.number)
      """, account.id, topic, number)
  }

  private func readTopic(_ request: Request) async throws -> Response {
    let (account, id, body) = (try request.account(), try request.id(), try request.json())
    let wanted = try Self.number(in: body)
    let topic = try await database.write { [self] tx in
      let id = try ForumTopic.place(of: id, in: tx)
      let old = try ForumTopic.find(id, for: account, in: tx)
      let through = min(wanted ?? .max, old.activity)
      try mark(id, through: through, by: account, in: tx)
      if through >= old.activity { try notifications.seen(Self.subject(id), by: account.id, in: tx) }
      return try ForumTopic.find(id, for: account, in: tx)
    }
    return answer(topic, to: request, account)
  }

  private static func number(in body: JSONValue) throws(Failure) -> Int64? {
    guard let value = body["number"], !value.isNull else { return nil }
    guard let number = value.int64, number >= 0 else {
      throw .invalid([
        FieldError("number", "NOT_A_NUMBER", Sentence(fr: "Un nombre entier.", en: "A whole number."))
      ])
    }
    return number
  }

  private func readAll(_ request: Request) async throws -> Response {
    let account = try request.account()
    try await database.write { tx in
      try tx.execute(
        """
        INSERT INTO forum_readers (user_id, number) SELECT ?, last FROM forum_numbers WHERE id = 1
        ON CONFLICT DO UPDATE SET number = excluded.number
        """, account.id)
    }
    return .done(Sentence(fr: "Tout est marqué comme lu.", en: "Everything is marked as read."), for: request)
  }

  private func preview(_ request: Request) async throws -> Response {
    let html = await Markdown.rendering(try ForumFields.content(of: try request.json()))
    return .json { json in json.object { $0.field("html", html) } }
  }

  /// What counts how much.
  private enum Reputation {
    static let post: Int64 = 1
    static let topic: Int64 = 2
    static let like: Int64 = 2
    static let solution: Int64 = 15
  }

  /// The live posts of a person in live topics. Counted from the rows, so that they are always true.
  static let statisticsSQL = """
    SELECT count(*), coalesce(sum(p.is_first), 0), coalesce(sum(p.like_count + p.love_count + p.laugh_count), 0),
      coalesce(sum(t.solution_id = p.id AND t.author_id IS NOT p.author_id), 0)
    FROM forum_posts AS p JOIN forum_topics AS t ON t.id = p.topic_id
    WHERE p.author_id = ? AND p.status = 'published' AND p.deleted_at IS NULL AND t.status = 'published'
      AND t.deleted_at IS NULL
    """

  private func statistics(_ request: Request) async throws -> Response {
    let account = try request.account()
    let found = try await database.read { connection in
      try connection.first(Self.statisticsSQL, account.id) {
        (posts: $0.int64(0), topics: $0.int64(1), likes: $0.int64(2), solutions: $0.int64(3))
      }
    }
    let (posts, topics) = (found?.posts ?? 0, found?.topics ?? 0)
    let (likes, solutions) = (found?.likes ?? 0, found?.solutions ?? 0)
    let reputation =
      posts * Reputation.post + topics * Reputation.topic + likes * Reputation.like + solutions
      * Reputation.solution
    return .json { json in
      json.object { json in
        json.field("postCount", posts)
        json.field("topicCount", topics)
        json.field("likeCount", likes)
        json.field("solutionCount", solutions)
        json.field("reputation", reputation)
        json.field("reputationScore", reputation)
      }
    }
  }
}
