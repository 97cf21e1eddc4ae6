import HTTP

/// Amounts of each limited resource: used, allowed or requested.
struct Amounts: Sendable, Equatable {
  enum Resource: String, Sendable, CaseIterable {
    case machines
    case cores
    /// In MB.
    case memory
    /// In GB.
    case disk
    /// Bytes stored by uploads and messages together.
    case bytes
  }

  private var values: [Resource: Int64] = [:]

  init(machines: Int64 = 0, cores: Int64 = 0, memory: Int64 = 0, disk: Int64 = 0, bytes: Int64 = 0) {
    values = [.machines: machines, .cores: cores, .memory: memory, .disk: disk, .bytes: bytes]
  }

  subscript(resource: Resource) -> Int64 {
    get { values[resource] ?? 0 }
    set { values[resource] = newValue }
  }

  /// The increase from `other` to this; 0 for resources that do not increase.
  func growth(from other: Amounts) -> Amounts {
    var growth = Amounts()
    for resource in Resource.allCases { growth[resource] = max(0, self[resource] - other[resource]) }
    return growth
  }
}
