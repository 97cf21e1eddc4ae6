import GIFT
import Testing

@Suite struct FileTests {
  @Test func `what is no question is told with its line, and the others are read`() throws {
    let file = File(
      """
      // A comment is not counted as a question.
      Only a text

      ::Never closed: text {T}

      Open {=a

      {T}

      Nothing is right {~a ~b}

      One choice {~a}

      No number {#about 3}

      Much too much {~%200%a ~b}

      Half a pair {=a -> b =c}

      An empty one {=a = =b}

      This one is read {T}
      """)
    #expect(file.questions.map(\.text) == ["This one is read"])
    #expect(
      file.problems == [
        Problem(line: 2, kind: .noAnswers), Problem(line: 4, kind: .unclosedTitle),
        Problem(line: 6, kind: .unclosedBraces), Problem(line: 8, kind: .noText),
        Problem(line: 10, kind: .noRightAnswer), Problem(line: 12, kind: .tooFew),
        Problem(line: 14, kind: .noNumber), Problem(line: 16, kind: .badWeight),
        Problem(line: 18, kind: .noPair), Problem(line: 20, kind: .emptyAnswer),
      ])
  }

  @Test func `every type of question is read`() throws {
    let file = File(
      """
      $CATEGORY: Réseau/Bases

      ::Q1:: Which port? {
        =22 # yes
        ~80
        ~%50%2222#nearly
      ####It is SSH.}

      Which are private? {~%50%10.0.0.0 ~%50%192.168.0.0 ~%-100%8.8.8.8}

      Debian is free{TRUE#no#yes}

      The capital is {=Paris =%80%paris} of France.

      Pi {#3.14:0.01}

      Between {#1..5}

      Both {#=2:0 =%50%3,5:0.5#nearly}

      Match {
        =SSH -> 22
        =HTTP -> 80
      }

      Sort {>ALL EXACT VERTICAL
        first
        second
      }

      [markdown]**Tell** {}
      """)
    #expect(file.problems.isEmpty)
    let tasks = file.questions.map(\.task)
    #expect(file.questions[0].title == "Q1" && file.questions[0].feedback == "It is SSH.")
    #expect(file.questions.allSatisfy { $0.category == "Réseau/Bases" })
    #expect(
      tasks[0]
        == .choice(
          [
            .init("22", weight: 100, feedback: "yes"), .init("80", weight: 0),
            .init("2222", weight: 50, feedback: "nearly"),
          ],
          isMultiple: false))
    #expect(
      tasks[1]
        == .choice(
          [.init("10.0.0.0", weight: 50), .init("192.168.0.0", weight: 50), .init("8.8.8.8", weight: -100)],
          isMultiple: true))
    #expect(tasks[2] == .truth(true, ifWrong: "no", ifRight: "yes"))
    #expect(tasks[3] == .text([.init("Paris", weight: 100), .init("paris", weight: 80)]))
    #expect(file.questions[3].text == "The capital is _____ of France.")
    #expect(tasks[4] == .number([.init(3.14, tolerance: 0.01)]))
    #expect(tasks[5] == .number([.init(3, tolerance: 2)]))
    #expect(tasks[6] == .number([.init(2), .init(3.5, tolerance: 0.5, weight: 50, feedback: "nearly")]))
    #expect(tasks[7] == .match([.init("SSH", "22"), .init("HTTP", "80")]))
    #expect(tasks[8] == .order(["first", "second"]))
    #expect(tasks[9] == .essay && file.questions[9].text == "**Tell**")
  }

  @Test func `escaped delimiters are text, and other backslashes stay`() {
    let file = File("2\\=2 \\{a\\} \\frac C\\:\\\\dir\\nnext {=a\\~b\\#c ~\\=}")
    #expect(file.questions.first?.text == "2=2 {a} \\frac C:\\dir\nnext")
    #expect(
      file.questions.first?.task
        == .choice([.init("a~b#c", weight: 100), .init("=", weight: 0)], isMultiple: false))
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func `any ends of lines and a byte order mark are read`(end: String)
  {
    let file = File("\u{FEFF}One {T}\(end)\(end)Two\(end)goes on {F}")
    #expect(file.questions.map(\.text) == ["One", "Two\ngoes on"])
  }

  @Test func `points are a comment before their question, and any other comment says nothing`() {
    let file = File(
      """
      // points: 2,5
      ::A:: One {T}

      // points: 3

      // Points : 1/2
      // harder than it looks
      Two {
      // points: 7
      =a =b}

      // points: many
      Three {T}

      // points: -1
      Four {T}

      // points: 4
      $CATEGORY: x
      Five {T}
      """)
    #expect(file.questions.map(\.points) == [2.5, 0.5, nil, nil, nil])
  }

  @Test func `what is written is read back the same`() {
    let questions = [
      Question(
        title: "a::b", text: "// [x] {=~#:\\} \\n\nline", task: .truth(false, ifWrong: "", ifRight: "r"),
        feedback: "#### f"),
      Question(text: "[html] said", task: .truth(true, ifWrong: "w", ifRight: ""), category: "A/B: c"),
      Question(
        text: "single",
        task: .choice(
          [.init("%50%", weight: 100), .init("%", weight: 0, feedback: "f"), .init("x", weight: -25)],
          isMultiple: false), feedback: "after a list", category: "A/B: c"),
      Question(
        text: "multiple",
        task: .choice(
          [.init("a", weight: 100), .init("%b", weight: 0), .init("c", weight: 33.33333)], isMultiple: true)),
      Question(text: "text", task: .text([.init("É", weight: 100), .init("e", weight: 0.5, feedback: "=")])),
      Question(
        text: "number", task: .number([.init(-1e-5, tolerance: 0.25), .init(3, weight: 50, feedback: "f")])),
      Question(text: "match", task: .match([.init("a -> b", "c"), .init("=d", "-> e")])),
      Question(text: "order", task: .order(["// first", "second\nline", "ALL"]), feedback: "f"),
      Question(text: "essay", task: .essay),
      Question(text: "points", task: .truth(true, ifWrong: "", ifRight: ""), points: 0.25),
    ]
    let file = File(Writer.text(of: questions))
    #expect(file.problems.isEmpty)
    #expect(file.questions == questions)
  }
}
