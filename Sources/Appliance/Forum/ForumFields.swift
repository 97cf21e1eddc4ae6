import HTTP
import Store

/// What people write in the forum.
enum ForumFields {
  static let title = Column("title", .text(1...200), fr: "Titre", en: "Title")
  static let description = Column(
    "description", .text(0...1_000, lines: true), fr: "Description", en: "Description", initial: "".value)
  static let tags = Column("tags", .tags, fr: "Mots-clés", en: "Tags", initial: "[]".value)
  static let isSticky = flag("isSticky", fr: "En tête", en: "Sticky")
  static let isPinned = flag("isPinned", fr: "Épinglé", en: "Pinned")
  static let isLocked = flag("isLocked", fr: "Fermé", en: "Locked")
  static let isAnnouncement = flag("isAnnouncement", fr: "Annonce", en: "Announcement")
  static let flags = [isSticky, isPinned, isLocked, isAnnouncement]

  static let content = Column("content", .text(1...10_000, lines: true), fr: "Message", en: "Post")
  static let reason = Column(
    "reason", .text(0...500, lines: true), fr: "Motif", en: "Reason", initial: "".value)

  /// Used only to validate values, as resources do.
  static let topic = Resource(
    "forum-topics", table: "forum_topics", title: Sentence(fr: "Sujets", en: "Topics"),
    noun: Sentence(fr: "un sujet", en: "a topic"), columns: [title, description, tags] + flags)

  private static func flag(_ name: String, fr: String, en: String) -> Column {
    Column(name, .flag, fr: fr, en: en, initial: false.value)
  }

  private static func members(isNew: Bool) -> [(String, Schema, required: Bool)] {
    topic.columns.map { ($0.name, $0.bodySchema, required: isNew && $0.initial == nil) } + [
      ("categoryId", .reference, required: isNew)
    ]
  }

  static let newTopic = Schema.object(
    members(isNew: true) + [
      (
        "content",
        .described("the first post; it may also come by itself, with `isFirstPost`", .optional(.string)),
        required: false
      ), ("files", AttachedFiles.bodySchema, required: false),
    ])
  static let topicChange = Schema.object(members(isNew: false))
  static let newPost = Schema.object([
    ("topicId", .reference, required: true), ("content", content.bodySchema, required: true),
    ("isFirstPost", .optional(.boolean), required: false),
    ("quotedId", .optional(.reference), required: false),
    ("files", AttachedFiles.bodySchema, required: false),
  ])
  static let change = Schema.object([
    ("content", content.bodySchema, required: true), ("files", AttachedFiles.bodySchema, required: false),
  ])
  static let text = Schema.object([("content", content.bodySchema, required: true)])
  static let reasoned = Schema.object([("reason", .optional(.text(0...500)), required: false)])

  /// The text of a post. Throws 400.
  static func content(of body: JSONValue) throws(Failure) -> String {
    try text(content, of: body)
  }

  /// The addresses of the files in a body; nil where it has none. Throws 400.
  static func files(of body: JSONValue) throws(Failure) -> [String]? {
    do throws(FieldError) { return try AttachedFiles.addresses(in: body) } catch { throw .invalid([error]) }
  }

  /// The first post that comes with a topic; nil where there is none.
  static func firstContent(of body: JSONValue) throws(Failure) -> String? {
    guard let json = body["content"], !json.isNull, json.string?.isInvisible != true else { return nil }
    return try text(content, of: body)
  }

  static func text(_ column: Column, of body: JSONValue) throws(Failure) -> String {
    do throws(FieldError) {
      guard let json = body[column.name] else {
        if column.initial == nil { throw column.required }
        return ""
      }
      if case .text(let text) = try column.value(of: json) { return text }
      return ""
    } catch {
      throw .invalid([error])
    }
  }

  /// Whether a flag is set in the body. Throws 400 for a value of another type.
  static func isSet(_ field: String, in body: JSONValue) throws(Failure) -> Bool {
    guard let value = body[field], !value.isNull else { return false }
    guard let flag = value.bool else {
      throw .invalid([FieldError(field, "NOT_A_FLAG", Sentence(fr: "Vrai ou faux.", en: "True or false."))])
    }
    return flag
  }

  /// A number in the body: the id of a row, or none. Throws 400 where one is needed.
  static func needed(_ field: String, of body: JSONValue) throws(Failure) -> Int64 {
    guard let id = try Reference(field, of: body).id else {
      throw .invalid([
        FieldError(
          field, "REQUIRED", Sentence(fr: "Ce champ est obligatoire.", en: "This field is required."))
      ])
    }
    return id
  }
}
