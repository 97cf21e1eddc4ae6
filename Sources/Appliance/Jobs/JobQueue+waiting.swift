import Store

extension JobQueue {
  /// Lets the jobs of a kind that wait for something look again at once, rather than at their next turn.
  func hurry(_ kind: String, in tx: Transaction) throws {
    let changed = try tx.execute(
      """
      UPDATE jobs SET run_at = ?
      WHERE status IN ('queued', 'waiting', 'running') AND status = 'waiting' AND kind = ?
      """, tx.now, kind)
    if changed > 0 { tx.afterCommit { [self] in wake() } }
  }
}
