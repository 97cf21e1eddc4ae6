import HTTP
import ICalendar
import Store

/// An entry of a person's own calendar, in the format of the Workspace client. Its times have no time zone.
struct AgendaEvent: Sendable {
  private static let longestTitle = 300
  private static let longestDescription = 10_000

  var id: Int64 = 0
  var title = ""
  /// As the client sent it: `2026-11-20T09:54:12`.
  var start = ""
  var end = ""
  var color = "#3B82F6"
  var description = ""
  var isAllDay = false

  static let columns = "id, title, start_text, end_text, color, description, all_day"

  static let schema = Schema.object([
    ("id", .integer, required: true), ("title", .string, required: true), ("start", .string, required: true),
    ("end", .string, required: true), ("color", .string, required: true),
    ("description", .string, required: true),
    ("all_day", .boolean, required: true),
  ])

  static func body(isNew: Bool) -> Schema {
    .object([
      ("title", .text(1...longestTitle), required: isNew),
      ("start", .described("a time on the wall, `2026-11-20T09:54:12`", .string), required: isNew),
      ("end", .optional(.string), required: false), ("color", .optional(.text(0...32)), required: false),
      ("description", .optional(.text(0...longestDescription)), required: false),
      ("all_day", .described("0 and 1 too", .either([.boolean, .integer])), required: false),
    ])
  }

  init() {}

  init(_ row: Row) {
    id = row.int64("id")
    title = row.text("title")
    start = row.text("start_text")
    end = row.text("end_text")
    color = row.text("color")
    description = row.text("description")
    isAllDay = row.bool("all_day")
  }

  /// Applies the fields of a request body. Throws 400.
  mutating func take(_ body: JSONValue) throws(Failure) {
    if let title = try PersonalRecords.name("title", of: body, most: Self.longestTitle) { self.title = title }
    if let description = try PersonalRecords.text("description", of: body, most: Self.longestDescription) {
      self.description = description
    }
    if let color = try PersonalRecords.text("color", of: body, most: 32) {
      guard color.utf8.allSatisfy(Self.isColorLetter) else {
        throw PersonalRecords.wrong(
          "color", "NOT_A_COLOR", fr: "Une couleur au format #10B981.", en: "A color such as #10B981.")
      }
      if !color.isEmpty { self.color = color }
    }
    let isMoved = body["start"] != nil
    if let start = try Self.time("start", of: body) { self.start = start }
    if let end = try Self.time("end", of: body) {
      self.end = end
    } else if isMoved, self.end.isEmpty {
      end = start
    }
    if let flag = body["all_day"], !flag.isNull {
      guard let isAllDay = flag.bool ?? flag.int.flatMap({ [0: false, 1: true][$0] }) else {
        throw PersonalRecords.wrong("all_day", "NOT_A_FLAG", fr: "Vrai ou faux.", en: "True or false.")
      }
      self.isAllDay = isAllDay
    }
    if title.isEmpty { throw PersonalRecords.required("title") }
    if start.isEmpty { throw PersonalRecords.required("start") }
    guard seconds.start <= seconds.end else {
      throw PersonalRecords.wrong(
        "end", "END_BEFORE_START", fr: "La fin ne peut pas précéder le début.",
        en: "The end cannot be before the start.")
    }
  }

  /// Start and end in seconds since 1970, ignoring time zones.
  var seconds: (start: Int64, end: Int64) {
    (WallClock(start)?.seconds ?? 0, WallClock(end)?.seconds ?? 0)
  }

  private static func time(_ field: String, of body: JSONValue) throws(Failure) -> String? {
    guard let json = body[field], !json.isNull else { return nil }
    guard let text = json.string, WallClock(text) != nil else {
      throw PersonalRecords.wrong(
        field, "NOT_A_TIME", fr: "Une heure sans fuseau, comme 2026-11-20T09:54:12.",
        en: "A time without zone, such as 2026-11-20T09:54:12.")
    }
    return text
  }

  private static func isColorLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x23, 0x25, 0x28, 0x29, 0x2C, 0x2E, 0x20, 0x2D, 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("id", id)
      json.field("title", title)
      json.field("start", start)
      json.field("end", end)
      json.field("color", color)
      json.field("description", description)
      json.field("all_day", isAllDay)
    }
  }
}
