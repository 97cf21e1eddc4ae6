import HTTP

/// Why somebody gets no more.
extension Failure {
  private static let quotaExceeded = "QUOTA_EXCEEDED"

  static func machineQuota(_ lacking: [Amounts.Resource], most: Amounts, used: Amounts) -> Failure {
    if lacking.contains(.machines) { return machineCountQuota(Int(clamping: most[.machines])) }
    let errors = lacking.compactMap { resource -> FieldError? in
      let left = max(0, most[resource] - used[resource])
      return field(resource).map {
        FieldError(
          $0, quotaExceeded, left > 0 ? some(resource, left, most[resource]) : none(resource, most[resource]))
      }
    }
    return Failure(
      400, quotaExceeded, errors.first?.sentence ?? Refusals.sentence(quotaExceeded), errors: errors)
  }

  static func machineCountQuota(_ most: Int) -> Failure {
    Failure(
      400, quotaExceeded,
      Sentence(
        fr: "Vous avez atteint votre quota de \(most) machines. Supprimez-en une d’abord.",
        en: "You have reached your quota of \(most) machines. Delete one first."))
  }

  static func storageQuota(most: Int64) -> Failure {
    Failure(
      413, quotaExceeded,
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

  /// A size in the largest unit, with one decimal where it is not whole.
  private static func size(_ bytes: Int64, _ unit: String, point: String) -> String {
    for (shift, prefix) in [(30, "G"), (20, "M"), (10, "k")] where bytes >= 1 << shift {
      let tenths = (bytes >> (shift - 10)) * 10 >> 10
      return "\(tenths / 10)" + (tenths % 10 == 0 ? "" : "\(point)\(tenths % 10)") + " \(prefix)\(unit)"
    }
    return "\(bytes) \(unit)"
  }
}
