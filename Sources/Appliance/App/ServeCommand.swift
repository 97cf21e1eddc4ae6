import Glibc
import HTTP
import Store
import Synchronization
import Threads

/// `obox serve`: runs the daemon until SIGTERM or SIGINT. SIGHUP restarts it with the current configuration
/// and certificate.
struct ServeCommand {
  static let syntax = CommandSyntax(
    name: "serve", summary: "Run the server.",
    options: [
      SiteOptions.data, SiteOptions.config,
      .value("listen", "ADDR:PORT", "Address and port to listen on (default: 0.0.0.0:4000)."),
      .value("libvirt", "URI", "Hypervisor to use (default: qemu:///system if available)."),
      .value("assets", "DIR", "Serve the web page from a folder (for development)."),
      .flag("demo", "Create demo accounts and print their password."),
    ])

  let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  func run() async throws(CommandFailure) {
    let program = Restart.program
    // Until its handler is installed, SIGHUP would end the process.
    signal(SIGHUP, SIG_IGN)
    let site = try site()
    guard !BackupRestore.isInterrupted(in: site.dataFolder) else {
      throw CommandFailure(
        "a restore into \(site.dataFolder) was interrupted. Run it again: obox restore FILE --replace")
    }
    let log = Log(level: site.configuration.logLevel)
    for warning in site.configuration.warnings { log.warn("configuration") { $0.field("problem", warning) } }

    let appliance: Appliance
    let port: Int
    do {
      appliance = try await Self.open(site) { try Appliance(site: site, log: log) }
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
    let signals = await Self.signals(on: appliance.loop)
    await announce(appliance, port: port)
    ServiceManager.ready()
    appliance.loop.timer(after: .seconds(2)) {
      _ = Thread("settle") { ProgramText.giveBack() }
    }
    let isRestart = await untilAskedToStop(signals, appliance)
    await appliance.stop()
    if isRestart { throw Restart.run(program) }
  }

  /// A command that runs without a daemon, such as `obox user create`, has the data folder for a moment: it is
  /// tried again for five seconds. A folder in use by a daemon is refused at once.
  static func open<Opened>(
    _ site: Site, pause: () async -> Void = ControlSocket.wait, _ body: () throws -> Opened
  ) async throws -> Opened {
    for _ in 0..<ControlSocket.attempts {
      do { return try body() } catch let error as StoreError {
        guard error.isLocked, !ControlSocket.isServed(at: ControlSocket.path(site)) else { throw error }
      }
      await pause()
    }
    return try body()
  }

  private func site() throws(CommandFailure) -> Site {
    var overrides: [Setting: String] = [:]
    overrides[.listen] = arguments["listen"]
    overrides[.libvirtURI] = arguments["libvirt"]
    return try SiteOptions.site(arguments, overrides: overrides)
  }

  private static func failed(_ what: StaticString, _ error: any Error, _ appliance: Appliance) {
    appliance.log.error("start") { line in
      line.field("step", what)
      line.field("error", error)
    }
  }

  private func announce(_ appliance: Appliance, port: Int) async {
    let site = appliance.site
    Terminal.write("OBox \(Version.text) is running at \(site.publicURL)\n")
    if site.sharesCookiesWithMachines {
      appliance.log.warn("cookies_shared_with_machines") { line in
        line.field("host", site.publicIP)
        line.field(
          "message",
          "the web page and the machines share one host name without TLS, so browsers send the session cookie to the "
            + "machines. Set TLS=auto, or TLS_CERT and TLS_KEY, or use different host names in PUBLIC_URL and PUBLIC_IP"
        )
      }
    }
    Terminal.write("Data folder: \(site.dataFolder)\nHypervisor: \(site.libvirtURI)\n")
    if appliance.certificates.isOwn, let certificate = appliance.certificates.certificate {
      Terminal.write("Certificate (self-signed), SHA-256: \(certificate.fingerprint)\n")
    }
    do {
      if !site.isDemo { try await DemoData(appliance: appliance).close() }
      if site.isDemo {
        for line in try await DemoSeed(appliance).run() { Terminal.write(line + "\n") }
      } else if let link = try await SetupFeature.link(site, appliance.database) {
        Terminal.write("No administrator yet. Create one with this link (valid for 24 hours):\n")
        Terminal.write("  \(link)\n")
      }
    } catch {
      Self.failed("accounts", error, appliance)
    }
  }

  /// The signals that arrive from now on. The handlers are installed before it returns, because a process
  /// that reads that the daemon is running may send one at once.
  private static func signals(on loop: Loop) async -> AsyncStream<Int32> {
    let (signals, arrived) = AsyncStream.makeStream(of: Int32.self, bufferingPolicy: .bufferingNewest(8))
    for number in [SIGTERM, SIGINT, SIGHUP] { loop.onSignal(number) { arrived.yield(number) } }
    // The loop runs its queue in order, so the handlers are installed when this runs.
    await withCheckedContinuation { installed in loop.run { installed.resume() } }
    return signals
  }

  /// Waits for a signal that ends this run; returns true for a restart. An invalid configuration is logged,
  /// and the run continues.
  private func untilAskedToStop(_ signals: AsyncStream<Int32>, _ appliance: Appliance) async -> Bool {
    for await number in signals {
      guard number == SIGHUP else { return false }
      do {
        let next = try site()
        if !next.configuration.hasOwnCertificate { try next.server.tls?.check() }
        appliance.log.info("reload") {
          $0.field("message", "configuration valid, restarting")
        }
        return true
      } catch {
        let reason = (error as? CommandFailure)?.message ?? "\(error)"
        appliance.log.error("reload") { $0.field("message", "configuration not reloaded: \(reason)") }
      }
    }
    return false
  }
}
