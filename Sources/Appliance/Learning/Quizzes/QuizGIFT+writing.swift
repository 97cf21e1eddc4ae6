import GIFT
import HTTP

extension QuizGIFT {
  static func text(of questions: [QuizQuestion]) -> String {
    GIFT.Writer.text(
      of: questions.map {
        GIFT.Question(
          text: $0.text, task: task(of: $0), feedback: $0.explanation,
          points: $0.points == 1 ? nil : $0.points)
      })
  }

  private static func task(of question: QuizQuestion) -> GIFT.Question.Task {
    switch question.right {
    case .index(let right):
      return .choice(
        question.options.enumerated().map { .init($0.element, weight: $0.offset == right ? 100 : 0) },
        isMultiple: false)
    case .truth(let truth): return .truth(truth, ifWrong: "", ifRight: "")
    case .texts(let texts): return .text(texts.map { .init($0, weight: 100) })
    case .number(let value, let tolerance): return .number([.init(value, tolerance: tolerance)])
    case .indexes(let indexes) where question.kind == .order:
      return .order(indexes.filter(question.options.indices.contains).map { question.options[$0] })
    case .indexes(let indexes) where question.kind == .match:
      return .match(
        zip(question.options, indexes).filter { question.choices.indices.contains($1) }.map {
          .init($0, question.choices[$1])
        })
    case .indexes(let indexes):
      // Moodle knows shares of five decimals.
      let share = (10_000_000 / Double(max(1, indexes.count))).rounded() / 100_000
      return .choice(
        question.options.enumerated().map {
          .init($0.element, weight: indexes.contains($0.offset) ? share : -share)
        }, isMultiple: true)
    }
  }

  /// Why a part of a file is no question.
  static func sentence(_ kind: GIFT.Problem.Kind) -> Sentence {
    switch kind {
    case .noAnswers:
      Sentence(fr: "Les réponses entre { et } manquent.", en: "The answers between { and } are missing.")
    case .unclosedBraces: Sentence(fr: "Il manque la } finale.", en: "The closing } is missing.")
    case .unclosedTitle:
      Sentence(fr: "Le titre ne se termine pas par ::.", en: "The title does not end with ::.")
    case .noText: Sentence(fr: "La question n’a pas de texte.", en: "The question has no text.")
    case .noRightAnswer: Sentence(fr: "Aucune réponse n’est juste.", en: "No answer is right.")
    case .tooFew: Sentence(fr: "Il faut au moins deux réponses.", en: "There must be at least two answers.")
    case .emptyAnswer: Sentence(fr: "Une réponse est vide.", en: "An answer is empty.")
    case .noNumber: Sentence(fr: "La réponse n’est pas un nombre.", en: "The answer is not a number.")
    case .badWeight:
      Sentence(fr: "Une part va de -100 à 100 %.", en: "A share is from -100 to 100%.")
    case .noPair:
      Sentence(fr: "Une paire s’écrit gauche -> droite.", en: "A pair is written left -> right.")
    }
  }
}
