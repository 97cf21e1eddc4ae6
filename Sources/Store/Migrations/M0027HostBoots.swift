extension Migration {
  /// The last boot id seen of each host, by the host's URI.
  static let hostBoots = Migration(
    27, "host boots",
    sql: "CREATE TABLE host_boots (uri TEXT PRIMARY KEY, boot TEXT NOT NULL) STRICT, WITHOUT ROWID;")
}
