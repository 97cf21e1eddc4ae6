import Glibc
import HTTP

/// The program `obox`: parses the command line and runs one command.
@main
struct Command {
  static func main() async {
    let words = Array(CommandLine.arguments.dropFirst())
    do throws(CommandFailure) {
      switch try request(words) {
      case .help(let text): Terminal.write(text)
      case .run(let name, let arguments): try await run(name, arguments)
      }
    } catch {
      Terminal.writeError(error.message)
      exit(error.status)
    }
  }

  static let syntax = ProgramSyntax(
    name: "obox", summary: "OBox: virtual machines and chat on one host.",
    commands: [
      ServeCommand.syntax, DoctorCommand.syntax, CheckCommand.syntax, ReportCommand.syntax,
      CreateBackupCommand.syntax, ListBackupsCommand.syntax, PruneBackupsCommand.syntax,
      VerifyBackupCommand.syntax, RestoreCommand.syntax, CreateUserCommand.syntax, ListUsersCommand.syntax,
      ResetPasswordCommand.syntax, UnlockUserCommand.syntax, DisableTOTPCommand.syntax,
      RemoveDemoCommand.syntax, versionSyntax,
    ])

  private static let versionSyntax = CommandSyntax(name: "version", summary: "Show the version.")

  private static func request(_ words: [String]) throws(CommandFailure) -> ProgramSyntax.Request {
    do {
      return try syntax.parse(words)
    } catch {
      throw CommandFailure("\(error)\nRun “obox help” for the list of commands.", status: 2)
    }
  }

  private static func run(_ name: String, _ arguments: Arguments) async throws(CommandFailure) {
    switch name {
    case ServeCommand.syntax.name: try await ServeCommand(arguments).run()
    case CreateUserCommand.syntax.name: try await CreateUserCommand(arguments).run()
    case ListUsersCommand.syntax.name: try await ListUsersCommand(arguments).run()
    case RemoveDemoCommand.syntax.name: try await RemoveDemoCommand(arguments).run()
    case CreateBackupCommand.syntax.name: try await CreateBackupCommand(arguments).run()
    case ListBackupsCommand.syntax.name: try await ListBackupsCommand(arguments).run()
    case PruneBackupsCommand.syntax.name: try await PruneBackupsCommand(arguments).run()
    case VerifyBackupCommand.syntax.name: try await VerifyBackupCommand(arguments).run()
    case RestoreCommand.syntax.name: try await RestoreCommand(arguments).run()
    case CheckCommand.syntax.name:
      try await CheckCommand.run(arguments) {
        (question: JSONValue) async throws(CommandFailure) -> CommandAnswer in
        try await StoppedInstallation.ask(question, arguments)
      }
    case ReportCommand.syntax.name:
      let file = try ReportCommand.file(arguments)
      try file.write(await StoppedInstallation.ask(ReportCommand.question, arguments))
    case DoctorCommand.syntax.name, ResetPasswordCommand.syntax.name, UnlockUserCommand.syntax.name,
      DisableTOTPCommand.syntax.name:
      try await StoppedInstallation.ask(question(name, arguments), arguments).show()
    default: Terminal.write("obox \(Version.text)\n")
    }
  }

  private static func question(_ name: String, _ arguments: Arguments) -> JSONValue {
    switch name {
    case ResetPasswordCommand.syntax.name: ResetPasswordCommand.question(arguments)
    case UnlockUserCommand.syntax.name: UnlockUserCommand.question(arguments)
    case DisableTOTPCommand.syntax.name: DisableTOTPCommand.question(arguments)
    default: DoctorCommand.question
    }
  }
}
