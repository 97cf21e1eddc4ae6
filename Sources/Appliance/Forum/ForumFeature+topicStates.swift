import HTTP
import Store

/// Restoring and solving topics, and deciding about them.
extension ForumFeature {
  var topicStateRoutes: [Route] {
    let one = Self.path + "/topics/:id"
    let answer = ForumTopic.schema
    let solution = Schema.object([
      ("postId", .described("\"\" is none", .optional(.reference)), required: true)
    ])
    return [
      .post(one + "/restore", .signedIn, "Restore a deleted topic", response: answer, restoreTopic),
      .put(
        one + "/solution", .signedIn, "Choose the post that solved it: its author, and moderators",
        request: solution, response: answer, solve
      ).checkingKinds(),
      .post(one + "/approve", .signedIn, "Publish a topic that waits", response: answer) {
        try await decide($0, .published)
      },
      .post(
        one + "/reject", .signedIn, "Reject a topic that waits", request: ForumFields.reasoned,
        response: answer
      ) { try await decide($0, .rejected) },
    ]
  }

  private func restoreTopic(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let topic = try await database.change(.resourceRestored, on: nil, by: request) { [self] tx in
      let old = try ForumTopic.find(id, for: account, in: tx)
      guard old.isModerated(by: account) else { throw Failure.forbidden }
      guard old.deletedAt != nil else { return old }
      guard !old.isMerged else { throw Failure.notFound }
      try tx.execute(
        "UPDATE forum_topics SET deleted_at = NULL, deleted_by = NULL, updated_at = ? WHERE id = ?",
        max(tx.now, old.updatedAt + 1), id)
      try Audit.record(
        .resourceRestored, actor: account, on: old.subject, request: request, details: "restore", in: tx)
      let topic = try ForumTopic.find(id, for: account, in: tx)
      tell("restore", topic, in: tx)
      return topic
    }
    return answer(topic, to: request, account)
  }

  private func solve(_ request: Request) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let chosen = try Reference("postId", of: try request.json()).id
    let topic = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let old = try ForumTopic.find(id, for: account, in: tx)
      guard old.may(account).contains("solve") else { throw Failure.forbidden }
      if old.solutionID == chosen { return old }
      if let chosen {
        let (post, _) = try ForumPost.find(chosen, for: account, in: tx)
        guard post.topicID == id, post.isLive, !post.isFirst else { throw ForumFailure.unknown("postId") }
        if let author = post.authorID {
          try inform([author], .forumDecision, old, by: account, task: "solved", post: chosen, in: tx)
        }
      }
      try tx.execute(
        "UPDATE forum_topics SET solution_id = ?, updated_at = ? WHERE id = ?", chosen,
        max(tx.now, old.updatedAt + 1), id)
      try Audit.record(
        .resourceChanged, actor: account, on: old.subject, request: request, details: "change solutionId",
        in: tx)
      let topic = try ForumTopic.find(id, for: account, in: tx)
      tell("change", topic, in: tx)
      return topic
    }
    return answer(topic, to: request, account)
  }

  private static let firstSQL =
    "SELECT id, content, updated_at FROM forum_posts WHERE topic_id = ? AND is_first = 1"

  /// The entity tag of a topic with its first post, which are decided about together.
  private static func version(_ topic: ForumTopic, _ first: Int64?) -> String {
    "\"\(topic.updatedAt)-\(first ?? 0)\""
  }

  /// Publishes or rejects a topic with its first post. Throws 409 when somebody else has decided.
  private func decide(_ request: Request, _ status: ForumStatus) async throws -> Response {
    let (account, id) = (try request.account(), try request.id())
    let reason = status == .rejected ? try ForumFields.text(ForumFields.reason, of: try request.json()) : ""
    let topic = try await database.change(.resourceChanged, on: nil, by: request) { [self] tx in
      let old = try ForumTopic.find(id, for: account, in: tx)
      guard old.category.isDecided(by: account, .validateTopics) else { throw Failure.forbidden }
      guard old.isDecided(by: account) else { throw ForumFailure.decided }
      let first = try tx.first(Self.firstSQL, id) {
        (id: $0.int64(0), content: $0.text(1), updatedAt: $0.int64(2))
      }
      try ForumFailure.check(Self.version(old, first?.updatedAt), request)
      let number = try Self.nextNumber(in: tx)
      try tx.execute(
        """
        UPDATE forum_topics SET status = ?, reason = ?, number = ?, activity = ?, updated_at = ? WHERE id = ?
        """, status.rawValue, reason, number, number, max(tx.now, old.updatedAt + 1), id)
      if let first { try setStatus(status, reason, ofPost: first.id, in: tx) }
      try Audit.record(
        .resourceChanged, actor: account, on: old.subject, request: request, details: "change status", in: tx)
      let topic = try ForumTopic.find(id, for: account, in: tx)
      try noteDecided(topic, first?.content, status, by: account, in: tx)
      return topic
    }
    return answer(topic, to: request, account)
  }

  /// Gives a post that is published its place after all others.
  func setStatus(_ status: ForumStatus, _ reason: String, ofPost id: Int64, in tx: Transaction) throws {
    try tx.execute(
      "UPDATE forum_posts SET status = ?, reason = ?, number = ?, updated_at = max(?, updated_at + 1) WHERE id = ?",
      status.rawValue, reason, try Self.nextNumber(in: tx), tx.now, id)
  }
}
