import HTTP
import Hypervisor
import Store

/// Health check, and what the page needs to know before sign-in.
struct StatusFeature: Feature {
  let site: Site
  let clock: Clock
  let database: Database
  let host: Host
  let settings: SystemSettings

  var routes: [Route] {
    [
      .get("/api/health", .everyone, "Check that the server is up", response: Self.healthSchema, health),
      .get(
        "/api/appliance", .everyone, "Get public information for the sign-in page", response: Self.schema,
        describe),
    ]
  }

  private static let healthSchema = Schema.members([
    "status": .enumeration(["ok"]), "version": .string,
    "hypervisor": .enumeration(["connected", "unreachable"]), "time": .time,
  ])

  private func health(_ request: Request) async throws -> Response {
    let isReachable = host.isConnected
    return .json { json in
      json.object { json in
        json.field("status", "ok")
        json.field("version", Version.text)
        json.field("hypervisor", isReachable ? "connected" : "unreachable")
        json.time("time", clock.now())
      }
    }
  }

  private static let schema = Schema.members([
    "name": .string, "version": .string, "setupNeeded": .boolean,
    "registration": .words(Configuration.Registration.self),
    "demo": .described("whether there is demo data", .boolean), "uploadMB": .integer,
    "cookiesShared": .boolean,
    "mail": .enumeration(["mailbox", "smtp"]),
    "modules": .object(Module.allCases.map { ("\($0.word)", .boolean, required: true) }),
  ])

  private func describe(_ request: Request) async throws -> Response {
    let (hasAdmin, hasDemo) = try await database.read { connection in
      (try SetupFeature.hasAdmin(connection), try DemoData.isThere(connection))
    }
    return .json { json in
      json.object { json in
        json.field("name", "OBox")
        json.field("version", Version.text)
        json.field("setupNeeded", !hasAdmin)
        json.field("registration", site.configuration.registration.rawValue)
        json.field("demo", hasDemo)
        json.field("uploadMB", site.configuration.uploadMegabytes)
        json.field("cookiesShared", site.sharesCookiesWithMachines)
        json.field("mail", site.configuration.mail == nil ? "mailbox" : "smtp")
        json.object("modules") { json in
          for module in Module.allCases { json.field(module.word, settings.isOn(module)) }
        }
      }
    }
  }
}
