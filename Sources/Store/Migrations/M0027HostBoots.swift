extension Migration {
  /// Which boot of a host was seen last, by the host's URI.
  static let hostBoots = Migration(
    27, "host boots",
    sql: "CREATE TABLE host_boots (uri TEXT PRIMARY KEY, boot TEXT NOT NULL) STRICT, WITHOUT ROWID;")
}
