import HTTP
import Store

/// Validated changes of limits by an admin.
struct QuotaChange: Sendable {
  /// The largest limit, chosen so that sums stay within the range of exact JSON numbers.
  static let largest: Int64 = 1 << 50

  static let schema = Schema.object(
    Amounts.Resource.allCases.map { ($0.rawValue, .optional(.integer(0...largest)), required: false) })

  /// Nil removes the limit.
  private let limits: [(resource: Amounts.Resource, most: Int64?)]

  /// Throws 400 with every field that is not a non-negative integer.
  init(_ body: JSONValue) throws(Failure) {
    var limits: [(Amounts.Resource, Int64?)] = []
    var errors: [FieldError] = []
    for resource in Amounts.Resource.allCases {
      guard let value = body[resource.rawValue] else { continue }
      if value == .null {
        limits.append((resource, nil))
      } else if let most = value.int64, (0...Self.largest).contains(most) {
        limits.append((resource, most))
      } else {
        errors.append(FieldError(resource.rawValue, "OUT_OF_RANGE", Self.wholeNumber))
      }
    }
    if !errors.isEmpty { throw .invalid(errors) }
    self.limits = limits.map { ($0.0, $0.1) }
  }

  /// The changes, for the audit log.
  var details: String {
    limits.map { "\($0.resource.rawValue) \($0.most.map { String($0) } ?? "default")" }.joined(
      separator: ", ")
  }

  func write(to person: Account, in tx: Transaction) throws {
    for (resource, most) in limits {
      guard let most else {
        try tx.execute(
          "DELETE FROM person_quotas WHERE user_id = ? AND resource = ?", person.id, resource.rawValue)
        continue
      }
      try tx.execute(
        "INSERT OR REPLACE INTO person_quotas (user_id, resource, most) VALUES (?, ?, ?)", person.id,
        resource.rawValue, most)
    }
  }

  func write(to role: Role, in tx: Transaction) throws {
    for (resource, most) in limits {
      guard let most else {
        try tx.execute(
          "DELETE FROM role_quotas WHERE role = ? AND resource = ?", role.rawValue, resource.rawValue)
        continue
      }
      try tx.execute(
        "INSERT OR REPLACE INTO role_quotas (role, resource, most) VALUES (?, ?, ?)", role.rawValue,
        resource.rawValue, most)
    }
  }

  private static let wholeNumber = Sentence(
    fr: "Saisissez un nombre entier positif ou nul.", en: "Enter a whole number, 0 or more.")
}
