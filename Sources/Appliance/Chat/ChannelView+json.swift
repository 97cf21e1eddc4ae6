import HTTP

extension ChannelView {
  static let schema = Schema.named(
    "Channel",
    .members([
      "id": .id, "type": .words(Channel.Kind.self), "name": .string, "topic": .string, "isGeneral": .boolean,
      "archived": .boolean, "createdBy": .idOrEmpty, "createdAt": .time, "updatedAt": .time,
      "memberCount": .integer,
      "joined": .boolean, "role": .optional(.words(Channel.MemberRole.self)), "admin": .boolean,
      "muted": .boolean,
      "unread": .integer, "mentions": .integer, "last": .id, "readId": .id, "revision": .integer,
      "slowSeconds": .integer, "retentionDays": .integer,
      "with": .optional(
        .members([
          "id": .id, "name": .string, "username": .string, "avatar": .string, "lastSeen": .optional(.time),
        ])),
      "preview": .optional(
        .members(["id": .id, "authorName": .string, "text": .string, "createdAt": .time])),
    ]))

  /// The field `admin` says whether this account may change the channel, by its role in it or on the site.
  func write(to json: inout JSONWriter, for account: Account, _ activity: Activity) {
    json.object { json in
      json.id("id", id)
      json.field("type", kind)
      json.field("name", name)
      json.field("topic", topic)
      json.field("isGeneral", isGeneral)
      json.field("archived", isArchived)
      json.field("createdBy", createdBy.map { String($0) } ?? "")
      json.time("createdAt", createdAt)
      json.time("updatedAt", updatedAt)
      json.field("memberCount", memberCount)
      json.field("joined", isJoined)
      json.field("role", role)
      json.field(
        "admin", kind != "direct" && (role == "admin" || kind == "public" && account.role != .employee))
      json.field("muted", isMuted)
      json.field("unread", unread)
      json.field("mentions", mentions)
      json.id("last", last)
      json.id("readId", readID)
      json.field("revision", revision)
      json.field("slowSeconds", slowSeconds)
      json.field("retentionDays", retentionDays)
      json.key("with")
      if let peer {
        json.object { json in
          json.id("id", peer.id)
          json.field("name", peer.name)
          json.field("username", peer.username)
          json.field("avatar", peer.avatar)
          json.time("lastSeen", activity.seen(peer.id, isActive: peer.isActive))
        }
      } else {
        json.null()
      }
      json.key("preview")
      if let preview {
        json.object { json in
          json.id("id", preview.id)
          json.field("authorName", preview.author)
          json.field("text", preview.text)
          json.time("createdAt", preview.createdAt)
        }
      } else {
        json.null()
      }
    }
  }
}
