import HTTP
import Store

/// Listing, writing and changing posts.
extension ForumFeature {
  static let posts = path + "/posts"

  var postRoutes: [Route] {
    let (one, answer) = (Self.posts + "/:id", ForumPost.schema)
    let ofTopic = "List the posts of a topic, the first one first"
    let reading: [Route] = [
      .get(Self.posts, .signedIn, "List the newest posts", response: .array(answer), listNewest)
        .reading(
          QueryParameter.paging + [.init("topicId", .id, "the posts of this topic, the first one first")]),
      .get(one, .signedIn, ofTopic + "; the id is that of the topic", response: .array(answer), listOfTopic)
        .reading(Self.orderedPaging),
      .get(Self.path + "/topics/:id/posts", .signedIn, ofTopic, response: .array(answer), listOfTopic)
        .reading(Self.orderedPaging),
      .get(Self.posts + "/item/:id", .signedIn, "Get a post", response: answer, getPost),
      .post(
        Self.posts, .signedIn, "Reply to a topic, or write its first post", request: ForumFields.newPost,
        response: answer, createPost
      ).checkingKinds(),
    ]
    let changing: [Route] = [Method.patch, .put].map { method in
      Route(
        method, one, .signedIn, "Edit a post; its earlier text is kept", request: ForumFields.text,
        response: answer, handler: editPost
      ).checkingKinds()
    }
    return reading + changing
  }

  private static let orderedPaging = [
    QueryParameter.paging[0],
    QueryParameter("after", .integer(0...(.max)), "only posts with a greater `number`"),
    QueryParameter("before", .string, "the posts before the one with this `number`"),
  ]

  static let newestSQL = """
    WHERE p.number < ? AND p.status = 'published' AND p.deleted_at IS NULL
      AND EXISTS (SELECT 1 FROM forum_topics AS o WHERE o.id = p.topic_id AND o.status = 'published'
        AND o.deleted_at IS NULL
    """

  private func listNewest(_ request: Request) async throws -> Response {
    let (account, paging) = (try request.account(), try Paging(request))
    if let topic = request.query["topicId"], !topic.isEmpty {
      guard let id = Int64(digits: topic) else { throw ForumFailure.unknown("topicId") }
      return try await posts(of: id, request)
    }
    let readable = ForumCategory.isOne("o.category_id", ForumCategory.readable(by: account))
    let sql = "\(ForumPost.select) \(Self.newestSQL) AND \(readable.sql)) ORDER BY p.number DESC LIMIT ?"
    let found = try await database.read { connection in
      let page = try connection.page(
        sql, [account.id.value, paging.before.value] + readable.arguments, limit: paging.limit,
        map: ForumPost.init)
      var topics: [Int64: ForumTopic] = [:]
      for id in Set(page.rows.map(\.topicID)) {
        topics[id] = try ForumTopic.find(id, for: account, in: connection)
      }
      return (page: page, topics: topics)
    }
    return .page(found.page) { post, json in
      if let topic = found.topics[post.topicID] {
        post.write(to: &json, for: account, in: topic, request.language)
      }
    }
  }

  private func listOfTopic(_ request: Request) async throws -> Response {
    try await posts(of: try request.id(), request)
  }

  /// A page in the order of the topic: after a number, with `X-Next-After`, or before one, with `X-Next-Before`.
  private func posts(of id: Int64, _ request: Request) async throws -> Response {
    let (account, paging) = (try request.account(), try Paging(request))
    let isBackwards = request.query["before"] != nil
    let after = try Self.after(request)
    let (page, topic) = try await database.read { connection in
      let topic = try ForumTopic.find(id, for: account, in: connection)
      let seesAll = topic.isModerated(by: account) || account.has(right: Permission.validatePosts.rawValue)
      let page = try connection.page(
        Self.pageSQL(isBackwards), [account.id, id, isBackwards ? paging.before : after, seesAll],
        limit: paging.limit, map: ForumPost.init)
      return (page, topic)
    }
    let rows = isBackwards ? page.rows.reversed() : page.rows
    var response = Response.json { json in
      json.array { json in
        for post in rows { post.write(to: &json, for: account, in: topic, request.language) }
      }
    }
    if let next = page.next { response.add(isBackwards ? "X-Next-Before" : "X-Next-After", String(next)) }
    return response
  }

