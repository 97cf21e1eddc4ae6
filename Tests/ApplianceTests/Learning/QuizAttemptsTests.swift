import HTTP
import Testing

@testable import Appliance

/// Taking quizzes: every attempt is kept, marked here, and never more than allowed.
@Suite(.timeLimit(.minutes(30))) struct QuizAttemptsTests {
  @Test func `answers that cannot be are refused and change nothing`() async throws {
    try await School.run { school in
      let quiz = try await school.openQuiz()
      #expect(try await school.save([], to: quiz, by: school.lea).code == "NO_OPEN_ATTEMPT")
      _ = try await school.start(quiz, by: school.lea)
      let wrong: [([JSONValue], String)] = [
        ([7], "answers[0]"), (["x"], "answers[0]"), ([.null, [9]], "answers[1]"),
        ([.null, .null, "yes"], "answers[2]"),
        (Array(repeating: JSONValue.null, count: 8), "answers"),
      ]
      for (answers, field) in wrong {
        for answer in [
          try await school.save(answers, to: quiz, by: school.lea),
          try await school.submit(answers, to: quiz, by: school.lea),
        ] {
          #expect(
            answer.status == 400 && answer.json["errors"]?[0]?["field"]?.string == field, "\(answer.text)")
        }
      }
      let body = try await school.lea.post("/api/quizzes/\(quiz)/attempts", ["answers": "none"])
      #expect(body.status == 400)
      let foreign = try await school.submit([], to: quiz, by: school.sam, attempt: "1")
      #expect(foreign.status == 404)
      #expect(try await school.sam.get("/api/quizzes/\(quiz)/attempts/1").status == 404)
    }
  }

  @Test func `an attempt goes on after a reload, is marked, and shows what it may`() async throws {
    try await School.run { school in
      let quiz = try await school.openQuiz(["shuffles": true, "maxAttempts": 2])
      let sheet = try await school.start(quiz, by: school.lea)
      #expect(sheet["score"] == .null && sheet["attempt"] == 1 && sheet["questions"]?.array?.count == 7)
      let right = try await school.right(sheet, of: quiz)
      #expect(try await school.save(right, to: quiz, by: school.lea).status == 200)
      let again = try await school.start(quiz, by: school.lea)
      #expect(again["id"] == sheet["id"])
      #expect(again["questions"]?.array?.map { $0["answer"] } == right)
      let wrong = right.map { _ in JSONValue.null }
      let first = try await school.submit(wrong, to: quiz, by: school.lea, attempt: sheet["id"]).json
      #expect(first["score"] == 0 && first["passed"] == false && first["attemptsLeft"] == 1)
      // The explanation, but not yet the answer.
      #expect(first["questions"]?[0]?["explanation"]?.string?.isEmpty == false)
      #expect(first["questions"]?.array?.allSatisfy { $0["correctAnswer"] == nil } == true)
      let second = try await school.start(quiz, by: school.lea)
      let answers = try await school.right(second, of: quiz)
      let done = try await school.submit(answers, to: quiz, by: school.lea, attempt: second["id"]).json
      #expect(done["score"] == 100 && done["passed"] == true && done["attemptsLeft"] == 0)
      #expect(done["questions"]?.array?.allSatisfy { $0["share"] == 1 && $0["correctAnswer"] != nil } == true)
      #expect(try await school.lea.post("/api/quizzes/\(quiz)/start").code == "ALREADY_PASSED")
      let own = try await school.lea.get("/api/quizzes/\(quiz)/attempts").json.array ?? []
      #expect(own.map { $0["attempt"] } == [2, 1])
      let review = try await school.lea.get("/api/quizzes/\(quiz)/attempts/\(first["id"]?.string ?? "")").json
      #expect(review["questions"]?[0]?["correctAnswer"] != nil)
      #expect(try await school.sam.get("/api/quizzes/\(quiz)/attempts").json == [])
      let all = try await school.trainer.get("/api/quizzes/\(quiz)/attempts").json
      #expect(all.array?.count == 2 && all[0]?["userName"] == "Lea")
      #expect(try await school.trainer.get("/api/quizzes/\(quiz)/attempts?mine=1").json == [])
    }
  }

  @Test func `an older client answers without a start, in the plain order`() async throws {
    try await School.run { school in
      let quiz = try await school.openQuiz()
      let plain = try await school.lea.get("/api/quizzes/\(quiz)").json
      let right = try await school.right(plain, of: quiz)
      let marked = try await school.submit(right, to: quiz, by: school.lea)
      #expect(marked.status == 200 && marked.json["score"] == 100 && marked.json["attempt"] == 1)
      for changes in [["timeLimit": 5], ["pool": 2]] as [[String: JSONValue]] {
        let other = try await school.openQuiz(changes)
        #expect(try await school.submit([], to: other, by: school.lea).code == "NOT_STARTED")
      }
    }
  }

  @Test func `two submissions at once are one attempt`() async throws {
    try await School.run { school in
      let quiz = try await school.openQuiz(["allowRetries": true, "maxAttempts": 50])
      for (isNamed, answer) in [(true, 0), (false, 1), (nil, 2)] as [(Bool?, JSONValue)] {
        let sheet = isNamed == nil ? JSONValue.null : try await school.start(quiz, by: school.lea)
        let before = try await school.lea.get("/api/quizzes/\(quiz)/attempts").json.array?.count ?? 0
        let ids = try await withThrowingTaskGroup(of: String?.self) { group in
          for _ in 1...10 {
            group.addTask {
              let id = isNamed == true ? sheet["id"] : nil
              let marked = try await school.submit([answer], to: quiz, by: school.lea, attempt: id)
              #expect(marked.status == 200, "\(marked.text)")
              return marked.json["id"]?.string
            }
          }
          return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        let after = try await school.lea.get("/api/quizzes/\(quiz)/attempts").json.array?.count ?? 0
        #expect(after == (isNamed == nil ? before + 1 : before))
      }
    }
  }

  @Test func `twenty starts at once are one attempt, and there are never more than allowed`() async throws {
    try await School.run { school in
      let quiz = try await school.openQuiz(["maxAttempts": 2])
      for number in 1...2 {
        let ids = try await withThrowingTaskGroup(of: String?.self) { group in
          for _ in 1...20 {
            group.addTask { try await school.start(quiz, by: school.lea)["id"]?.string }
          }
          return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        // Other answers each time: the same ones would be the same submission.
        let answer = try await school.submit([.integer(Int64(number))], to: quiz, by: school.lea)
        #expect(answer.json["attempt"]?.int == number)
      }
      #expect(try await school.lea.post("/api/quizzes/\(quiz)/start").code == "NO_ATTEMPTS_LEFT")
      #expect(try await school.submit([true], to: quiz, by: school.lea).code == "NO_ATTEMPTS_LEFT")
      #expect(try await school.test.count("SELECT count(*) FROM quiz_attempts") == 2)
      #expect(try await school.sam.post("/api/quizzes/\(quiz)/start").status == 200)
    }
  }

  @Test func `the clock is the server's: a reload does not restart it, and late answers are refused kindly`()
    async throws
  {
    let time = ManualTime()
    try await School.run(time) { school in
      let quiz = try await school.openQuiz(["timeLimit": 10, "maxAttempts": 2])
      let sheet = try await school.start(quiz, by: school.lea)
      #expect(sheet["secondsLeft"] == 600)
      let right = try await school.right(sheet, of: quiz)
      time.advance(by: .seconds(540))
      #expect(
        try await school.save(Array(right.prefix(2)), to: quiz, by: school.lea).json["secondsLeft"] == 60)
      #expect(try await school.start(quiz, by: school.lea)["secondsLeft"] == 60)
      // 20 s of grace.
      time.advance(by: .seconds(79))
      #expect(try await school.save(Array(right.prefix(3)), to: quiz, by: school.lea).status == 200)
      time.advance(by: .seconds(2))
      let late = try await school.submit(right, to: quiz, by: school.lea, attempt: sheet["id"])
      #expect(late.status == 409 && late.code == "TIME_OVER" && late.json["attemptId"] == sheet["id"])
      #expect(try await school.save(right, to: quiz, by: school.lea).code == "NO_OPEN_ATTEMPT")
      #expect(
        try await school.submit(right, to: quiz, by: school.lea, attempt: sheet["id"]).code == "TIME_OVER")
      // 1 + 2 + 1 of 8 points were saved.
      let kept = try await school.lea.get("/api/quizzes/\(quiz)/attempts").json[0]
      #expect(kept?["score"] == 50 && kept?["submittedAt"] == kept?["endsAt"])
    }
  }

  @Test func `an attempt that nobody comes back to is ended with what was saved`() async throws {
    let time = ManualTime()
    try await School.run(time) { school in
      let quiz = try await school.openQuiz(["timeLimit": 1])
      let sheet = try await school.start(quiz, by: school.lea)
      let right = try await school.right(sheet, of: quiz)
      _ = try await school.save(right, to: quiz, by: school.lea)
      time.advance(by: .seconds(79))
      try await school.test.runJob("quizzes.close")
      #expect(try await school.lea.get("/api/quizzes/\(quiz)/attempts").json[0]?["score"] == .null)
      time.advance(by: .seconds(2))
      let socket = try await TestWebSocket.signedIn(school.lea)
      try await school.test.runJob("quizzes.close")
      let frame = try await socket.next("TRAINING_UPDATE")
      #expect(frame["resource"] == "attempts" && frame["id"]?.string == quiz)
      socket.close()
      #expect(try await school.lea.get("/api/quizzes/\(quiz)/attempts").json[0]?["score"] == 100)
      let id = sheet["id"]?.string ?? ""
      #expect(try await school.lea.get("/api/quizzes/\(quiz)/attempts/\(id)").json["wasCut"] == true)
    }
  }

  @Test func `a pool draws its number of questions, and only they count`() async throws {
    try await School.run { school in
      let quiz = try await school.openQuiz(["pool": 3, "shuffles": true])
      let sheet = try await school.start(quiz, by: school.lea)
      #expect(sheet["questions"]?.array?.count == 3)
      let right = try await school.right(sheet, of: quiz)
      let marked = try await school.submit(right, to: quiz, by: school.lea, attempt: sheet["id"]).json
      #expect(marked["score"] == 100 && marked["questions"]?.array?.count == 3)
    }
  }

  @Test func `the author learns how often each question was right, and which wrong answer drew most`()
    async throws
  {
    try await School.run { school in
      let quiz = try await school.openQuiz()
      for (person, answer) in [(school.lea, 1), (school.sam, 0)] as [(TestClient, JSONValue)] {
        _ = try await school.submit([answer, [0, 1]], to: quiz, by: person)
      }
      _ = try await school.submit([1, [0, 2]], to: quiz, by: school.sam)
      // What is not asked differently is still counted.
      var questions = try await school.trainer.get("/api/quizzes/\(quiz)").json["questions"]?.array ?? []
      questions.removeLast()
      _ = try await school.trainer.send("PATCH", "/api/quizzes/\(quiz)", ["questions": .array(questions)])
      let found = try await school.trainer.get("/api/quizzes/\(quiz)/statistics").json
      #expect(found["attempts"] == 3 && found["passed"] == 0 && found["questions"]?.array?.count == 6)
      let port = found["questions"]?[0]
      #expect(port?["asked"] == 3 && port?["right"] == 1 && port?["averageShare"] == 33)
      #expect(port?["answers"]?[0] == ["text": "80", "count": 2, "isRight": false])
      #expect(port?["answers"]?[1] == ["text": "22", "count": 1, "isRight": true])
      let addresses = found["questions"]?[1]
      #expect(addresses?["right"] == 1 && addresses?["answers"]?[0]?["text"] == "10.0.0.1")
      #expect(found["questions"]?[2]?["answered"] == 0 && found["questions"]?[2]?["averageShare"] == 0)
    }
  }
}
