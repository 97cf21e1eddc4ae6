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
      "UPDATE forum_posts SET topic_id = ?1, is_first = 0, origin_id = ?2 WHERE topic_id = ?2", target.id,
      source.id)
    if target.solutionID == nil, let solution = source.solutionID {
      try tx.execute("UPDATE forum_topics SET solution_id = ? WHERE id = ?", solution, target.id)
    }
    try ForumMerge.chooseFirst(of: target.id, in: tx)
    try leave(by: account, in: tx)
  }

  /// Whether a post `p` beyond the mark of a person (?1) is unread. `r` is their row of `forum_reads`, which may be missing.
  static let isMissedSQL = """
    (r.beyond IS NULL OR p.number > r.beyond OR EXISTS (SELECT 1 FROM forum_missed AS m WHERE m.user_id = ?1
      AND m.topic_id = p.topic_id AND p.number > m.number AND m.is_other = (p.origin_id IS NOT m.origin_id)))
    """

  /// Each person with the number up to which they have read the source, and the last one that they have read of the target.
  /// Arguments: people who have read one of the topics as a JSON list, the source, the target.
  private static let readersSQL = """
    SELECT person.value AS person, max(coalesce(s.number, 0), coalesce(b.number, 0)) AS source,
      max(coalesce(t.number, 0), coalesce(b.number, 0)) AS target,
      max(coalesce(t.number, 0), coalesce(t.beyond, 0), coalesce(b.number, 0)) AS reached
    FROM json_each(?1) AS person
    LEFT JOIN forum_reads AS s ON s.user_id = person.value AND s.topic_id = ?2
    LEFT JOIN forum_reads AS t ON t.user_id = person.value AND t.topic_id = ?3
    LEFT JOIN forum_readers AS b ON b.user_id = person.value
    """

  /// A mark is one number, and two topics have two: what lies between them is unread where it was.
  static let missedSQL = """
    INSERT INTO forum_missed (user_id, topic_id, origin_id, is_other, number)
    SELECT person, ?3, ?2, source > reached, min(source, reached) FROM (\(readersSQL)) WHERE source <> reached
    """

  /// The new marks: before the first unread post. The last argument is the last number of both topics.
  static let marksSQL = """
    INSERT INTO forum_reads (user_id, topic_id, number, beyond)
    SELECT person, ?3, min(
      coalesce((SELECT min(number) - 1 FROM forum_posts WHERE topic_id = ?2 AND status = 'published'
        AND deleted_at IS NULL AND number > source), ?4),
      coalesce((SELECT min(number) - 1 FROM forum_posts WHERE topic_id = ?3 AND status = 'published'
        AND deleted_at IS NULL AND number > target), ?4)), max(source, reached)
    FROM (\(readersSQL)) WHERE 1
    ON CONFLICT DO UPDATE SET number = excluded.number, beyond = excluded.beyond
    """

  /// Whoever has missed parts of many topics has all of it as unread: each part is looked at for each post.
  private static let mostMissed = 8
  static let crowdedSQL = """
    UPDATE forum_reads SET beyond = NULL WHERE topic_id = ? AND (SELECT count(*) FROM forum_missed AS m
      WHERE m.user_id = forum_reads.user_id AND m.topic_id = forum_reads.topic_id) > \(mostMissed)
    """
  static let pastSQL = """
    DELETE FROM forum_missed WHERE topic_id = ? AND NOT EXISTS (SELECT 1 FROM forum_reads AS r
      WHERE r.user_id = forum_missed.user_id AND r.topic_id = forum_missed.topic_id AND r.beyond > r.number)
    """

  private func carryMarks(in tx: Transaction) throws {
    let people = try tx.query(
      "SELECT user_id FROM forum_reads WHERE topic_id IN (?, ?)", source.id, target.id
    ) { $0.int64(0) }
    let list = Notifications.list(Set(people))
    try tx.execute(Self.missedSQL, list, source.id, target.id)
    try tx.execute(Self.marksSQL, list, source.id, target.id, max(source.activity, target.activity))
    try tx.execute("DELETE FROM forum_reads WHERE topic_id = ?", source.id)
    try tx.execute("DELETE FROM forum_missed WHERE topic_id = ?", source.id)
    try tx.execute(Self.crowdedSQL, target.id)
    try tx.execute(Self.pastSQL, target.id)
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
