import HTTP
import Store

/// What every part of learning needs of a request and of an enrolment.
extension Enrolment {
  /// The asking account as of this transaction. Throws 403.
  static func learner(_ request: Request, in tx: Transaction) throws -> Account {
    guard let account = try Account.find(try request.account().id, in: tx), account.isActive else {
      throw Failure.forbidden
    }
    return account
  }

  /// Tells the person's other pages and devices.
  func tell(_ verb: String, _ hub: Hub, in tx: Transaction) {
    let text = Frames.encode(Courses.frame) { json in
      json.object { json in
        json.field("resource", "enrollments")
        json.field("verb", verb)
        json.id("id", id)
        json.id("courseId", course)
      }
    }
    tx.afterCommit { [person] in hub.send(Frame(text: text), to: [person]) }
  }

  static let notEnrolled = Failure(
    409, "NOT_ENROLLED",
    Sentence(fr: "Inscrivez-vous d’abord à ce cours.", en: "Enroll in this course first."))
  static let notPublished = Failure(
    409, "COURSE_NOT_PUBLISHED",
    Sentence(fr: "Publiez d’abord ce cours.", en: "Publish this course first."))
}
