import HTTP

/// How many people were reminded, and how many were not because they had been within the last day.
struct ReminderAnswer: Sendable {
  let count: Int
  let skipped: Int

  static let schema = Schema.members([
    "success": .boolean, "message": .string, "count": .described("people reminded", .integer),
    "skipped": .described("people who were reminded within the last day", .integer),
  ])

  private var sentence: Sentence {
    let rest =
      skipped == 0
      ? Sentence(fr: "", en: "")
      : Sentence(
        fr: " \(skipped) l’\(skipped == 1 ? "a" : "ont") déjà été depuis 24 h.",
        en: " \(skipped) had been reminded within the last 24 hours.")
    return Sentence(
      fr: "\(count) personne\(count < 2 ? "" : "s") relancée\(count < 2 ? "" : "s").\(rest.fr)",
      en: "\(count) \(count == 1 ? "person" : "people") reminded.\(rest.en)")
  }

  func response(to request: Request) -> Response {
    .json { json in
      json.object { json in
        json.field("success", true)
        json.field("message", sentence(request.language))
        json.field("count", count)
        json.field("skipped", skipped)
      }
    }
  }
}
