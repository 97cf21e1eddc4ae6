import Store

/// Moves the posts of a topic into another, in the order of their numbers, with who follows and what was read.
struct ForumMerge {
  let source: ForumTopic
  let target: ForumTopic

  func run(by account: Account, in tx: Transaction) throws {
    try carryMarks(in: tx)
    try carryFollowers(in: tx)
    try tx.execute("UPDATE forum_topics SET solution_id = NULL WHERE id = ?", source.id)
    try tx.execute(
      "UPDATE forum_posts SET topic_id = ?, is_first = 0 WHERE topic_id = ?", target.id, source.id)
    if target.solutionID == nil, let solution = source.solutionID {
      try tx.execute("UPDATE forum_topics SET solution_id = ? WHERE id = ?", solution, target.id)
    }
    try ForumMerge.chooseFirst(of: target.id, in: tx)
    try leave(by: account, in: tx)
  }

  /// People who have read one of the topics, as a JSON list. Arguments: the list, the source, the target, and the last
  /// number of both.
  ///
  /// A mark is one number: what a person had not read of either topic stays unread, and so does what lies after it.
  static let marksSQL = """
    INSERT INTO forum_reads (user_id, topic_id, number)
    SELECT person.value, ?3, min(
      coalesce((SELECT min(number) - 1 FROM forum_posts WHERE topic_id = ?2 AND status = 'published'
        AND deleted_at IS NULL AND number > max(coalesce(s.number, 0), coalesce(b.number, 0))), ?4),
      coalesce((SELECT min(number) - 1 FROM forum_posts WHERE topic_id = ?3 AND status = 'published'
        AND deleted_at IS NULL AND number > max(coalesce(t.number, 0), coalesce(b.number, 0))), ?4))
    FROM json_each(?1) AS person
    LEFT JOIN forum_reads AS s ON s.user_id = person.value AND s.topic_id = ?2
    LEFT JOIN forum_reads AS t ON t.user_id = person.value AND t.topic_id = ?3
    LEFT JOIN forum_readers AS b ON b.user_id = person.value
    WHERE 1
    ON CONFLICT DO UPDATE SET number = excluded.number
    """

  private func carryMarks(in tx: Transaction) throws {
    let people = try tx.query(
      "SELECT user_id FROM forum_reads WHERE topic_id IN (?, ?)", source.id, target.id
    ) { $0.int64(0) }
    try tx.execute(
      Self.marksSQL, Notifications.list(Set(people)), source.id, target.id,
      max(source.activity, target.activity))
    try tx.execute("DELETE FROM forum_reads WHERE topic_id = ?", source.id)
  }

  /// Whoever has chosen for the target keeps that choice.
  private func carryFollowers(in tx: Transaction) throws {
    try tx.execute(
      """
      INSERT OR IGNORE INTO forum_topic_follows (topic_id, user_id, is_on)
      SELECT ?, user_id, is_on FROM forum_topic_follows WHERE topic_id = ?
      """, target.id, source.id)
    try tx.execute("DELETE FROM forum_topic_follows WHERE topic_id = ?", source.id)
  }

  /// The oldest post opens a topic, and its author is that of the topic. It is no solution.
  static func chooseFirst(of topic: Int64, in tx: Transaction) throws {
    let first = try tx.scalar(
      """
      SELECT id FROM forum_posts WHERE topic_id = ? AND status = 'published' AND deleted_at IS NULL
      ORDER BY number LIMIT 1
      """, topic)
    guard let first else { return }
    try tx.execute(
      "UPDATE forum_posts SET is_first = 0 WHERE topic_id = ? AND is_first = 1 AND id <> ?", topic, first)
    try tx.execute("UPDATE forum_posts SET is_first = 1 WHERE id = ? AND is_first = 0", first)
    try tx.execute(
      """
      UPDATE forum_topics SET (author_id, author_name) = (SELECT author_id, author_name FROM forum_posts WHERE id = ?)
      WHERE id = ?
      """, first, topic)
    try tx.execute(
      "UPDATE forum_topics SET solution_id = NULL WHERE id = ? AND solution_id = ?", topic, first)
  }

  /// The emptied topic stays as an address that leads to the target, and so do those that led to it.
  private func leave(by account: Account, in tx: Transaction) throws {
    try tx.execute(
      """
      UPDATE forum_topics SET deleted_at = ?, deleted_by = ?, merged_into = ?, updated_at = ? WHERE id = ?
      """, tx.now, account.id, target.id, max(tx.now, source.updatedAt + 1), source.id)
    try tx.execute("UPDATE forum_topics SET merged_into = ? WHERE merged_into = ?", target.id, source.id)
    try tx.execute(
      "UPDATE forum_topics SET updated_at = ? WHERE id = ?", max(tx.now, target.updatedAt + 1), target.id)
  }
}
