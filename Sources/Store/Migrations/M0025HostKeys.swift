extension Migration {
  /// The SSH host key of a machine: its public line and fingerprint, and the private half until the machine has it.
  static let hostKeys = Migration(
    25, "host keys",
    sql: """
      ALTER TABLE machines ADD COLUMN host_key TEXT;
      ALTER TABLE machines ADD COLUMN host_fingerprint TEXT;
      ALTER TABLE machines ADD COLUMN sealed_host_key BLOB;
      """)
}
