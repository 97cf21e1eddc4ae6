import HTTP
import Store

/// Writing and editing posts.
extension ForumFeature {
  func createPost(_ request: Request) async throws -> Response {
    let (account, body) = (try request.account(), try request.json())
    let id = try ForumFields.needed("topicId", of: body)
    let content = try ForumFields.content(of: body)
    let draft = ForumDraft(
      content: content, html: await Markdown.rendering(content),
      isFirst: try ForumFields.isSet("isFirstPost", in: body),
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

  func editPost(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let content = try ForumFields.content(of: try request.json())
    let html = await Markdown.rendering(content)
    let (post, topic) = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let (old, topic) = try ForumPost.find(id, for: account, in: tx)
      guard old.isEditable(by: account, in: topic) else { throw Failure.forbidden }
      try ForumFailure.check(old.tag, request)
      if old.content == content { return (old, topic) }
      try replace(old, content, html, by: account, in: tx)
      // What was rejected or approved waits again, with its new text.
      let wasRejected = old.status == .rejected && old.authorID == account.id
      if wasRejected || old.waitsAfterEdit(by: account, in: topic) {
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
