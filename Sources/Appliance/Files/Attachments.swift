/// The kinds of objects that files can be attached to. Another table with uploads needs only an entry here.
enum Attachments {
  struct Kind: Sendable {
    /// SQL: the uses of the upload `u.id`, as `FROM … WHERE …`.
    let uses: String
    /// SQL: the condition for uses that the person `?2` may read; nil when it cannot be expressed in SQL.
    let readable: String?
  }

  /// Deleted messages have no files. Files of public channels are readable by everyone, others by the
  /// members.
  private static let messages = Kind(
    uses: """
      FROM chat_files f JOIN chat_messages m ON m.id = f.message_id
      WHERE f.upload_id = u.id AND m.deleted_at IS NULL
      """,
    readable: """
      EXISTS (SELECT 1 FROM channels c WHERE c.id = m.channel_id AND (c.kind = 'public' OR EXISTS (
        SELECT 1 FROM channel_members p WHERE p.channel_id = c.id AND p.user_id = ?2)))
      """)

  /// Permission to read a row of a resource is decided by the resource (`ResourceFiles`).
  private static let rows = Kind(uses: "FROM resource_files r WHERE r.upload_id = u.id", readable: nil)

  private static let all = [messages, rows]

  /// SQL: whether the upload `u` is attached to anything.
  static let isUsed = "(" + all.map { "EXISTS (SELECT 1 \($0.uses))" }.joined(separator: " OR ") + ")"

  /// SQL: whether the person `?2` may read something that the upload `u` is attached to.
  static let isReadable =
    "("
    + all.compactMap { kind in kind.readable.map { "EXISTS (SELECT 1 \(kind.uses) AND \($0))" } }
    .joined(separator: " OR ") + ")"
}
