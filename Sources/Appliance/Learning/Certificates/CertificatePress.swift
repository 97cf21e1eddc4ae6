import HTTP
import Threads
import Typesetting

/// Typesets certificates on a thread of their own, one at a time. Waiting people have their turns by address.
final class CertificatePress: Sendable {
  static let mostWaiting = 16

  private let queue: WorkQueue
  private let log: Log

  /// HarfBuzz and fontconfig need more stack than most work.
  init(
    log: Log, queue: WorkQueue = WorkQueue("typesetting", waiting: mostWaiting, stackSize: 4 << 20)
  ) {
    self.log = log
    self.queue = queue
  }

  /// Throws 503 when too many wait, or when the host has no fonts.
  func pdf(_ content: CertificatePaper.Content, lane: String) async throws -> [UInt8] {
    do {
      return try await queue.perform(lane: lane) { try CertificatePaper(content: content).pdf() }
    } catch let failure as PDFPage.Failure {
      log.error("certificate") { $0.field("error", failure) }
      guard failure == .noFonts else { throw Failure.internalError }
      throw Self.noFonts
    } catch is QueueRefusal {
      throw Failure.unavailable
    }
  }

  func stop() { queue.stop() }

  private static let noFonts = Failure(
    503, "NO_FONTS",
    Sentence(
      fr: "Aucune police n’est installée sur l’hôte. L’administrateur doit installer le paquet fonts-lato.",
      en: "No fonts are installed on the host. The administrator has to install the package fonts-lato."))
}
