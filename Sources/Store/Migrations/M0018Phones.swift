extension Migration {
  /// Sessions on a phone, used beside the workstation.
  static let phones = Migration(
    18, "phones", sql: "ALTER TABLE sessions ADD COLUMN is_phone INTEGER NOT NULL DEFAULT 0;")
}
