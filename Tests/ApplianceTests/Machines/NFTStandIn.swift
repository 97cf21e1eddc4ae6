import Glibc
import HTTP

@testable import Appliance

/// A program in nft's place: what it is told, and what it answers, are files of a folder.
struct NFTStandIn {
  private let folder = TemporaryFolder()

  init() {
    folder.write(
      "nft",
      """
      PATH=/usr/bin:/bin
      cd "${0%/*}" || exit 1
      case "$*" in
        *--file*) if [ -e refusal ]; then cat refusal >&2; exit 1; fi
                  cat >told && echo >>changes ;;
        *tables*) cat tables ;;
        *ruleset*) cat ruleset ;;
      esac
      """.utf8)
    answerInTime()
    list([])
  }

  /// The first word is a link, so that it can lead nowhere for a while.
  var system: Firewall.System {
    Firewall.System(
      nft: [folder["sh"], folder["nft"]], routingSwitch: "/dev/null", legacyTables: "/dev/null")
  }

  /// The error of every change; nil to accept it.
  func refuse(_ words: String?) {
    if let words { folder.write("refusal", words.utf8) } else { unlink(folder["refusal"]) }
  }

  /// From now on the host starts no program, as when it is overloaded.
  func answerNoMore() { link("sh") }
  func answerInTime() { link("/bin/sh") }

  private func link(_ target: String) {
    unlink(folder["sh"])
    symlink(target, folder["sh"])
  }

  /// What it says of the host's rules: the entries of `nft --json list ruleset`.
  func list(_ rules: [JSONValue]) {
    let names = rules.compactMap { $0["table"] }
    for (file, entries) in [("tables", names), ("ruleset", rules)] {
      var json = JSONWriter()
      json.value(["nftables": .array(entries)])
      folder.write(file, json.bytes)
    }
  }

  /// Removes all rules of the stand-in.
  func forgetRules() { unlink(folder["ruleset"]) }

  /// How often the tables were replaced, and with what at last.
  var changes: Int { readText(folder["changes"])?.utf8.count ?? 0 }
  var told: String { readText(folder["told"]) ?? "" }
}

/// The turns of something that looks after the host, one at a time.
final class Turns: Sendable {
  private let pauses = AsyncStream.makeStream(of: Void.self)
  private let beginnings = AsyncStream.makeStream(of: Void.self)

  /// Passes when the next turn may begin. Throws once the task is cancelled.
  @Sendable func pause() async throws {
    pauses.continuation.yield()
    for await _ in beginnings.stream { return }
    throw CancellationError()
  }

  /// Returns at the first pause.
  func begun() async { for await _ in pauses.stream { return } }

  /// Waits until one turn has ended.
  func next() async {
    beginnings.continuation.yield()
    await begun()
  }
}
