import HTTP

/// `obox user reset-password`: sets a password, or prints a link for choosing one.
enum ResetPasswordCommand {
  static let syntax = CommandSyntax(
    name: "user reset-password", summary: "Set an account’s password, or print a link for choosing one.",
    options: [
      SiteOptions.data, SiteOptions.config, RescueOptions.login,
      .flag("password-stdin", "Read the new password from standard input, instead of printing a link."),
    ])

  static func question(_ arguments: Arguments) -> JSONValue {
    var question = RescueOptions.question(syntax, arguments)
    if arguments.has("password-stdin") {
      question["password"] = .string(readLine(strippingNewline: true) ?? "")
    }
    return .object(question)
  }
}

/// `obox user unlock`: ends the waiting after failed sign-ins, and activates a deactivated account.
enum UnlockUserCommand {
  static let syntax = CommandSyntax(
    name: "user unlock", summary: "Let an account sign in again: activate it, and end waits after failures.",
    options: [SiteOptions.data, SiteOptions.config, RescueOptions.login])

  static func question(_ arguments: Arguments) -> JSONValue {
    .object(RescueOptions.question(syntax, arguments))
  }
}

/// `obox user disable-totp`: turns off an account's two-step sign-in.
enum DisableTOTPCommand {
  static let syntax = CommandSyntax(
    name: "user disable-totp", summary: "Turn off an account’s two-step sign-in.",
    options: [SiteOptions.data, SiteOptions.config, RescueOptions.login])

  static func question(_ arguments: Arguments) -> JSONValue {
    .object(RescueOptions.question(syntax, arguments))
  }
}

/// What the rescue commands have in common.
enum RescueOptions {
  static let login = CommandSyntax.Option.value(
    "username", "NAME", "Username or email address.", required: true)

  static func question(_ syntax: CommandSyntax, _ arguments: Arguments) -> [String: JSONValue] {
    ["command": .string(syntax.name), "username": .string(arguments["username"] ?? "")]
  }
}
