import HTTP

extension ForumPost {
  private static let quoteSchema = Schema.members(["id": .id, "authorName": .string, "text": .string])

  static let schema = Schema.named(
    "ForumPost",
    .object([
      ("id", .id, required: true), ("topicId", .id, required: true), ("topicTitle", .string, required: true),
      ("number", .described("its place among all posts", .integer), required: true),
      ("authorId", .optional(.id), required: true), ("authorName", .string, required: true),
      ("content", .described("Markdown; empty in a deleted post", .string), required: true),
      ("html", .described("the content as HTML, without HTML of its own", .string), required: true),
      ("isFirstPost", .boolean, required: true), ("isEdited", .boolean, required: true),
      ("editedAt", .optional(.time), required: true), ("status", ForumStatus.schema, required: true),
      ("reason", .described("why it was rejected", .string), required: true),
      ("likeCount", .described("reactions of all kinds", .integer), required: true),
      ("reactions", ForumReaction.Counts.schema, required: true),
      ("myReaction", .optional(ForumReaction.schema), required: true),
      ("quote", .optional(quoteSchema), required: true),
      ("files", AttachedFiles.answerSchema, required: true),
      ("isSolution", .boolean, required: true),
      ("isDeleted", .boolean, required: true), ("deletedAt", .optional(.time), required: true),
      ("deletedByName", .optional(.string), required: true),
      ("may", .described("what you may do", .array(.enumeration(verbs))), required: true),
      ("createdAt", .time, required: true), ("updatedAt", .time, required: true),
    ]))

  func write(to json: inout JSONWriter, for reader: Account, in topic: ForumTopic, _ language: Language) {
    let isShown = isShown(to: reader, in: topic)
    func name(_ text: String) -> String { text.isEmpty ? ForumTopic.gone(language) : text }
    json.object { json in
      json.id("id", id)
      json.id("topicId", topicID)
      json.field("topicTitle", topicTitle)
      json.field("number", number)
      json.field("authorId", authorID.map { String($0) })
      json.field("authorName", name(authorName))
      json.field("content", isShown ? content : "")
      json.field("html", isShown ? html : "")
      json.field("isFirstPost", isFirst)
      json.field("isEdited", editedAt != nil)
      json.time("editedAt", editedAt)
      json.field("status", status.rawValue)
      json.field("reason", reason)
      json.field("likeCount", reactions.all)
      reactions.write(to: &json)
      json.field("myReaction", myReaction)
      if let quote, isShown {
        json.object("quote") { json in
          json.id("id", quote.id)
          json.field("authorName", name(quote.authorName))
          json.field("text", quote.text)
        }
      } else {
        json.field("quote", JSONValue.null)
      }
      AttachedFiles.write(isShown ? files : [], to: &json)
      json.field("isSolution", isSolution)
      json.field("isDeleted", deletedAt != nil)
      json.time("deletedAt", deletedAt)
      json.field("deletedByName", deletedAt == nil ? nil : name(deleterName))
      json.field("may", .array(may(reader, in: topic).map(JSONValue.string)))
      json.time("createdAt", createdAt)
      json.time("updatedAt", updatedAt)
    }
  }
}

extension ForumReaction.Counts {
  var all: Int64 { like + love + laugh + angry }
}
