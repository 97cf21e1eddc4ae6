import HTTP
import Store

/// Deleting, restoring, reacting, and the earlier texts of posts.
extension ForumFeature {
  private static let versionSchema = Schema.members([
    "id": .id, "content": .string, "editorName": .string, "replacedAt": .time,
  ])
  private static let likeSchema = Schema.members([
    "liked": .boolean, "reactionType": .optional(ForumReaction.schema), "likeCount": .integer,
    "reactions": ForumReaction.Counts.schema,
  ])

  var postStateRoutes: [Route] {
    let one = Self.posts + "/:id"
    let reaction = Schema.object([("reactionType", .optional(ForumReaction.schema), required: false)])
    return [
      .delete(one, .signedIn, "Delete a post: its author, and moderators", response: .done, deletePost),
      .post(one + "/restore", .signedIn, "Restore a deleted post", response: ForumPost.schema, restorePost),
      .post(
        one + "/like", .signedIn, "React to a post; the same reaction again takes it back", request: reaction,
        response: Self.likeSchema, react
      ).checkingKinds(),
      .get(
        one + "/history", .signedIn, "List the earlier texts of a post: its author, and moderators",
        response: .array(Self.versionSchema), history
      ).reading(QueryParameter.paging),
      .post(one + "/approve", .signedIn, "Publish a post that waits", response: ForumPost.schema) {
        try await decidePost($0, .published)
      },
      .post(
        one + "/reject", .signedIn, "Reject a post that waits", request: ForumFields.reasoned,
        response: ForumPost.schema
      ) { try await decidePost($0, .rejected) },
    ]
  }

  private static let reportedSQL =
    "SELECT 1 FROM forum_reports WHERE post_id = ? AND closed_at IS NULL LIMIT 1"

  private func deletePost(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    try await database.change(.resourceDeleted, on: nil, by: request) { [self] tx in
      let (post, topic) = try ForumPost.find(id, for: account, in: tx)
      guard post.deletedAt == nil else { throw Failure.notFound }
      guard post.isEditable(by: account, in: topic) else { throw Failure.forbidden }
      guard !post.isFirst else { throw ForumFailure.firstPost }
      try ForumFailure.check(post.tag, request)
      try tx.execute(
        "UPDATE forum_posts SET deleted_at = ?, deleted_by = ?, updated_at = ? WHERE id = ?", tx.now,
        account.id,
        max(tx.now, post.updatedAt + 1), id)
      try tx.execute(
        "UPDATE forum_topics SET solution_id = NULL WHERE id = ? AND solution_id = ?", topic.id, id)
      // Reports are closed by moderators only.
      if topic.isModerated(by: account) { try closeReports(of: id, by: account, in: tx) }
      if try tx.scalar(Self.reportedSQL, id) == nil { try notifications.settle(Self.task(post: id), in: tx) }
      try Audit.record(
        .resourceDeleted, actor: account, on: post.subject, request: request, details: "delete", in: tx)
      tell("delete", topic, post, in: tx)
    }
    return .done(Sentence(fr: "Message supprimé.", en: "Post deleted."), for: request)
  }

  /// The post comes back to its place: whoever has read beyond it has it as read.
  private func restorePost(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let (post, topic) = try await database.change(.resourceRestored, on: nil, by: request) { [self] tx in
      let (old, topic) = try ForumPost.find(id, for: account, in: tx)
      guard topic.isModerated(by: account) else { throw Failure.forbidden }
      guard old.deletedAt != nil else { return (old, topic) }
      try tx.execute(
        "UPDATE forum_posts SET deleted_at = NULL, deleted_by = NULL, updated_at = ? WHERE id = ?",
        max(tx.now, old.updatedAt + 1), id)
      try Audit.record(
        .resourceRestored, actor: account, on: old.subject, request: request, details: "restore", in: tx)
      let found = try ForumPost.find(id, for: account, in: tx)
      tell("restore", found.topic, found.post, in: tx)
      return (found.post, found.topic)
    }
    return answer(post, in: topic, to: request, account)
  }

  /// Gives, changes or takes back the reaction of the account. Counters are kept by triggers.
  private func react(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let reaction = try ForumReaction.read(try request.json())
    let post = try await database.write { [self] tx in
      let (old, topic) = try ForumPost.find(id, for: account, in: tx)
      guard old.authorID != account.id else { throw ForumFailure.ownPost }
      guard old.isLive, topic.isLive else { throw ForumFailure.notPublished }
      if old.myReaction == reaction.rawValue {
        try tx.execute("DELETE FROM forum_reactions WHERE post_id = ? AND user_id = ?", id, account.id)
      } else {
        try tx.claimSpace()
        try tx.execute(
          """
          INSERT INTO forum_reactions (post_id, user_id, kind, created_at) VALUES (?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET kind = excluded.kind, created_at = excluded.created_at
          """, id, account.id, reaction.rawValue, tx.now)
      }
      tell("react", topic, old, in: tx)
      return try ForumPost.find(id, for: account, in: tx).post
    }
    return .json { json in
      json.object { json in
        json.field("liked", post.myReaction != nil)
        json.field("reactionType", post.myReaction)
        json.field("likeCount", post.reactions.all)
        post.reactions.write(to: &json)
      }
    }
  }

  static let historySQL = """
    SELECT e.id, e.content, coalesce(nullif(u.name, ''), u.username, e.editor_name), e.created_at
    FROM forum_edits AS e LEFT JOIN users AS u ON u.id = e.editor_id
    WHERE e.post_id = ? AND e.id < ? ORDER BY e.id DESC LIMIT ?
    """

  private func history(_ request: Request) async throws -> Response {
    let (account, id, paging) = (try request.account(), try request.id(), try Paging(request))
    let page = try await database.read { connection in
      let (post, topic) = try ForumPost.find(id, for: account, in: connection)
      guard topic.isModerated(by: account) || post.authorID == account.id && post.deletedAt == nil else {
        throw Failure.forbidden
      }
      return try connection.page(Self.historySQL, [id, paging.before], limit: paging.limit) { row in
        (id: row.int64(0), content: row.text(1), editor: row.text(2), at: row.int64(3))
      }
    }
    return .page(page) { version, json in
      json.object { json in
        json.id("id", version.id)
        json.field("content", version.content)
        json.field("editorName", version.editor)
        json.time("replacedAt", version.at)
      }
    }
  }

  /// Throws 409 when somebody else has decided.
  private func decidePost(_ request: Request, _ status: ForumStatus) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let reason = status == .rejected ? try ForumFields.text(ForumFields.reason, of: try request.json()) : ""
    let (post, topic) = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let (old, topic) = try ForumPost.find(id, for: account, in: tx)
      guard topic.category.isDecided(by: account, .validatePosts), !old.isFirst else {
        throw Failure.forbidden
      }
      guard old.isDecided(by: account, in: topic) else { throw ForumFailure.decided }
      try ForumFailure.check(old.tag, request)
      try setStatus(status, reason, ofPost: id, in: tx)
      try Audit.record(
        .resourceChanged, actor: account, on: old.subject, request: request, details: "change status", in: tx)
      // Whoever rejects without the right to read what is not published sees it no more.
      guard let post = try ForumPost.one(id, for: account, in: tx) else { throw Failure.notFound }
      try noteDecided(post, in: topic, status, by: account, in: tx)
      return (post, try ForumTopic.find(topic.id, for: account, in: tx))
    }
    return answer(post, in: topic, to: request, account)
  }
}
