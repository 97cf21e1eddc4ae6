extension Migration {
  /// The SSH host key of a machine: public key line and fingerprint; the private key is stored only until the
  /// machine has received it.
  static let hostKeys = Migration(
    25, "host keys",
    sql: """
      ALTER TABLE machines ADD COLUMN host_key TEXT;
      ALTER TABLE machines ADD COLUMN host_fingerprint TEXT;
      ALTER TABLE machines ADD COLUMN sealed_host_key BLOB;
      """)
}
