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
    throw QuotaRefusal.machines(lacking, most: most, used: used)
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
    guard used + Int64(count) <= most else { throw QuotaRefusal.bytes(most: most) }
  }

  /// Bytes that a message counts in addition to its text, as in the table's triggers.
  static let bytesOfMessage = 100
}

/// Errors for exceeded quotas.
enum QuotaRefusal {
  static let code = "QUOTA_EXCEEDED"

  static func machines(_ lacking: [Amounts.Resource], most: Amounts, used: Amounts) -> Failure {
    if lacking.contains(.machines) { return machineCount(Int(clamping: most[.machines])) }
    let errors = lacking.compactMap { resource -> FieldError? in
      let left = max(0, most[resource] - used[resource])
      return field(resource).map {
        FieldError($0, code, left > 0 ? some(resource, left, most[resource]) : none(resource, most[resource]))
      }
    }
    return Failure(400, code, errors.first?.sentence ?? Refusals.sentence(code), errors: errors)
  }

  static func machineCount(_ most: Int) -> Failure {
    Failure(
      400, code,
      Sentence(
        fr: "Vous avez atteint votre quota de \(most) machines. Supprimez-en une d’abord.",
        en: "You have reached your quota of \(most) machines. Delete one first."))
  }

  static func bytes(most: Int64) -> Failure {
    Failure(
      413, code,
      Sentence(
        fr:
          "Votre espace de stockage (\(size(most, "o", point: ","))) est plein. Supprimez des messages ou des fichiers, puis réessayez.",
        en: "Your storage is full (\(size(most, "B", point: "."))). Delete messages or files and try again."
      ))
  }

  private static func field(_ resource: Amounts.Resource) -> String? {
    switch resource {
    case .cores: "vcpu"
    case .memory: "memory"
    case .disk: "disk_size"
    case .machines, .bytes: nil
    }
  }

  private static func some(_ resource: Amounts.Resource, _ left: Int64, _ most: Int64) -> Sentence {
    let words = words(resource)
    return Sentence(
      fr:
        "Quota dépassé : disponible \(left) sur \(most) \(words.fr). Réduisez la taille ou supprimez une machine.",
      en:
        "Quota exceeded: \(left) of \(most) \(words.en) available. Choose a smaller size or delete a machine."
    )
  }

  private static func none(_ resource: Amounts.Resource, _ most: Int64) -> Sentence {
    let words = words(resource)
    return Sentence(
      fr: "Quota atteint : \(most) \(words.fr). Supprimez une machine ou contactez votre administrateur.",
      en: "Quota reached: \(most) \(words.en). Delete a machine or contact your administrator.")
  }

  private static func words(_ resource: Amounts.Resource) -> (fr: String, en: String) {
    switch resource {
    case .machines: ("machines", "machines")
    case .cores: ("cœurs", "cores")
    case .memory: ("Mo de mémoire", "MB of memory")
    case .disk: ("Go de disque", "GB of disk")
    case .bytes: ("octets", "bytes")
    }
  }

  /// A size in its largest unit, with one decimal unless it is a whole number.
  private static func size(_ bytes: Int64, _ unit: String, point: String) -> String {
    for (shift, prefix) in [(30, "G"), (20, "M"), (10, "k")] where bytes >= 1 << shift {
      let tenths = (bytes >> (shift - 10)) * 10 >> 10
      return "\(tenths / 10)" + (tenths % 10 == 0 ? "" : "\(point)\(tenths % 10)") + " \(prefix)\(unit)"
    }
    return "\(bytes) \(unit)"
  }
}
