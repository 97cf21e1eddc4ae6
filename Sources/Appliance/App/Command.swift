import Glibc
import Store

/// The program `obox`: reads the command line and hands over to one command.
@main
struct Command {
  static func main() async {
    let words = Array(CommandLine.arguments.dropFirst())
    do throws(CommandFailure) {
      switch try request(words) {
      case .help(let text): Terminal.say(text)
      case .run(let name, let arguments): try await run(name, arguments)
      }
    } catch {
      Terminal.complain(error.message)
      exit(error.status)
    }
  }

  static let syntax = ProgramSyntax(
    name: "obox", summary: "OBox: virtual machines and chat on one host.",
    commands: [ServeCommand.syntax, CreateUserCommand.syntax, ListUsersCommand.syntax, versionSyntax])

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
    default: Terminal.say("obox \(Version.text)\n")
    }
  }
}

/// Why a command ends, in one line, and with which status.
struct CommandFailure: Error {
  let message: String
  let status: Int32

  init(_ message: String, status: Int32 = 1) {
    self.message = message
    self.status = status
  }

  /// What went wrong with an installation's data, as somebody at a terminal can act on it.
  init(_ error: any Error, data: String) {
    guard let error = error as? StoreError, case .locked(let process) = error.code else {
      self.init("\(error)")
      return
    }
    self.init("\(data) is already in use by OBox (process \(process)). Stop it first or use its web page.")
  }
}

/// The terminal that a command speaks to.
enum Terminal {
  /// Writes to standard output at once, so that who reads a pipe sees it.
  static func say(_ text: String) {
    put(text, STDOUT_FILENO)
  }

  static func complain(_ message: String) {
    put("obox: \(message)\n", STDERR_FILENO)
  }

  private static func put(_ text: String, _ file: Int32) {
    _ = Array(text.utf8).withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
  }
}
