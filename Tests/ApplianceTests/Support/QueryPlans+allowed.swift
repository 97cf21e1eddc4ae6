extension QueryPlans {
  /// Steps that read no more than was asked for.
  static let boundedSteps = [
    "USING INDEX jobs_unfinished", "VIRTUAL TABLE INDEX", "(subquery", "CONSTANT ROW",
  ]

  /// Tables that stay small, and why.
  static let boundedTables: [String: String] = [
    "schema_migrations": "a row for each migration",
    "settings": "a row for each thing that an installation remembers",
    "system_settings": "a row for each setting",
    "role_quotas": "a row for each role and resource",
    "permissions": "a row for each right that was given to one of a team",
    "employee_categories": "a team's categories, made by hand",
    "categories": "a team's categories, made by hand",
  ]

  /// Statements that read a whole table, by their ends, and why they may.
  static let allowed: [(ending: String, reason: String)] =
    [
      ("AS category_rights FROM users", memory),
      ("SELECT channel_id, user_id, role FROM channel_members", memory),
      ("slow_seconds, created_by FROM channels", memory),
      ("FROM api_tokens WHERE expires_at > ?", memory),
      ("AS category_rights FROM users ORDER BY id", "obox user list writes all accounts"),
      ("SELECT 'people', id FROM users", newIndex),
      ("SELECT 'machines', id FROM machines", newIndex),
      ("SELECT 'contents', id FROM contents", newIndex),
      ("SELECT 'resources', id FROM resources", newIndex),
      ("SELECT kind, ref FROM search_changes LIMIT ?", "a batch from the front of a queue"),
      ("AND EXISTS (SELECT 1 FROM machines)", "ends at the first row"),
    ]
    + [
      "reserved_ip FROM machines", "reserved_ip FROM machines ORDER BY id",
      "FROM machines WHERE port IS NOT NULL AND status != 'deleting'",
      "SELECT status, count(*) FROM machines GROUP BY status",
      "FROM machines WHERE status = 'running'",
      "FROM machines AS m JOIN users AS u ON u.id = m.user_id ORDER BY m.id DESC",
      "FROM machines WHERE id != ? AND (status != 'error' OR error_code = ?)",
      "FROM machines WHERE reserved_ip IS NOT NULL OR status IN ('pending', 'creating')",
      "SELECT reserved_ip, internal_ip FROM machines WHERE id != ?",
      "SELECT id FROM machines WHERE internal_ip = ? AND id != ?",
      "internal_ip, NULL), port, uuid FROM machines ORDER BY id",
    ].map { ($0, "all machines of the host, of which there are some hundreds") }

  private static let memory = "read once, at the start, into what is kept in memory"
  private static let newIndex = "once for each new form of the search index"
}
