import HTTP
import Store

/// Resets the demo data (`/api/admin/reset-test-data`), or removes it.
struct DemoFeature: Feature {
  let appliance: Appliance

  private static let schema = Schema.object([
    ("success", .boolean, required: true), ("message", .string, required: true),
    ("removed", .described("rows", .integer), required: true),
  ])

  var routes: [Route] {
    [
      .post(
        "/api/admin/reset-test-data", .right("admin"), "Put the demo data back as it was at the first start",
        response: Self.schema
      ) { request in
        let data = DemoData(appliance: appliance)
        let isThere = try await data.isThere()
        guard appliance.site.isDemo || isThere else { throw Self.noDemo }
        let removed = try await data.remove(as: .demoReset, by: try request.account(), request)
        try await DemoSeed(appliance).create()
        return Self.answer(
          removed, Sentence(fr: "Données de démonstration réinitialisées.", en: "Demo data was reset."),
          request)
      },
      .delete("/api/admin/demo-data", .right("admin"), "Remove the demo data", response: Self.schema) {
        request in
        let data = DemoData(appliance: appliance)
        guard try await data.isThere() else { throw Self.noDemo }
        return Self.answer(
          try await data.remove(by: try request.account(), request),
          Sentence(fr: "Données de démonstration supprimées.", en: "Demo data was removed."), request)
      },
    ]
  }

  private static let noDemo = Failure(
    409, "NO_DEMO_DATA",
    Sentence(
      fr: "Il n’y a pas de données de démonstration sur ce serveur.", en: "This server has no demo data."))

  private static func answer(_ removed: Int, _ sentence: Sentence, _ request: Request) -> Response {
    .json { json in
      json.object { json in
        json.field("success", true)
        json.field("message", sentence(request.language))
        json.field("removed", removed)
      }
    }
  }
}
