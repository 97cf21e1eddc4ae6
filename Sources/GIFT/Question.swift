/// A question of a GIFT file, Moodle's text format for quizzes: https://docs.moodle.org/en/GIFT_format
public struct Question: Equatable, Sendable {
  /// "" when the file gives none.
  public var title: String
  /// Without its format marker; the place of a missing word is `gap`.
  public var text: String
  public var task: Task
  /// Shown after any answer; "" for none.
  public var feedback: String
  /// What it counts, in a comment before it that other programs pass over: `// points: 2`; nil when there is none.
  public var points: Double?
  /// The path of the last `$CATEGORY:` line before it; "" for none.
  public var category: String

  /// What stands for the answers when text follows them.
  public static let gap = "_____"

  /// Whether the texts are HTML, as its format marker says; Moodle writes most of its questions so.
  public var isHTML: Bool

  public init(
    title: String = "", text: String, task: Task, feedback: String = "", category: String = "",
    isHTML: Bool = false, points: Double? = nil
  ) {
    self.points = points
    self.isHTML = isHTML
    self.title = title
    self.text = text
    self.task = task
    self.feedback = feedback
    self.category = category
  }

  public enum Task: Equatable, Sendable {
    /// One right choice, or with `isMultiple` any number of them.
    case choice([Choice], isMultiple: Bool)
    case truth(Bool, ifWrong: String, ifRight: String)
    /// Accepted texts with the share of the points that each gives.
    case text([Choice])
    case number([Range])
    /// Two or more pairs.
    case match([Pair])
    /// The items in their right order.
    case order([String])
    /// Free text, marked by a person.
    case essay
  }

  /// One answer: `weight` is its share of the points in percent, -100 to 100.
  public struct Choice: Equatable, Sendable {
    public var text: String
    public var weight: Double
    public var feedback: String

    public init(_ text: String, weight: Double, feedback: String = "") {
      self.text = text
      self.weight = weight
      self.feedback = feedback
    }
  }

  /// Numbers from `value - tolerance` to `value + tolerance`.
  public struct Range: Equatable, Sendable {
    public var value: Double
    public var tolerance: Double
    public var weight: Double
    public var feedback: String

    public init(_ value: Double, tolerance: Double = 0, weight: Double = 100, feedback: String = "") {
      self.value = value
      self.tolerance = tolerance
      self.weight = weight
      self.feedback = feedback
    }
  }

  public struct Pair: Equatable, Sendable {
    public var left: String
    public var right: String

    public init(_ left: String, _ right: String) {
      self.left = left
      self.right = right
    }
  }
}

/// Why a part of a file is not a question.
public struct Problem: Equatable, Error, Sendable {
  /// Of the file; the first is 1.
  public let line: Int
  public let kind: Kind

  public init(line: Int, kind: Kind) {
    self.line = line
    self.kind = kind
  }

  public enum Kind: Equatable, Sendable, CaseIterable {
    /// No braces: a description, or a question whose answers are missing.
    case noAnswers
    case unclosedBraces
    case unclosedTitle
    case noText
    case noRightAnswer
    /// A choice or a matching question with fewer than two.
    case tooFew
    case emptyAnswer
    case noNumber
    case badWeight
    /// A matching question where an answer lacks `->`.
    case noPair
  }
}
