import HTTP
import Store

extension Complaint {
  private static let members: [(String, Schema, required: Bool)] = [
    ("id", .string, required: true),
    ("submitterId", .described("null where it is anonymous", .optional(.string)), required: true),
    ("submitterName", .string, required: true), ("isAnonymous", .boolean, required: true),
    ("assignedToId", .optional(.string), required: true),
    ("assignedToName", .optional(.string), required: true), ("title", .string, required: true),
    ("description", .string, required: true),
    ("category", .enumeration(ComplaintFields.choices(ComplaintFields.category)), required: true),
    ("priority", .enumeration(ComplaintFields.choices(ComplaintFields.priority)), required: true),
    ("status", ComplaintStatus.schema, required: true),
    (
      "allowedStatuses", .described("what you may make of it", .array(ComplaintStatus.schema)), required: true
    ),
    (
      "may",
      .described(
        "what else you may do", .array(.enumeration(["edit", "delete", "comment_internally", "assign"]))),
      required: true
    ),
    ("dueAt", .time, required: true), ("isOverdue", .boolean, required: true),
    ("resolvedAt", .optional(.time), required: true), ("closedAt", .optional(.time), required: true),
    ("commentCount", .integer, required: true), ("files", AttachedFiles.answerSchema, required: true),
    ("createdAt", .time, required: true), ("updatedAt", .time, required: true),
  ]
  static let schema = Schema.object(members)
  static let createdSchema = Schema.object(
    members + [
      (
        "trackingCode",
        .described("of an anonymous one: shown once, its submitter follows it by it", .string),
        required: false
      )
    ])

  func name(in language: Language) -> String {
    if isAnonymous { return Self.anonymous(language) }
    return submitterName.isEmpty ? Self.gone(language) : submitterName
  }

  static let anonymous = Sentence(fr: "Anonyme", en: "Anonymous")
  static let gone = Sentence(fr: "Compte supprimé", en: "Deleted account")

  func write(
    to json: inout JSONWriter, for reader: Account, at now: Int64, in language: Language, code: String? = nil
  ) {
    json.object { json in
      json.id("id", id)
      json.field("submitterId", submitterID.map { String($0) })
      json.field("submitterName", name(in: language))
      json.field("isAnonymous", isAnonymous)
      json.field("assignedToId", assigneeID.map { String($0) })
      json.field("assignedToName", assigneeID == nil ? nil : assigneeName)
      json.field("title", title)
      json.field("description", description)
      json.field("category", category)
      json.field("priority", priority)
      json.field("status", status.rawValue)
      json.field("allowedStatuses", .array(allowed(for: reader).map { .string($0.rawValue) }))
      json.field("may", .array(may(reader).map(JSONValue.string)))
      json.time("dueAt", dueAt)
      json.field("isOverdue", status.isPending && dueAt <= now)
      json.time("resolvedAt", resolvedAt)
      json.time("closedAt", closedAt)
      json.field("commentCount", publicComments + (isHandled(by: reader) ? internalComments : 0))
      AttachedFiles.write(files, to: &json)
      json.time("createdAt", createdAt)
      json.time("updatedAt", updatedAt)
      if let code { json.field("trackingCode", code) }
    }
  }
}
