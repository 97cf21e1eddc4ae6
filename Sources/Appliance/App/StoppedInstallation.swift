import HTTP
import Store

/// An installation whose daemon does not run: commands open its data folder themselves.
enum StoppedInstallation {
  /// The answer of the running daemon or, without one, that of the data folder.
  static func ask(
    _ question: JSONValue, _ arguments: Arguments
  ) async throws(CommandFailure) -> CommandAnswer {
    let site = try SiteOptions.existing(arguments)
    return try await ControlSocket.answer(question, of: site) { try await answer(question, site) }
  }

  /// Does what a command asks for, without a daemon.
  static func answer(_ question: JSONValue, _ site: Site) async throws -> CommandAnswer {
    let appliance = try Appliance(site: site, log: Log(level: .error))
    do {
      let health = Health(appliance.healthChecks.filter(\.worksOffline))
      let name = question["command"]?.string ?? ""
      guard let command = appliance.commands(health, isRunning: false)[name] else {
        throw CommandFailure("unknown command “\(name)”", status: 2)
      }
      let answer = try await command(question)
      await appliance.database.close()
      return answer
    } catch {
      await appliance.database.close()
      guard let failure = error as? Failure else { throw error }
      throw CommandFailure(CreateUserCommand.words(failure))
    }
  }
}
