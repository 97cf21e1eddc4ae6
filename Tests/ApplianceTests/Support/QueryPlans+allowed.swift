extension QueryPlans {
  /// Files in which several literals are the parts of one statement.
  static let filesOfParts = ["Intranet/AnalyticsFeature.swift", "Intranet/StatsFeature.swift"]

  /// Steps that read no more rows than the statement is about: partial indexes of such rows, table-valued functions,
  /// subqueries with a limit.
  static let boundedSteps = [
    "INDEX jobs_unfinished", "INDEX users_with_picture", "INDEX outbox_due", "INDEX outbox_failed",
    "INDEX event_participants_waiting", "INDEX training_participants_waiting", "INDEX trainings_mandatory",
    "INDEX courses_mandatory",
    "INDEX enrollments_to_certify", "INDEX training_participants_to_certify", "INDEX certificates_to_tell",
    "INDEX notifications_to_mail", "INDEX announcements_to_confirm", "INDEX documents_to_confirm",
    "VIRTUAL TABLE INDEX", "(subquery", "CONSTANT ROW", "SCAN words",
  ]

  /// Tables that stay small, and why.
  static let boundedTables = [
    "settings": "a row for each thing that an installation remembers",
    "system_settings": "a row for each setting",
    "chat_indexed": "one row",
    "complaint_counts": "a row for each status, category and priority",
    "client_errors": "at most 1,000 rows",
    "machines": "as many as the host can run, some hundreds",
    "permissions": "rights that an administrator gives to single people",
    "employee_categories": "made by hand by an administrator",
    "categories": "made by hand by moderators",
    "links": "made by hand by moderators",
    "forum_categories": "made by hand by an administrator",
    "sqlite_schema": "a row for each table and index",
    "sqlite_master": "a row for each table and index",
    "schema_migrations": "a row for each migration",
    "sqlite_sequence": "a row for each table",
  ]

  /// A statement that may read a whole table or sort for a page, by how it begins and ends.
  struct Exception {
    var beginning = ""
    let ending: String
    let reason: String

    func covers(_ sql: String) -> Bool { sql.hasPrefix(beginning) && sql.hasSuffix(ending) }
  }

  static let exceptions = wholeTables + sortedPages

  private static let wholeTables =
    [
      "AS category_rights FROM users", "SELECT channel_id, user_id, role FROM channel_members",
      "slow_seconds, created_by FROM channels", "FROM api_tokens WHERE expires_at > ?",
      "SELECT id, last_seen_at FROM users WHERE last_seen_at IS NOT NULL",
    ].map { Exception(ending: $0, reason: "loaded into memory at the start") }
    + ["chat_messages"].map {
      Exception(ending: "SELECT 1 FROM \($0) LIMIT 1", reason: "ends at the first row")
    }
    + [
      Exception(
        beginning: "INSERT INTO search_changes (kind, ref) SELECT ", ending: "",
        reason: "once for each new format of the search index"),
      Exception(
        ending: "SELECT kind, ref FROM search_changes LIMIT ?", reason: "a batch from the front of a queue"),
      Exception(
        ending: "SELECT channel_id FROM chat_discarded", reason: "channels whose messages are being erased"),
      Exception(
        ending: "AS category_rights FROM users ORDER BY id", reason: "obox user list prints all accounts"),
      Exception(
        ending: "DELETE FROM api_tokens WHERE expires_at <= ?",
        reason: "hourly; each person has at most some tokens"),
      Exception(
        ending: "DELETE FROM tokens WHERE purpose = 'setup'",
        reason: "at starts without an administrator, and once after"),
      Exception(
        beginning: "SELECT id, title, substr(content, 1, 240) AS excerpt", ending: "ORDER BY id DESC LIMIT ?",
        reason: "announcements from the newest on, until the section is full"),
      Exception(
        beginning: "SELECT (SELECT count(*) FROM users WHERE is_active = 1 AND is_approved = 1),", ending: "",
        reason: "the public numbers, counted at most once in some seconds"),
      Exception(
        beginning: "SELECT (SELECT count(*) FROM users), (SELECT", ending: "",
        reason: "counted when an administrator opens the analytics"),
      Exception(
        ending: "SELECT count(DISTINCT user_id) FROM sessions WHERE seen_at >= ?",
        reason: "counted when an administrator opens the analytics"),
    ]

  private static let sortedPages =
    [
      "FROM machines WHERE user_id = ? ORDER BY id DESC LIMIT ?",
      "WHERE m.user_id = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?",
    ].map { Exception(ending: $0, reason: "machines of one person, bounded by their quota") }
    + [
      "WHERE v.document_id = ? AND v.id < ? ORDER BY v.id DESC LIMIT ?",
      "WHERE v.document_id = ? AND v.id < ? AND v.status = 'published' ORDER BY v.id DESC LIMIT ?",
    ].map { Exception(ending: $0, reason: "versions of one document") }
    + [
      Exception(
        beginning: "SELECT * FROM (SELECT id, at, actor_id", ending: "ORDER BY id DESC LIMIT ?",
        reason: "at most 20,000 rows of the inner SELECT"),
      Exception(
        ending: "ORDER BY count DESC LIMIT ?",
        reason: "the most read, when an administrator opens the analytics"),
      Exception(
        ending: "FROM contents ORDER BY view_count DESC LIMIT ?",
        reason: "the most read, when an administrator opens the analytics"),
      Exception(
        ending: "AND c.status IN ('open', 'in_progress') AND c.due_at <= ? ORDER BY c.id DESC LIMIT ?",
        reason: "requests that are overdue"),
      Exception(
        ending: "WHERE user_id = ? AND end_at >= ? AND start_at < ? ORDER BY start_at, id LIMIT ?",
        reason: "one person's entries, at most 20,000"),
      Exception(
        ending: "AND c.user_id = ? AND c.folder <> 'trash' ORDER BY m.id DESC LIMIT ?",
        reason: "one conversation"),
      Exception(
        ending: "WHERE p.event_id = ? AND p.id < ? ORDER BY p.id DESC LIMIT ?",
        reason: "participants of one event"),
      Exception(
        beginning: "SELECT t.activity, t.id", ending: "AND f.is_on = 1 ORDER BY t.activity DESC LIMIT ?",
        reason: "the topics that one person follows"),
      Exception(
        beginning: "SELECT t.id, t.title FROM forum_topic_follows AS f",
        ending: "ORDER BY t.activity DESC LIMIT ?",
        reason: "the topics that one person follows"),
      Exception(
        ending: "FROM users WHERE id < ? AND is_active = 0 ORDER BY id DESC LIMIT ?",
        reason: "accounts that are switched off"),
    ]
}
