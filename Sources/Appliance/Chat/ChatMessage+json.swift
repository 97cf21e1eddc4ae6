import HTTP

extension ChatMessage {
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
