import HTTP
import Store

/// The section of trainings: the next ones, and the mandatory ones to complete.
extension HomeSection {
  private static let mostTrainings = 5

  static let nextTrainings = Schema.array(
    .members([
      "id": .string, "title": .string, "startDate": .optional(.time), "location": .string,
      "isWaiting": .boolean,
    ]))

  static func trainings(_ settings: SystemSettings) -> HomeSection {
    HomeSection(
      name: "trainings",
      schema: .members([
        "next": nextTrainings,
        "due": .array(
          .members([
            "id": .string, "title": .string, "deadline": .optional(.time), "isLate": .boolean,
            "validUntil": .optional(.time),
          ])),
      ]), isOn: { settings.isOn(.training) }
    ) { account, now, connection, json in
      let next = try MyTrainings.next(for: account, at: now, in: connection).prefix(mostTrainings)
      let due = try MyTrainings.due(for: account, at: now, in: connection).prefix(mostTrainings)
      json.object { json in
        json.array("next") { json in for one in next { one.write(to: &json) } }
        json.array("due") { json in for one in due { write(one, at: now, to: &json) } }
      }
    }
  }

  private static func write(_ due: MyTrainings.Due, at now: Int64, to json: inout JSONWriter) {
    json.object { json in
      json.id("id", due.id)
      json.field("title", due.title)
      json.time("deadline", due.deadline)
      json.field("isLate", due.deadline.map { $0 <= now } ?? false)
      json.time("validUntil", due.validUntil)
    }
  }
}

extension MyTrainings.Next {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.id("id", id)
      json.field("title", title)
      json.time("startDate", start)
      json.field("location", location)
      json.field("isWaiting", isWaiting)
    }
  }
}
