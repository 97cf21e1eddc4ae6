import HTTP
import Store

extension Quotas {
  /// Throws 400 when a new machine would exceed its owner's quota.
  func checkNew(cores: Int, memory: Int, disk: Int, for owner: Int64, in tx: Transaction) throws {
    try check(
      Amounts(machines: 1, cores: Int64(cores), memory: Int64(memory), disk: Int64(disk)), for: owner, in: tx)
  }

  func check(_ growth: Amounts, for owner: Int64, in tx: Transaction) throws {
    let most = try most(for: owner, in: tx)
    let used = try Self.used(by: owner, in: tx)
    let lacking = Resource.allCases.filter { growth[$0] > 0 && used[$0] + growth[$0] > most[$0] }
    if lacking.isEmpty { return }
    throw Failure.machineQuota(lacking, most: most, used: used)
  }

  /// The bytes a person may store, and has stored.
  static let storageSQL = """
    SELECT coalesce((SELECT most FROM person_quotas WHERE user_id = ?1 AND resource = 'bytes'),
      (SELECT most FROM role_quotas
        WHERE role = (SELECT role FROM users WHERE id = ?1) AND resource = 'bytes'), ?2),
      coalesce((SELECT bytes FROM stored_bytes WHERE user_id = ?1), 0)
    """

  /// Throws 413 when storing `count` more bytes would exceed the quota.
  func checkBytes(_ count: Int, for person: Int64, in tx: Transaction) throws {
    guard count > 0 else { return }
    let found = try tx.first(Self.storageSQL, person, defaults[.bytes]) { ($0.int64(0), $0.int64(1)) }
    let (most, used) = found ?? (0, 0)
    guard used + Int64(count) <= most else { throw Failure.storageQuota(most: most) }
  }

  /// Bytes that a message counts in addition to its text, as in the table's triggers.
  static let bytesOfMessage = 100
}
