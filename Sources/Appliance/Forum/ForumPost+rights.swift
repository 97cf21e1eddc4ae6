/// Permissions. Who asks may read the topic.
extension ForumPost {
  func isReadable(by account: Account, in topic: ForumTopic) -> Bool {
    if topic.isModerated(by: account) || authorID == account.id { return true }
    if deletedAt != nil { return false }
    // The first post shares the state of its topic.
    return status == .published || isFirst
      || status == .pending && account.has(right: Permission.validatePosts.rawValue)
  }

  /// Whether the text of a deleted post may still be read.
  func isShown(to account: Account, in topic: ForumTopic) -> Bool {
    deletedAt == nil || topic.isModerated(by: account)
  }

  func isEditable(by account: Account, in topic: ForumTopic) -> Bool {
    guard deletedAt == nil, topic.deletedAt == nil else { return false }
    if topic.isModerated(by: account) { return true }
    return authorID == account.id && !topic.isLocked && !(isFirst && topic.isSealed(for: account))
  }

  /// Whether a reply that was approved waits again when the account edits it.
  func waitsAfterEdit(by account: Account, in topic: ForumTopic) -> Bool {
    topic.approvals.replies && !isFirst && status == .published
      && !topic.category.isDecided(by: account, .validatePosts)
  }

  func isDecided(by account: Account, in topic: ForumTopic) -> Bool {
    status == .pending && deletedAt == nil && !isFirst
      && topic.category.isDecided(by: account, .validatePosts)
  }

  static let verbs = ["edit", "delete", "react", "report", "history", "decide", "restore", "solve", "quote"]

  func may(_ account: Account, in topic: ForumTopic) -> [String] {
    let isOwn = authorID == account.id
    let isOfModerator = topic.isModerated(by: account)
    let allowed: [String: Bool] = [
      "edit": isEditable(by: account, in: topic), "delete": isEditable(by: account, in: topic) && !isFirst,
      "react": isLive && topic.isLive && !isOwn,
      // Moderators act themselves.
      "report": isLive && topic.isLive && !isOwn && !isOfModerator,
      "history": editedAt != nil && (isOwn && deletedAt == nil || isOfModerator),
      "decide": isDecided(by: account, in: topic), "restore": deletedAt != nil && isOfModerator,
      "solve": isLive && topic.isLive && !isFirst && (isOfModerator || topic.authorID == account.id),
      "quote": isLive && topic.takesReplies(of: account),
    ]
    return Self.verbs.filter { allowed[$0] == true }
  }
}
