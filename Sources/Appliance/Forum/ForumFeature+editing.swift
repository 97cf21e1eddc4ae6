import HTTP
import Store

/// Editing posts.
extension ForumFeature {
  func editPost(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let body = try request.json()
    let (content, files) = (try ForumFields.content(of: body), try ForumFields.files(of: body))
    let html = await Markdown.rendering(content)
    let (post, topic) = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let (old, topic) = try ForumPost.find(id, for: account, in: tx)
      guard old.isEditable(by: account, in: topic) else { throw Failure.forbidden }
      try ForumFailure.check(old.tag, request)
      let hasSameFiles = files == nil || files == old.files.map(\.fileUrl)
      if old.content == content, hasSameFiles { return (old, topic) }
      try replace(old, content, html, by: account, in: tx)
      if let files, !hasSameFiles {
        try AttachedFiles.tie(files, to: ForumPost.resource, id, by: account, in: tx)
      }
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
      // Those who lose sight of it are told, too.
      if old.isLive, !new.isLive { tell("edit", topic, old, in: tx) }
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
    if content != old.content { try keep(old, by: editor, in: tx) }
    try tx.execute(
      "UPDATE forum_posts SET content = ?, html = ?, edited_at = ?, updated_at = ? WHERE id = ?", content,
      html,
      tx.now, max(tx.now, old.updatedAt + 1), old.id)
  }

  /// Keeps the text of a post that is edited.
  private func keep(_ old: ForumPost, by editor: Account, in tx: Transaction) throws {
    try tx.execute(
      "INSERT INTO forum_edits (post_id, editor_id, editor_name, content, created_at) VALUES (?, ?, ?, ?, ?)",
      old.id, editor.id, editor.name.isEmpty ? editor.username : editor.name, old.content, tx.now)
    try tx.execute(
      """
      DELETE FROM forum_edits WHERE id IN (
        SELECT id FROM forum_edits WHERE post_id = ? ORDER BY id DESC LIMIT -1 OFFSET \(Self.mostEdits))
      """, old.id)
  }

  private func waitAgain(
    _ post: ForumPost, in topic: ForumTopic, by account: Account, _ tx: Transaction
  ) throws {
    try setStatus(.pending, "", ofPost: post.id, in: tx)
    try tx.execute(
      "UPDATE forum_topics SET solution_id = NULL WHERE id = ? AND solution_id = ?", topic.id, post.id)
    if post.isFirst {
      try tx.execute(
        "UPDATE forum_topics SET status = 'pending', reason = '', updated_at = ? WHERE id = ?",
        max(tx.now, topic.updatedAt + 1), topic.id)
    }
    try callDeciders(topic, post.isFirst ? nil : post, by: account, in: tx)
  }
}
