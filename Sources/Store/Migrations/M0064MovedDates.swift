extension Migration {
  /// The event that a changed occurrence of a series became.
  static let movedDates = Migration(
    64, "moved_dates",
    sql: """
      ALTER TABLE event_exceptions ADD COLUMN moved_to INTEGER REFERENCES events (id) ON DELETE SET NULL;
      CREATE INDEX event_exceptions_by_target ON event_exceptions (moved_to) WHERE moved_to IS NOT NULL;
      """)
}
