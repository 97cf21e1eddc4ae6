import Glibc
import HTTP
import Store

/// `obox user create`: makes an account, also while no daemon runs.
struct CreateUserCommand {
  static let syntax = CommandSyntax(
    name: "user create", summary: "Create an account.",
    options: [
      SiteOptions.data, SiteOptions.config,
      .value("username", "NAME", "Name to sign in with.", required: true),
      .value("email", "ADDRESS", "E-mail address."),
      .value("name", "NAME", "Full name."),
      .value("role", "ROLE", "employee, moderator or admin (employee)."),
      .flag("password-stdin", "Read the password from standard input."),
    ])

  let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  func run() async throws(CommandFailure) {
    let role = arguments["role"] ?? "employee"
    guard let role = Role(rawValue: role) else {
      throw CommandFailure("--role \(role): choose employee, moderator or admin", status: 2)
    }
    guard arguments.has("password-stdin") else {
      throw CommandFailure("--password-stdin is needed: the password is read from standard input", status: 2)
    }
    var account = NewAccount(.object([:]), language: .fr)
    account.username = arguments["username"] ?? ""
    account.email = arguments["email"]?.lowercased()
    account.name = arguments["name"] ?? account.username
    account.role = role
    account.password = readLine(strippingNewline: true) ?? ""
    do throws(Failure) {
      try account.check(needsEmail: false, needsUsername: true)
    } catch {
      throw CommandFailure(Self.words(error), status: 2)
    }
    let site = try SiteOptions.site(arguments)
    try await create(account, site)
    Terminal.say("\(account.username) created as \(role.rawValue)\n")
  }

  private func create(_ account: NewAccount, _ site: Site) async throws(CommandFailure) {
    do {
      let hash = try await PasswordHasher().hash(account.password)
      let database = try Database.open(
        path: site.databasePath, readers: 1, migrations: Migration.all, clock: Clock.system.now, log: { _ in }
      )
      do {
        try await database.write { tx in
          let made = try account.insert(hash: hash, in: tx)
          try Audit.record(
            .userCreated, actor: nil, subject: made, request: nil,
            details: "\(made.role.rawValue), command line", in: tx)
        }
        await database.close()
      } catch {
        await database.close()
        throw error
      }
    } catch let error as Failure {
      throw CommandFailure(Self.words(error))
    } catch {
      throw CommandFailure(error, data: site.dataFolder)
    }
  }

  private static func words(_ failure: Failure) -> String {
    guard let first = failure.errors.first else { return failure.sentence(.en) }
    return "--\(first.field): \(first.sentence(.en))"
  }
}

/// `obox user list`: who has an account.
struct ListUsersCommand {
  static let syntax = CommandSyntax(
    name: "user list", summary: "List the accounts.", options: [SiteOptions.data, SiteOptions.config])

  let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  func run() async throws(CommandFailure) {
    let site = try SiteOptions.site(arguments)
    do {
      let database = try Database.open(
        path: site.databasePath, readers: 1, migrations: Migration.all, clock: Clock.system.now, log: { _ in }
      )
      let lines = try await database.read { connection in
        try connection.query("SELECT \(Account.columns) FROM users ORDER BY id") { row in
          let account = Account(row)
          return [
            String(account.id), account.username, account.role.rawValue, account.email ?? "-",
            account.isActive ? "active" : "deactivated", account.name,
          ].joined(separator: "\t")
        }
      }
      await database.close()
      for line in lines { Terminal.say(line + "\n") }
    } catch {
      throw CommandFailure(error, data: site.dataFolder)
    }
  }
}
