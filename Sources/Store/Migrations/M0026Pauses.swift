extension Migration {
  /// Why a machine is paused, as a code.
  static let pauses = Migration(
    26, "pauses",
    sql: "ALTER TABLE machines ADD COLUMN reason_code TEXT;")
}
