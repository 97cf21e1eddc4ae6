import Glibc
import HTTP
import Store
import Synchronization

/// `obox serve`: runs the daemon until SIGTERM or SIGINT.
struct ServeCommand {
  static let syntax = CommandSyntax(
    name: "serve", summary: "Run the daemon.",
    options: [
      SiteOptions.data, SiteOptions.config,
      .value("listen", "ADDR:PORT", "Where to listen (0.0.0.0:4000)."),
      .value("libvirt", "URI", "Which hypervisor to drive (qemu:///system where it answers)."),
      .value("assets", "DIR", "Serve the page from a folder while working on it."),
      .flag("demo", "Make accounts to try with, and print how to sign in."),
    ])

  let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  func run() async throws(CommandFailure) {
    var overrides: [Setting: String] = [:]
    overrides[.listen] = arguments["listen"]
    overrides[.libvirtURI] = arguments["libvirt"]
    let site = try SiteOptions.site(arguments, overrides: overrides)
    let log = Log(level: site.configuration.logLevel)
    for warning in site.configuration.warnings { log.warn("configuration") { $0.field("problem", warning) } }

    let appliance: Appliance
    let port: Int
    do {
      appliance = try Appliance(site: site, log: log)
      do {
        port = try await appliance.start()
      } catch {
        await appliance.database.close()
        throw error
      }
    } catch {
      log.flush()
      throw CommandFailure(error, data: site.dataFolder)
    }
    await announce(appliance, port: port)
    appliance.loop.timer(after: .seconds(2)) {
      _ = BackgroundThread.start(named: "settle") { ProgramText.giveBack() }
    }
    await Self.untilAskedToStop(appliance.loop)
    await appliance.stop()
  }

  private static func failed(_ what: StaticString, _ error: any Error, _ appliance: Appliance) {
    appliance.log.error("start") { line in
      line.field("step", what)
      line.field("error", error)
    }
  }

  private func announce(_ appliance: Appliance, port: Int) async {
    let site = appliance.site
    Terminal.say("OBox \(Version.text) serves \(site.publicURL)\n")
    if site.sharesCookiesWithMachines {
      appliance.log.warn("cookies_shared_with_machines") { line in
        line.field("host", site.publicIP)
        line.field(
          "message",
          "the page and the machines' ports share one host name without TLS, so browsers send the sign-in cookie to "
            + "machines: set TLS_CERT and TLS_KEY, or give PUBLIC_URL another host name than PUBLIC_IP")
      }
    }
    Terminal.say("Data: \(site.dataFolder)  Hypervisor: \(site.libvirtURI)\n")
    do {
      if site.isDemo {
        for line in try await DemoSeed(appliance).run() { Terminal.say(line + "\n") }
      } else if let link = try await SetupFeature.link(appliance) {
        Terminal.say("No administrator yet. Create one within 24 hours at:\n")
        Terminal.say("  \(link)\n")
      }
    } catch {
      Self.failed("accounts", error, appliance)
    }
  }

  private static func untilAskedToStop(_ loop: Loop) async {
    let (signals, arrived) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    for number in [SIGTERM, SIGINT] { loop.onSignal(number) { arrived.yield() } }
    for await _ in signals { return }
  }
}
