import Store

extension JobQueue {
  /// Makes waiting jobs of a kind due now instead of at their next check.
  func hurry(_ kind: String, in tx: Transaction) throws {
    let changed = try tx.execute(
      """
      UPDATE jobs SET run_at = ?
      WHERE status IN ('queued', 'waiting', 'running') AND status = 'waiting' AND kind = ?
      """, tx.now, kind)
    if changed > 0 { tx.afterCommit { [self] in wake() } }
  }
}
