/// Permissions.
extension ForumTopic {
  func isModerated(by account: Account) -> Bool { category.isModerated(by: account) }

  func isReadable(by account: Account) -> Bool {
    if isModerated(by: account) { return true }
    guard category.isReadable(by: account), deletedAt == nil else { return false }
    return status == .published || authorID == account.id
      || status == .pending && account.has(right: Permission.validateTopics.rawValue)
  }

  func isEditable(by account: Account) -> Bool {
    guard deletedAt == nil, !isModerated(by: account) else { return deletedAt == nil }
    return authorID == account.id && !isLocked && !isSealed(for: account)
  }

  /// Whether it was approved as it stands, and so is changed only by those who approve topics.
  func isSealed(for account: Account) -> Bool {
    approvals.topics && status == .published && !category.isDecided(by: account, .validateTopics)
  }

  func isDeletable(by account: Account) -> Bool {
    deletedAt == nil && (isModerated(by: account) || authorID == account.id && replies == 0)
  }

  func isDecided(by account: Account) -> Bool {
    status == .pending && deletedAt == nil && category.isDecided(by: account, .validateTopics)
  }

  func takesReplies(of account: Account) -> Bool { isLive && (!isLocked || isModerated(by: account)) }

  static let verbs = ["reply", "edit", "delete", "moderate", "solve", "decide", "restore"]

  func may(_ account: Account) -> [String] {
    let isOfModerator = isModerated(by: account)
    let allowed: [String: Bool] = [
      "reply": takesReplies(of: account), "edit": isEditable(by: account), "delete": isDeletable(by: account),
      "moderate": isOfModerator && deletedAt == nil,
      "solve": isLive && (isOfModerator || authorID == account.id),
      "decide": isDecided(by: account), "restore": isOfModerator && deletedAt != nil && !isMerged,
    ]
    return Self.verbs.filter { allowed[$0] == true }
  }
}
