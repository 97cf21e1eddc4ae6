import HTTP
import Store

/// Writing posts.
extension ForumFeature {
  func createPost(_ request: Request) async throws -> Response {
    let (account, body) = (try request.account(), try request.json())
    let id = try ForumFields.needed("topicId", of: body)
    let content = try ForumFields.content(of: body)
    let draft = ForumDraft(
      content: content, html: await Markdown.rendering(content),
      isFirst: try ForumFields.isSet("isFirstPost", in: body),
      quoted: try Reference("quotedId", of: body).id, files: try ForumFields.files(of: body) ?? [])
    let made = try await database.change(.resourceCreated, on: nil, by: request) { [self] tx in
      // A reply to a topic that was merged meanwhile belongs to what it was merged into.
      let id = try ForumTopic.place(of: id, in: tx)
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
    return try ForumPost.withFiles([first], in: tx).first
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
    let number = try number(of: draft, in: topic, tx)
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
    try AttachedFiles.tie(draft.files, to: ForumPost.resource, id, by: account, in: tx)
    guard let post = try ForumPost.one(id, for: account, in: tx) else { throw Failure.notFound }
    return post
  }

  /// The number of a topic, which no post has, where posts follow it already.
  static let placeSQL = """
    SELECT number FROM forum_topics AS t WHERE id = ? AND EXISTS (SELECT 1 FROM forum_posts WHERE topic_id = t.id)
      AND NOT EXISTS (SELECT 1 FROM forum_posts AS p WHERE p.number = t.number)
    """

  /// A first post that is written after replies stands before them.
  private func number(of draft: ForumDraft, in topic: ForumTopic, _ tx: Transaction) throws -> Int64 {
    let place = draft.isFirst ? try tx.scalar(Self.placeSQL, topic.id) : nil
    return try place ?? Self.nextNumber(in: tx)
  }
}
