import HTTP
import Hypervisor
import Store

/// Whether the daemon is alive, and what a page needs to know before anyone signed in.
struct StatusFeature: Feature {
  let site: Site
  let clock: Clock
  let database: Database
  let host: Host

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
    "demo": .boolean, "uploadMB": .integer, "cookiesShared": .boolean,
    "mail": .enumeration(["mailbox", "smtp"]),
  ])

  private func describe(_ request: Request) async throws -> Response {
    let hasAdmin = try await database.read { try SetupFeature.hasAdmin($0) }
    return .json { json in
      json.object { json in
        json.field("name", "OBox")
        json.field("version", Version.text)
        json.field("setupNeeded", !hasAdmin)
        json.field("registration", site.configuration.registration.rawValue)
        json.field("demo", site.isDemo)
        json.field("uploadMB", site.configuration.uploadMegabytes)
        json.field("cookiesShared", site.sharesCookiesWithMachines)
        json.field("mail", site.configuration.mail == nil ? "mailbox" : "smtp")
      }
    }
  }
}
