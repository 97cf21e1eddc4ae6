extension Migration {
  /// A file never changes, so that what tells it from others need not be made of its content.
  static let fileTags = Migration(
    34, "file_tags",
    sql: """
      ALTER TABLE uploads RENAME COLUMN digest TO tag;
      """)
}