  private static func after(_ request: Request) throws(Failure) -> Int64 {
    guard let text = request.query["after"], !text.isEmpty else { return 0 }
    guard let number = Int64(digits: text) else {
      throw .invalid([
        FieldError("after", "NOT_A_NUMBER", Sentence(fr: "Un nombre entier.", en: "A whole number."))
      ])
    }
    return number
  }

  static func pageSQL(_ isBackwards: Bool) -> String {
    """
    \(ForumPost.select) WHERE p.topic_id = ? AND p.number \(isBackwards ? "<" : ">") ?
      AND (p.status = 'published' OR p.author_id = ?1 OR p.is_first = 1 OR ? AND p.status = 'pending')
    ORDER BY p.number \(isBackwards ? "DESC" : "ASC") LIMIT ?
    """
  }

  private func getPost(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let (post, topic) = try await database.read { try ForumPost.find(id, for: account, in: $0) }
    return answer(post, in: topic, to: request, account)
  }

  private func createPost(_ request: Request) async throws -> Response {
    let (account, body) = (try request.account(), try request.json())
    let id = try ForumFields.needed("topicId", of: body)
    let content = try ForumFields.content(of: body)
    let draft = ForumDraft(
      content: content, html: await Markdown.rendering(content), isFirst: body["isFirstPost"]?.bool == true,
      quoted: try Reference("quotedId", of: body).id)
    let made = try await database.change(.resourceCreated, on: nil, by: request) { [self] tx in
      guard let topic = try ForumTopic.seen(id, by: account, in: tx) else {
        throw ForumFailure.unknown("topicId")
      }
      if draft.isFirst, let old = try existing(draft, of: topic, by: account, in: tx) {
        return (post: old, topic: topic, isNew: false)
      }
      if let quoted = draft.quoted { try check(quoted, isIn: topic, for: account, tx) }
      let post = try insert(draft, into: topic, by: account, in: tx)
      try notePost(post, in: topic, by: account, in: tx)
      return (post: post, topic: topic, isNew: true)
    }
    return answer(made.post, in: made.topic, status: made.isNew ? 201 : 200, to: request, account)
  }

  /// The first post that a topic has already, if it is the same. An older client sends it with the topic and again by
  /// itself. Throws 409 for another one.
  private func existing(
    _ draft: ForumDraft, of topic: ForumTopic, by account: Account, in tx: Transaction
  ) throws -> ForumPost? {
    let first = try tx.first(
      "\(ForumPost.select) WHERE p.topic_id = ? AND p.is_first = 1", account.id, topic.id, map: ForumPost.init
    )
    guard let first else { return nil }
    guard first.authorID == account.id, first.content == draft.content else {
      throw ForumFailure.firstPostExists
    }
    return first
  }

  private func check(_ quoted: Int64, isIn topic: ForumTopic, for account: Account, _ tx: Transaction) throws
  {
    let post = try tx.first(ForumPost.oneSQL, account.id, quoted, map: ForumPost.init)
    guard let post, post.topicID == topic.id, post.isLive else { throw ForumFailure.unknown("quotedId") }
  }

