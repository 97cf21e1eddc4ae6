import Store

extension Quotas {
  /// Throws 400 when the new size exceeds the owner's quota. Sizes that do not grow are not checked: a
  /// lowered quota takes nothing away.
  func checkResized(
    _ machine: Machine, cores: Int, memory: Int, disk: Int, in tx: Transaction
  ) throws {
    let now = Amounts(
      cores: Int64(machine.vcpu), memory: Int64(machine.memory), disk: Int64(machine.diskSize))
    let wanted = Amounts(cores: Int64(cores), memory: Int64(memory), disk: Int64(disk))
    try check(wanted.growth(from: now), for: machine.userID, in: tx)
  }
}
