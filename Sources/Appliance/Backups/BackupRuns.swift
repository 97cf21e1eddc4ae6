import Store

/// What is remembered of backups: the last run of each kind, and what verifications found. The backups themselves are the
/// files of the folder.
enum BackupRuns {
  enum Kind: String, Sendable, CaseIterable { case create, verify }

  struct Run: Sendable, Equatable {
    /// Milliseconds since 1970, when the last one was requested.
    let at: Int64
    let jobID: Int64
    let succeededAt: Int64?
    /// Of the last one, if it failed.
    let errorCode: String?
    /// The backup that the last successful one made or verified.
    let name: String?
  }

  /// The result of the last verification of a backup.
  struct Verdict: Sendable, Equatable {
    let at: Int64
    let errorCode: String?
  }

  static func last(_ kind: Kind, in connection: Connection) throws -> Run? {
    try connection.first(
      "SELECT at, job_id, succeeded_at, error_code, name FROM backup_runs WHERE kind = ?", kind.rawValue
    ) {
      Run(
        at: $0.int64(0), jobID: $0.int64(1), succeededAt: $0.optionalInt64(2),
        errorCode: $0.optionalText(3), name: $0.optionalText(4))
    }
  }

  /// The unfinished job of either kind.
  static func job(in connection: Connection) throws -> Job? {
    for kind in Kind.allCases {
      guard let run = try last(kind, in: connection), let job = try Job.find(run.jobID, in: connection),
        job.finishedAt == nil
      else { continue }
      return job
    }
    return nil
  }

  static func began(_ kind: Kind, job: Int64, in tx: Transaction) throws {
    try tx.execute(
      """
      INSERT INTO backup_runs (kind, at, job_id) VALUES (?1, ?2, ?3)
      ON CONFLICT (kind) DO UPDATE SET at = ?2, job_id = ?3, error_code = NULL
      """, kind.rawValue, tx.now, job)
  }

  static func succeeded(_ kind: Kind, _ name: String, in tx: Transaction) throws {
    try tx.execute(
      "UPDATE backup_runs SET succeeded_at = ?, name = ?, error_code = NULL WHERE kind = ?", tx.now, name,
      kind.rawValue)
  }

  static func failed(_ kind: Kind, code: String, in tx: Transaction) throws {
    try tx.execute("UPDATE backup_runs SET error_code = ? WHERE kind = ?", code, kind.rawValue)
  }

  static func judge(_ name: String, code: String?, in tx: Transaction) throws {
    try tx.execute(
      """
      INSERT INTO backup_verdicts (name, at, error_code) VALUES (?1, ?2, ?3)
      ON CONFLICT (name) DO UPDATE SET at = ?2, error_code = ?3
      """, name, tx.now, code)
  }

  static func forget(_ names: [String], in tx: Transaction) throws {
    for name in names { try tx.execute("DELETE FROM backup_verdicts WHERE name = ?", name) }
  }

  static func verdict(_ name: String, in connection: Connection) throws -> Verdict? {
    try connection.first("SELECT at, error_code FROM backup_verdicts WHERE name = ?", name) {
      Verdict(at: $0.int64(0), errorCode: $0.optionalText(1))
    }
  }
}
