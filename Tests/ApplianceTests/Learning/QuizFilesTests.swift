import HTTP
import Testing

@testable import Appliance

/// Quizzes in GIFT and CSV files.
@Suite struct QuizFilesTests {
  private static func questions() throws -> [QuizQuestion] {
    try QuizQuestion.list(.array(QuizSamples.bodies))
  }

  private static func lines(_ questions: QuizImport) -> [String] { questions.errors.map(\.field) }

  @Test func `what cannot be marked or read in a GIFT file is told with its line`() throws {
    let file = QuizGIFT.read(
      """
      Good {T}

      Tell me about it {}

      Two are right {=a =b ~c}

      The same twice {=a ~b ~b}

      Two numbers {#=1 =2}

      No braces
      """)
    #expect(Set(Self.lines(file)) == ["line 3", "line 5", "line 7", "line 9", "line 11"])
    let failure = #expect(throws: Failure.self) { _ = try file.questions() }
    #expect(failure?.status == 400 && failure?.errors.count == 5)
    #expect(failure?.errors.contains { $0.code == "ESSAY" } == true)
    for text in ["", "// only a comment"] {
      #expect(throws: Failure.self) { _ = try QuizGIFT.read(text).questions() }
    }
  }

  @Test func `every type of a GIFT file is read`() throws {
    let file = QuizGIFT.read(
      """
      ::Q1:: Which port? {=22 #yes ~80 ~443}

      Which are private? {~%50%10.0.0.0 ~%50%192.168.0.0 ~%-100%8.8.8.8 ####RFC 1918}

      Free? {TRUE}

      The capital is {=Paris =%50%Paname} of France.

      Pi {#3.14:0.01}

      Match {
        =SSH -> 22
        =HTTP -> 80
      }

      Sort {>ALL
        bit
        byte
      }
      """)
    let questions = try QuizQuestion.list(.array(file.questions()))
    let kinds: [QuizQuestion.Kind] = [.single, .multiple, .boolean, .text, .number, .match, .order]
    #expect(questions.map(\.kind) == kinds)
    #expect(questions[0].right == .index(0) && questions[0].explanation == "yes")
    #expect(questions[1].right == .indexes([0, 1]) && questions[1].explanation == "RFC 1918")
    // What gives only a part is not accepted.
    #expect(questions[3].right == .texts(["Paris"]) && questions[3].text == "The capital is _____ of France.")
    #expect(questions[4].right == .number(3.14, tolerance: 0.01))
  }

  @Test func `markup of a question that says it is HTML is left out, and kept in any other`() throws {
    let file = QuizGIFT.read(
      """
      [html]<p>Caf&eacute; &amp; <b>th&#233;</b><br>1 &lt; 2 & 3 < 4?</p> {=<p>Yes</p> ~No<img src\\="x">}

      Which tag is bold, <b> or <i>? {=<b> ~<i>}
      """)
    let questions = try QuizQuestion.list(.array(file.questions()))
    #expect(questions[0].text == "Café & thé\n1 < 2 & 3 < 4?" && questions[0].options == ["Yes", "No"])
    #expect(questions[1].text == "Which tag is bold, <b> or <i>?" && questions[1].options == ["<b>", "<i>"])
    for text in ["<", "&", "<b", "&#xFFFFFFFF;", "&nothing;", String(repeating: "<a&", count: 1_000)] {
      #expect(QuizMarkup.plain(text) == text)
    }
  }

  @Test func `questions of every kind are the same after GIFT, with points and without pictures`() throws {
    let before = try Self.questions()
    let after = try QuizQuestion.list(.array(QuizGIFT.read(QuizGIFT.text(of: before)).questions()))
    for (one, other) in zip(before, after) {
      #expect(one.asksTheSame(as: other), "\(other)")
      #expect(one.explanation == other.explanation && one.points == other.points)
    }
    #expect(after.count == before.count)
  }

  @Test func `questions of every kind are the same after CSV`() throws {
    var bodies = QuizSamples.bodies
    bodies.append([
      "type": "single", "text": "=1+1; -2 | a\\b\n\"quoted\"?",
      "options": ["=2", "-> a | b", "c:\\d", "\u{2014}"],
      "correctAnswer": 1, "points": 2.5, "explanation": "+a;-b", "imageUrl": "https://example.org/a.png",
    ])
    bodies.append([
      "type": "match", "text": "Arrows", "options": ["a->b", "|"], "choices": ["x", "y>", "z"],
      "correctAnswer": ["x", "y>"],
    ])
    bodies.append(["type": "number", "text": "Exact", "correctAnswer": -2])
    let before = try QuizQuestion.list(.array(bodies))
    let text = String(decoding: QuizCSV.bytes(of: before), as: UTF8.self)
    #expect(QuizCSV.isTable(text))
    let file = QuizCSV.read(text)
    #expect(file.errors.isEmpty, "\(file.errors)")
    #expect(try QuizQuestion.list(.array(file.questions())) == before)
  }

  @Test func `a table as people write it is read`() throws {
    let text = """
      Type;Text;Options;correctAnswer;points
      single;Which port?;22|80|443;1;2
      multiple;Private?;10.0.0.1|8.8.8.8|192.168.0.1;10.0.0.1|3;
      boolean;Free?;;VRAI;1,5
      number;Pi?;;3,14 ± 0,01;
      order;Small to large;bit | byte | kilobyte;;
      match;Ports;SSH -> 22 | HTTP->80 | -> 443;;
      """
    #expect(QuizCSV.isTable(text))
    let questions = try QuizQuestion.list(.array(QuizCSV.read(text).questions()))
    #expect(questions[0].right == .index(0) && questions[0].points == 2)
    #expect(questions[1].right == .indexes([0, 2]) && questions[1].points == 1)
    #expect(questions[2].right == .truth(true) && questions[2].points == 1.5)
    #expect(questions[3].right == .number(3.14, tolerance: 0.01))
    #expect(questions[4].options.sorted() == ["bit", "byte", "kilobyte"])
    #expect(questions[5].options == ["SSH", "HTTP"] && questions[5].choices.sorted() == ["22", "443", "80"])
  }

  @Test func `a wrong row of a table is told with its line`() {
    let rows = QuizCSV.read(
      "type,text,options,correctAnswer\nsingle,a,b,c\n\nboolean,\"x\ny\",,\nessay,z,,\n")
    #expect(Set(Self.lines(rows)) == ["line 2", "line 4", "line 6"])
    #expect(Self.lines(QuizCSV.read("type,text\nboolean,\"never closed")) == ["line 1"])
    #expect(Self.lines(QuizCSV.read("text,options\na,b")) == ["line 1"])
    #expect(!QuizCSV.isTable("// type, text, options\n\nA question {T}"))
  }
}
