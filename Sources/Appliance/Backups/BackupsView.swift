import HTTP
import Store

/// What the page of backups shows.
struct BackupsView: Sendable {
  let settings: Configuration.Backups?
  let items: [BackupFolder.Item]
  /// Why the backups could not be listed, as a code.
  let problem: String?
  let verdicts: [String: BackupRuns.Verdict]
  let created: BackupRuns.Run?
  let verified: BackupRuns.Run?
  let job: Job?
  let steps: [String]

  private static let runSchema = Schema.optional(
    .members([
      "at": .described("when it last succeeded", .optional(.time)),
      "name": .optional(.string),
      "error": .described("why the last attempt failed", .optional(Refusals.schema)),
    ]))

  static let schema = Schema.members([
    "folder": .described("null: no folder is configured", .optional(.string)),
    "schedule": .optional(
      .members(["hour": .integer(0...23), "days": .integer, "weeks": .integer, "months": .integer])),
    "problem": .described("why the backups cannot be listed", .optional(Refusals.schema)),
    "lastBackup": runSchema, "lastVerification": runSchema,
    "backups": .array(
      .members([
        "name": .string, "createdAt": .time, "bytes": .integer, "version": .string,
        "verifiedAt": .described("when it was last verified", .optional(.time)),
        "error": .described("what the verification found", .optional(Refusals.schema)),
      ])),
    "job": .described("the backup or verification that is not finished", .optional(Job.schema)),
  ])

  func write(to json: inout JSONWriter, in language: Language) {
    json.object { json in
      json.field("folder", settings?.folder)
      json.key("schedule")
      if let settings { Self.write(settings, to: &json) } else { json.null() }
      Self.write("problem", problem, to: &json, in: language)
      Self.write("lastBackup", created, to: &json, in: language)
      Self.write("lastVerification", verified, to: &json, in: language)
      json.array("backups") { json in
        for item in items { write(item, to: &json, in: language) }
      }
      json.key("job")
      if let job { job.write(to: &json, steps: steps, language: language) } else { json.null() }
    }
  }

  private static func write(_ settings: Configuration.Backups, to json: inout JSONWriter) {
    json.object { json in
      json.field("hour", settings.hour)
      json.field("days", settings.kept.days)
      json.field("weeks", settings.kept.weeks)
      json.field("months", settings.kept.months)
    }
  }

  private static func write(
    _ name: StaticString, _ code: String?, to json: inout JSONWriter, in language: Language
  ) {
    json.key(name)
    if let code { Refusals.write(code, to: &json, in: language) } else { json.null() }
  }

  private static func write(
    _ name: StaticString, _ run: BackupRuns.Run?, to json: inout JSONWriter, in language: Language
  ) {
    json.key(name)
    guard let run else { return json.null() }
    json.object { json in
      json.time("at", run.succeededAt)
      json.field("name", run.name)
      write("error", run.errorCode, to: &json, in: language)
    }
  }

  private func write(_ item: BackupFolder.Item, to json: inout JSONWriter, in language: Language) {
    let verdict = verdicts[item.name]
    json.object { json in
      json.field("name", item.name)
      json.time("createdAt", item.createdAt)
      json.field("bytes", item.bytes)
      json.field("version", item.version)
      json.time("verifiedAt", verdict?.at)
      Self.write("error", verdict?.errorCode, to: &json, in: language)
    }
  }
}
