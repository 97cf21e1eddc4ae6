import HTTP

extension ForumTopic {
  static let schema = Schema.named(
    "ForumTopic",
    .object([
      ("id", .id, required: true), ("categoryId", .id, required: true),
      ("categoryName", .string, required: true),
      ("authorId", .optional(.id), required: true), ("authorName", .string, required: true),
      ("title", .string, required: true), ("description", .string, required: true),
      ("isSticky", .boolean, required: true), ("isPinned", .boolean, required: true),
      ("isLocked", .boolean, required: true), ("isAnnouncement", .boolean, required: true),
      ("tags", .array(.string), required: true), ("status", ForumStatus.schema, required: true),
      ("reason", .described("why it was rejected", .string), required: true),
      ("viewCount", .described("the people who have opened it", .integer), required: true),
      ("postCount", .integer, required: true), ("replyCount", .integer, required: true),
      ("lastPostAt", .optional(.time), required: true), ("lastReplyAt", .optional(.time), required: true),
      ("lastReplyByName", .optional(.string), required: true), ("isSolved", .boolean, required: true),
      ("solutionId", .described("the post that solved it", .optional(.id)), required: true),
      ("isFollowed", .boolean, required: true),
      (
        "firstUnread",
        .described("the `number` of the first post that you have not read", .optional(.integer)),
        required: true
      ),
      ("unreadCount", .described("at most \(mostUnread)", .integer), required: true),
      ("deletedAt", .optional(.time), required: true),
      ("may", .described("what you may do", .array(.enumeration(verbs))), required: true),
      ("createdAt", .time, required: true), ("updatedAt", .time, required: true),
    ]))

  static let gone = Sentence(fr: "Compte supprimé", en: "Deleted account")

  func write(to json: inout JSONWriter, for reader: Account, in language: Language) {
    json.object { json in
      json.id("id", id)
      json.id("categoryId", category.id)
      json.field("categoryName", category.name)
      json.field("authorId", authorID.map { String($0) })
      json.field("authorName", authorName.isEmpty ? Self.gone(language) : authorName)
      json.field("title", title)
      json.field("description", description)
      json.field("isSticky", isSticky)
      json.field("isPinned", isPinned)
      json.field("isLocked", isLocked)
      json.field("isAnnouncement", isAnnouncement)
      json.key("tags")
      json.raw(Array(tags.utf8))
      json.field("status", status.rawValue)
      json.field("reason", reason)
      json.field("viewCount", views)
      json.field("postCount", posts)
      json.field("replyCount", replies)
      json.time("lastPostAt", last?.at)
      let reply = last.flatMap { $0.isFirst ? nil : $0 }
      json.time("lastReplyAt", reply?.at)
      json.field("lastReplyByName", reply.map { $0.authorName.isEmpty ? Self.gone(language) : $0.authorName })
      json.field("isSolved", solutionID != nil)
      json.field("solutionId", solutionID.map { String($0) })
      json.field("isFollowed", isFollowed)
      json.field("firstUnread", firstUnread.map { JSONValue.integer($0) } ?? .null)
      json.field("unreadCount", unread)
      json.time("deletedAt", deletedAt)
      json.field("may", .array(may(reader).map(JSONValue.string)))
      json.time("createdAt", createdAt)
      json.time("updatedAt", updatedAt)
    }
  }
}
