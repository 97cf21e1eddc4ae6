import HTTP

extension ChatMessage {
  static let schema = Schema.named(
    "Message",
    .members([
      "id": .id, "channel": .id, "authorId": .idOrEmpty, "authorName": .string, "text": .string,
      "clientId": .optional(.string), "replyTo": .optional(.id), "reply": .optional(Quoted.schema),
      "createdAt": .time,
      "editedAt": .optional(.time), "deletedAt": .optional(.time), "deletedBy": .optional(.id),
      "pinnedAt": .optional(.time), "pinnedBy": .optional(.id),
      "reactions": .array(.members(["emoji": .string, "users": .array(.id)])),
      "files": .array(UploadedFile.schema), "revision": .integer,
    ]))

  /// Writes the message as an object, for sockets and routes.
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.id("id", id)
      json.id("channel", channel)
      json.reference("authorId", authorID)
      json.field("authorName", authorName)
      json.field("text", text)
      json.field("clientId", clientID)
      json.optionalID("replyTo", replyTo)
      json.key("reply")
      if let reply { reply.write(to: &json) } else { json.null() }
      json.time("createdAt", createdAt)
      json.time("editedAt", editedAt)
      json.time("deletedAt", deletedAt)
      json.optionalID("deletedBy", deletedBy)
      json.time("pinnedAt", pinnedAt)
      json.optionalID("pinnedBy", pinnedBy)
      writeReactions(to: &json)
      json.array("files") { json in
        for file in files { file.write(to: &json) }
      }
      json.field("revision", revision)
    }
  }

  /// Writes `"reactions":[{emoji,users}]` into the current object.
  func writeReactions(to json: inout JSONWriter) {
    json.array("reactions") { json in
      for reaction in reactions {
        json.object { json in
          json.field("emoji", reaction.emoji)
          json.array("users") { json in
            for user in reaction.users { json.value(String(user)) }
          }
        }
      }
    }
  }
}

extension ChatMessage.Quoted {
  static let schema = Schema.members([
    "id": .id, "authorId": .idOrEmpty, "authorName": .string, "text": .string, "deleted": .boolean,
  ])

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.id("id", id)
      json.reference("authorId", authorID)
      json.field("authorName", authorName)
      json.field("text", isDeleted ? "" : text)
      json.field("deleted", isDeleted)
    }
  }
}

extension JSONWriter {
  /// An id, or null.
  mutating func optionalID(_ name: StaticString, _ id: Int64?) {
    if let id {
      self.id(name, id)
    } else {
      key(name)
      null()
    }
  }

  /// The id of a person, or `""` when deleted.
  mutating func reference(_ name: StaticString, _ id: Int64?) {
    if let id { self.id(name, id) } else { field(name, "") }
  }
}
