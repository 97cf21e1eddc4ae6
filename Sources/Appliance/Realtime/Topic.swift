/// What a socket can subscribe to.
enum Topic: Hashable, Sendable {
  /// Status, jobs and usage of the machines visible to the account.
  case machines
  /// Usage of the host; admins only.
  case system
  /// Which people are online.
  case presence
  /// One job.
  case job(Int64)

  /// Parses the API's names: `vms`, `system`, `job:17`.
  init?(_ text: String) {
    switch text {
    case "vms": self = .machines
    case "system": self = .system
    case "presence": self = .presence
    default:
      guard text.hasPrefix("job:"), let id = Int64(digits: text.dropFirst(4)), id > 0 else { return nil }
      self = .job(id)
    }
  }

  var word: String {
    switch self {
    case .machines: "vms"
    case .system: "system"
    case .presence: "presence"
    case .job(let id): "job:\(id)"
    }
  }
}

/// The accounts that may receive an event.
enum Audience: Sendable {
  case everyone
  case admins
  /// One person, and all admins.
  case owner(Int64)

  func includes(_ account: Account) -> Bool {
    switch self {
    case .everyone: true
    case .admins: account.role == .admin
    case .owner(let id): account.id == id || account.role == .admin
    }
  }
}
