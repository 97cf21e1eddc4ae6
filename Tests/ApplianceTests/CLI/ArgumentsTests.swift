import Testing

@testable import Appliance

private let program = ProgramSyntax(
  name: "obox", summary: "The lab on one box.",
  commands: [
    CommandSyntax(
      name: "serve", summary: "Run the appliance.",
      options: [
        .value("data", "DIR", "Where everything is kept."), .value("listen", "ADDR:PORT", "Where to listen."),
        .flag("demo", "Fill it with an example."),
      ]),
    CommandSyntax(
      name: "user create", summary: "Create an account.",
      options: [
        .value("username", "NAME", "Its name.", required: true),
        .flag("password-stdin", "Read the password."),
      ]),
    CommandSyntax(name: "user list", summary: "List accounts."),
    CommandSyntax(name: "backup", summary: "Copy the data.", operands: ["FILE"]),
  ])

@Suite struct ArgumentsTests {
  @Test(arguments: [
    ([], ArgumentsError.noCommand),
    (["sevre"], .unknownCommand("sevre", nearest: "serve")),
    (["usr", "create"], .unknownCommand("usr", nearest: "user create")),
    (["user", "craete"], .unknownCommand("user craete", nearest: "user create")),
    (["xyzzy"], .unknownCommand("xyzzy", nearest: nil)),
    (["--demo"], .unknownCommand("--demo", nearest: nil)),
    (["help", "sevre"], .unknownCommand("sevre", nearest: "serve")),
    (["serve", "--lsiten", "x"], .unknownOption("--lsiten", nearest: "listen")),
    (["serve", "--dmeo=1"], .unknownOption("--dmeo", nearest: "demo")),
    (["serve", "-demo"], .unknownOption("-demo", nearest: "demo")),
    (["serve", "--zzzzzzz"], .unknownOption("--zzzzzzz", nearest: nil)),
    (["serve", "--data"], .missingValue("data")),
    (["serve", "--data", "--demo"], .missingValue("data")),
    (["serve", "--demo=yes"], .unwantedValue("demo")),
    (["serve", "--data", "a", "--data=b"], .repeated("data")),
    (["serve", "--demo", "--demo"], .repeated("demo")),
    (["serve", "now"], .unexpected("now")),
    (["user", "create", "--password-stdin"], .missingOption("username")),
    (["backup"], .missingOperand("FILE")),
    (["backup", "a", "b"], .unexpected("b")),
  ]) func `an invalid command line is refused with the reason`(words: [String], error: ArgumentsError) {
    #expect(throws: error) { try program.parse(words) }
  }

  @Test func `the error suggests the nearest option`() {
    let error = ArgumentsError.unknownOption("--lsiten", nearest: "listen")
    #expect(error.description == "unknown option --lsiten; did you mean --listen?")
  }

  @Test func `values, flags and operands are accepted in either form and any order`() throws {
    guard
      case .run("serve", let serve) = try program.parse(["serve", "--demo", "--data=a=b", "--listen", ":80"])
    else {
      Issue.record("serve was not understood")
      return
    }
    #expect(serve["data"] == "a=b")
    #expect(serve["listen"] == ":80")
    #expect(serve.has("demo") && !serve.has("help"))
    guard case .run("user create", let create) = try program.parse(["user", "create", "--username", "-"])
    else {
      Issue.record("user create was not understood")
      return
    }
    #expect(create["username"] == "-")
    guard case .run("backup", let backup) = try program.parse(["backup", "--", "--odd-name"]) else {
      Issue.record("backup was not understood")
      return
    }
    #expect(backup.operands == ["--odd-name"])
  }

  @Test(arguments: [
    (["help"], "Commands:"), (["--help"], "Commands:"), (["help", "serve"], "--listen ADDR:PORT"),
    (["serve", "--demo", "-h"], "--listen ADDR:PORT"), (["user", "create", "--help"], "--username NAME"),
    (["user"], "user list"), (["user", "--help"], "user list"), (["help", "user"], "user create"),
    (["help", "user", "create"], "Usage: obox user create --username NAME [options]"),
  ]) func `help is available everywhere`(words: [String], part: String) throws {
    guard case .help(let text) = try program.parse(words) else {
      Issue.record("no help")
      return
    }
    #expect(text.contains(part))
    #expect(text.hasSuffix("\n"))
  }

  @Test func `swapping two neighbouring letters counts as one error`() {
    #expect(Spelling.distance(Array("lsiten".unicodeScalars), Array("listen".unicodeScalars)) == 1)
    #expect(Spelling.distance([], Array("abc".unicodeScalars)) == 3)
  }
}
