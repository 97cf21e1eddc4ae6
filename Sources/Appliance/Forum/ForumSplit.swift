import HTTP
import Store

/// Moves chosen posts of a topic into a new one.
struct ForumSplit {
  /// The most posts at a time.
  static let most = 500

  let source: ForumTopic
  let category: ForumCategory
  let title: String
  let posts: [Int64]

  private struct Chosen {
    let id: Int64
    let number: Int64
    let isFirst: Bool
    let authorID: Int64?
    let authorName: String
    let createdAt: Int64
  }

  static let chosenSQL = """
    SELECT p.id, p.number, p.is_first, p.author_id, p.author_name, p.created_at FROM json_each(?) AS i
    CROSS JOIN forum_posts AS p ON p.id = i.value
    WHERE p.topic_id = ? AND p.status = 'published' AND p.deleted_at IS NULL
    """

  /// The id of the new topic. Throws 400 for a post that is not a published one of the topic, 409 for its first one.
  func run(in tx: Transaction) throws -> Int64 {
    let list = Notifications.list(posts)
    let chosen = try tx.query(Self.chosenSQL, list, source.id) { row in
      Chosen(
        id: row.int64(0), number: row.int64(1), isFirst: row.bool(2), authorID: row.optionalInt64(3),
        authorName: row.text(4), createdAt: row.int64(5))
    }
    guard chosen.count == posts.count, let first = chosen.min(by: { $0.number < $1.number }) else {
      throw ForumFailure.unknown("postIds")
    }
    guard !chosen.contains(where: \.isFirst) else { throw ForumFailure.firstPostStays }
    let id = try insert(first, in: tx)
    try tx.execute(
      "UPDATE forum_posts SET topic_id = ? WHERE id IN (SELECT value FROM json_each(?))", id, list)
    try ForumMerge.chooseFirst(of: id, in: tx)
    try carry(to: id, from: first, in: tx)
    return id
  }

  private func insert(_ first: Chosen, in tx: Transaction) throws -> Int64 {
    let number = try ForumFeature.nextNumber(in: tx)
    try tx.claimSpace()
    try tx.execute(
      """
      INSERT INTO forum_topics (category_id, author_id, author_name, title, description, is_sticky, is_pinned,
        is_locked, is_announcement, tags, status, number, activity, created_at, updated_at)
      VALUES (?, ?, ?, ?, '', 0, 0, 0, 0, '[]', 'published', ?, ?, ?, ?)
      """, category.id, first.authorID, first.authorName, title, number, number, first.createdAt, tx.now)
    return tx.lastInsertedID
  }

  /// Marks are numbers of posts, which keep theirs: they hold for the new topic as they are.
  private func carry(to topic: Int64, from first: Chosen, in tx: Transaction) throws {
    try tx.execute(
      """
      INSERT INTO forum_reads (user_id, topic_id, number)
      SELECT user_id, ?, number FROM forum_reads WHERE topic_id = ? AND number >= ?
      """, topic, source.id, first.number)
    try tx.execute(
      """
      INSERT INTO forum_topic_follows (topic_id, user_id, is_on)
      SELECT ?, user_id, is_on FROM forum_topic_follows WHERE topic_id = ?
      """, topic, source.id)
    if let solution = source.solutionID, posts.contains(solution) {
      try tx.execute("UPDATE forum_topics SET solution_id = NULL WHERE id = ?", source.id)
      guard solution != first.id else { return }
      try tx.execute("UPDATE forum_topics SET solution_id = ? WHERE id = ?", solution, topic)
    }
  }
}