  /// Writes a post. Throws 403 for the first post of somebody else’s topic, 409 for a reply to a topic that takes none,
  /// 413 beyond the quota.
  func insert(
    _ draft: ForumDraft, into topic: ForumTopic, by account: Account, in tx: Transaction
  ) throws -> ForumPost {
    if draft.isFirst {
      guard topic.authorID == account.id else { throw Failure.forbidden }
      guard topic.status != .rejected else { throw ForumFailure.notPublished }
    } else {
      guard topic.isLive else { throw ForumFailure.notPublished }
      guard topic.takesReplies(of: account) else { throw ForumFailure.locked }
    }
    try tx.claimSpace()
    try quotas.checkBytes(draft.content.utf8.count + Quotas.bytesOfMessage, for: account.id, in: tx)
    let waits =
      settings[SystemSettings.postApproval] && !topic.category.isDecided(by: account, .validatePosts)
    let status = draft.isFirst ? topic.status : waits ? .pending : .published
    let number = try Self.nextNumber(in: tx)
    try tx.execute(
      """
      INSERT INTO forum_posts (topic_id, author_id, author_name, content, html, is_first, quoted_id, status, number,
        created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, topic.id, account.id, account.name.isEmpty ? account.username : account.name, draft.content,
      draft.html,
      draft.isFirst, draft.quoted, status.rawValue, number, tx.now, tx.now)
    let id = tx.lastInsertedID
    // Whoever has read everything so far has no unread post because of their own.
    if topic.mark >= topic.activity { try mark(topic.id, through: number, by: account, in: tx) }
    try follow(topic.id, by: account, in: tx)
    guard let post = try tx.first(ForumPost.oneSQL, account.id, id, map: ForumPost.init) else {
      throw Failure.notFound
    }
    return post
  }

  private func editPost(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let content = try ForumFields.content(of: try request.json())
    let html = await Markdown.rendering(content)
    let (post, topic) = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let (old, topic) = try ForumPost.find(id, for: account, in: tx)
      guard old.isEditable(by: account, in: topic) else { throw Failure.forbidden }
      try ForumFailure.check(old.tag, request)
      if old.content == content { return (old, topic) }
      try replace(old, content, html, by: account, in: tx)
      // What was rejected waits again, with its new text.
      if old.status == .rejected, old.authorID == account.id {
        try waitAgain(old, in: topic, by: account, tx)
      }
      if old.authorID != account.id {
        try Audit.record(
          .resourceChanged, actor: account, on: old.subject, request: request, details: "change content",
          in: tx)
      }
      let (new, changed) = try ForumPost.find(id, for: account, in: tx)
      if new.isLive, changed.isLive {
        try mention(in: new, except: Mentions.names(in: old.content), of: changed, by: account, in: tx)
      }
      tell("edit", changed, new, in: tx)
      return (new, changed)
    }
    return answer(post, in: topic, to: request, account)
  }

  /// The most earlier texts of a post that are kept; the newest ones.
  static let mostEdits = 50

  private func replace(
    _ old: ForumPost, _ content: String, _ html: String, by editor: Account, in tx: Transaction
  ) throws {
    try tx.claimSpace()
    let growth = content.utf8.count - old.content.utf8.count
    if let author = old.authorID { try quotas.checkBytes(growth, for: author, in: tx) }
    try tx.execute(
      "INSERT INTO forum_edits (post_id, editor_id, editor_name, content, created_at) VALUES (?, ?, ?, ?, ?)",
      old.id, editor.id, editor.name.isEmpty ? editor.username : editor.name, old.content, tx.now)
    try tx.execute(
      """
      DELETE FROM forum_edits WHERE id IN (
        SELECT id FROM forum_edits WHERE post_id = ? ORDER BY id DESC LIMIT -1 OFFSET \(Self.mostEdits))
      """, old.id)
    try tx.execute(
      "UPDATE forum_posts SET content = ?, html = ?, edited_at = ?, updated_at = ? WHERE id = ?", content,
      html,
      tx.now, max(tx.now, old.updatedAt + 1), old.id)
  }

  private func waitAgain(
    _ post: ForumPost, in topic: ForumTopic, by account: Account, _ tx: Transaction
  ) throws {
    try setStatus(.pending, "", ofPost: post.id, in: tx)
    if post.isFirst {
      try tx.execute(
        "UPDATE forum_topics SET status = 'pending', reason = '', updated_at = ? WHERE id = ?",
        max(tx.now, topic.updatedAt + 1), topic.id)
    }
    try callDeciders(topic, post.isFirst ? nil : post, by: account, in: tx)
  }
}
