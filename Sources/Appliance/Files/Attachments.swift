/// What files can be part of. A further table with uploads is one more entry here, and nothing else.
enum Attachments {
  struct Kind: Sendable {
    /// SQL: the uses of the upload `u.id` that count, as `FROM … WHERE …`.
    let uses: String
    /// SQL: which of those the person `?2` may read; nil where SQL alone does not know it.
    let readable: String?
  }

  /// A deleted message has no files. Public channels are everyone's, others their members'.
  private static let messages = Kind(
    uses: """
      FROM chat_files f JOIN chat_messages m ON m.id = f.message_id
      WHERE f.upload_id = u.id AND m.deleted_at IS NULL
      """,
    readable: """
      EXISTS (SELECT 1 FROM channels c WHERE c.id = m.channel_id AND (c.kind = 'public' OR EXISTS (
        SELECT 1 FROM channel_members p WHERE p.channel_id = c.id AND p.user_id = ?2)))
      """)

  /// Who may read a row of a resource is known to the resource alone (`ResourceFiles`).
  private static let rows = Kind(uses: "FROM resource_files r WHERE r.upload_id = u.id", readable: nil)

  private static let all = [messages, rows]

  /// SQL: whether the upload `u` is part of anything.
  static let isUsed = "(" + all.map { "EXISTS (SELECT 1 \($0.uses))" }.joined(separator: " OR ") + ")"

  /// SQL: whether the person `?2` may read something that the upload `u` is part of.
  static let isReadable =
    "("
    + all.compactMap { kind in kind.readable.map { "EXISTS (SELECT 1 \(kind.uses) AND \($0))" } }
    .joined(separator: " OR ") + ")"
}
