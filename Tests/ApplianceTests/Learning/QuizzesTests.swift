import HTTP
import Testing

@testable import Appliance

/// Who reads and writes quizzes.
@Suite(.timeLimit(.minutes(30))) struct QuizzesTests {
  @Test func `quizzes are written by those who manage trainings, and taken by who is enrolled`() async throws
  {
    try await School.run { school in
      let course = try await school.course()
      let quiz = try await school.quiz(in: course)
      let one = "/api/quizzes/\(quiz)"
      let writes: [(String, String, JSONValue?)] = [
        ("POST", "/api/quizzes", ["title": "x", "courseId": .string(course)]), ("PATCH", one, ["title": "x"]),
        ("PUT", one, ["title": "x"]), ("DELETE", one, nil), ("POST", "\(one)/restore", nil),
        ("GET", "/api/quizzes/bin", nil), ("POST", "\(one)/import", nil), ("GET", "\(one)/export.gift", nil),
        ("GET", "\(one)/export.csv", nil), ("GET", "\(one)/statistics", nil),
      ]
      for (method, path, body) in writes {
        #expect(try await school.test.client.send(method, path, body).status == 401, "\(method) \(path)")
        #expect(try await school.lea.send(method, path, body).status == 403, "\(method) \(path)")
      }
      for path in ["/api/quizzes", one, "\(one)/attempts", "\(one)/attempts/1"] {
        #expect(try await school.test.client.get(path).status == 401, "\(path)")
      }
      for path in ["start", "attempts", "attempt"] {
        let method = path == "attempt" ? "PATCH" : "POST"
        let answer = try await school.lea.send(method, "\(one)/\(path)", ["answers": []])
        #expect(answer.code == "NOT_ENROLLED", "\(path) \(answer.text)")
      }
      #expect(try await school.lea.get("/api/quizzes/999").status == 404)
      #expect(try await school.lea.post("/api/quizzes/999/start").status == 404)
    }
  }

  @Test func `answers and explanations are read by authors alone, questions by who is enrolled`() async throws
  {
    try await School.run { school in
      let course = try await school.course()
      let quiz = try await school.quiz(in: course)
      let whole = try await school.trainer.get("/api/quizzes/\(quiz)")
      #expect(whole.json["questions"]?.array?.count == 7 && whole.text.contains("RFC 1918"))
      let before = try await school.lea.get("/api/quizzes/\(quiz)").json
      #expect(before["questions"] == [] && before["questionCount"] == 7)
      try await school.enrol(school.lea, in: course)
      let answer = try await school.lea.get("/api/quizzes/\(quiz)")
      #expect(answer.json["questions"]?.array?.count == 7)
      for word in ["correctAnswer", "explanation", "RFC 1918", "tolerance", "Lutèce"] {
        #expect(!answer.text.contains(word), "\(word)")
        #expect(try await !school.lea.post("/api/quizzes/\(quiz)/start").text.contains(word), "\(word)")
      }
      let (shown, outline) = (
        try await school.lea.get("/api/quizzes"), try await school.lea.get("/api/quizzes?outline=1")
      )
      #expect(shown.json[0]?["questions"] == answer.json["questions"] && !shown.text.contains("RFC 1918"))
      #expect(outline.json[0]?["questions"] == nil && outline.json[0]?["questionCount"] == 7)
      #expect(try await school.sam.get("/api/quizzes").json[0]?["questions"] == [])
      let own = try await school.trainer.get("/api/quizzes").json[0]
      #expect(own?["questions"] == whole.json["questions"])
      // The clock must run before its questions are read.
      let timed = try await school.quiz(in: course, ["timeLimit": 10])
      #expect(try await school.lea.get("/api/quizzes/\(timed)").json["questions"] == [])
      let drawn = try await school.quiz(in: course, ["pool": 2])
      #expect(try await school.lea.get("/api/quizzes/\(drawn)").json["questions"] == [])
      let list = try await school.lea.get("/api/quizzes").json.array ?? []
      #expect(list.map { $0["questions"]?.array?.count } == [0, 0, 7])
    }
  }

  @Test func `a draft's quizzes are hidden, and those of a course are listed by it`() async throws {
    try await School.run { school in
      let (open, draft) = (
        try await school.course(), try await school.course("Draft", ["isPublished": false])
      )
      let (one, two) = (try await school.quiz(in: open), try await school.quiz(in: draft))
      #expect(try await school.lea.get("/api/quizzes").json.array?.map { $0["id"] } == [.string(one)])
      #expect(try await school.lea.get("/api/quizzes/\(two)").status == 404)
      #expect(try await school.trainer.get("/api/quizzes").json.array?.count == 2)
      let list = try await school.trainer.get("/api/quizzes?courseId=\(draft)").json.array ?? []
      #expect(list.map { $0["id"] } == [.string(two)])
      #expect(try await school.trainer.get("/api/quizzes?q=TEST").json.array?.count == 2)
      #expect(try await school.trainer.get("/api/quizzes?q=other").json == [])
      _ = try await school.trainer.delete("/api/quizzes/\(one)")
      #expect(try await school.lea.get("/api/quizzes/\(one)").status == 404)
      _ = try await school.trainer.post("/api/quizzes/\(one)/restore")
      #expect(try await school.lea.get("/api/quizzes/\(one)").status == 200)
      let boss = try await school.test.person("boss", role: .admin)
      _ = try await boss.send("PATCH", "/api/system-settings", ["showTraining": false])
      for path in ["/api/quizzes", "/api/quizzes/\(one)", "/api/quizzes/\(one)/statistics"] {
        #expect(try await school.trainer.get(path).status == 404, "\(path)")
      }
    }
  }

  @Test func `what a quiz cannot be is refused beside its field`() async throws {
    try await School.run { school in
      let (course, other) = (try await school.course(), try await school.course("Other"))
      let lesson = try await school.lessons("One", in: course)[0]
      let rows: [([String: JSONValue], String)] = [
        (["title": "x"], "courseId"), (["courseId": .string(course)], "title"),
        (["title": "x", "courseId": "999"], "courseId"),
        (["title": "x", "courseId": .string(other), "lessonId": .string(lesson)], "lessonId"),
        (["title": "x", "courseId": .string(course), "passingScore": 101], "passingScore"),
        (["title": "x", "courseId": .string(course), "timeLimit": 0], "timeLimit"),
        (["title": "x", "courseId": .string(course), "questions": "none"], "questions"),
        (["title": "x", "courseId": .string(course), "questions": [["type": "essay"]]], "questions[0].type"),
      ]
      for (body, field) in rows {
        let answer = try await school.trainer.post("/api/quizzes", .object(body))
        #expect(
          answer.status == 400 && answer.json["errors"]?[0]?["field"]?.string == field, "\(answer.text)")
      }
      let made = try await school.trainer.post("/api/quizzes", ["title": "x", "lessonId": .string(lesson)])
      #expect(made.status == 201 && made.json["courseId"]?.string == course, "\(made.text)")
      let id = made.json["id"]?.string ?? ""
      let moved = try await school.trainer.send("PATCH", "/api/quizzes/\(id)", ["courseId": .string(other)])
      #expect(moved.json["errors"]?[0]?["code"] == "FIXED")
      try await school.enrol(school.lea, in: course)
      #expect(try await school.lea.post("/api/quizzes/\(id)/start").code == "NO_QUESTIONS")
    }
  }

  @Test func `an edit of the questions is a new version, and changes no attempt`() async throws {
    try await School.run { school in
      let quiz = try await school.openQuiz(["allowRetries": false])
      let one = "/api/quizzes/\(quiz)"
      let before = try await school.trainer.get(one)
      let sheet = try await school.start(quiz, by: school.lea)
      let answers = try await school.right(sheet, of: quiz)
      var questions = before.json["questions"]?.array ?? []
      questions.removeFirst()
      questions.append(QuizSamples.bodies[2])
      var client = school.trainer
      client.headers["If-Match"] = before.headers["etag"]
      let changed = try await client.send("PATCH", one, ["questions": .array(questions)])
      #expect(changed.status == 200 && changed.json["version"] == 2 && changed.json["questionCount"] == 7)
      #expect(changed.json["questions"]?[6]?["id"] == "8")
      #expect(try await client.send("PATCH", one, ["title": "Late"]).status == 412)
      let marked = try await school.submit(answers, to: quiz, by: school.lea)
      #expect(marked.json["score"] == 100 && marked.json["questions"]?[0]?["text"] == "Which port has SSH?")
      let again = try await school.trainer.send("PATCH", one, ["questions": .array(questions)])
      #expect(again.json["version"] == 3)
      let same = try await school.trainer.send("PATCH", one, ["questions": again.json["questions"] ?? .null])
      #expect(same.json["version"] == 3)
      // Only versions with attempts are kept.
      #expect(try await school.test.count("SELECT count(*) FROM quiz_versions") == 2)
    }
  }

  @Test func `changes stand in the audit log and are told to open pages`() async throws {
    try await School.run { school in
      let quiz = try await school.openQuiz()
      let socket = try await TestWebSocket.signedIn(school.lea)
      _ = try await school.trainer.send("PATCH", "/api/quizzes/\(quiz)", ["questions": []])
      let frame = try await socket.next("TRAINING_UPDATE")
      #expect(frame["resource"] == "quizzes" && frame["verb"] == "change" && frame["id"]?.string == quiz)
      socket.close()
      let lines = try await school.test.appliance.database.read { connection in
        try connection.query(
          "SELECT details FROM audit WHERE subject_type = 'quizzes' ORDER BY id", map: { $0.text(0) })
      }
      #expect(lines == ["create", "change version"])
    }
  }

  @Test func `a picture is read by who may read the questions, also of an attempt at an older version`()
    async throws
  {
    try await School.run { school in
      let course = try await school.course()
      let picture = try await school.test.upload(FileSamples.png(8, 8), as: school.trainer)
      var body = QuizSamples.bodies[2].object ?? [:]
      body["imageUrl"] = .string(picture)
      let quiz = try await school.quiz(in: course, ["questions": [.object(body)]])
      #expect(try await school.lea.get(picture).status == 404)
      try await school.enrol(school.lea, in: course)
      #expect(try await school.lea.get(picture).status == 200)
      _ = try await school.start(quiz, by: school.lea)
      _ = try await school.trainer.send(
        "PATCH", "/api/quizzes/\(quiz)", ["questions": [QuizSamples.bodies[2]]])
      #expect(try await school.lea.get(picture).status == 200)
      let foreign = try await school.test.upload(FileSamples.png(9, 9), as: school.sam)
      body["imageUrl"] = .string(foreign)
      let stolen = try await school.trainer.send(
        "PATCH", "/api/quizzes/\(quiz)", ["questions": [.object(body)]])
      #expect(stolen.json["errors"]?[0]?["field"] == "questions[0].imageUrl")
    }
  }

  @Test func `a file is imported whole or not at all, and exported again`() async throws {
    try await School.run { school in
      let quiz = try await school.openQuiz(["questions": []])
      let path = "/api/quizzes/\(quiz)"
      func send(_ text: String, _ query: String = "") async throws -> TestClient.Answer {
        try await school.trainer.send(
          "POST", "\(path)/import\(query)", content: Array(text.utf8), type: "text/plain")
      }
      let half = try await send("Fine {T}\n\nTell me {}")
      #expect(half.status == 400 && half.json["errors"]?[0]?["field"] == "line 3")
      #expect(half.json["errors"]?[0]?["code"] == "ESSAY")
      #expect(try await send("nothing of it", "?mode=other").status == 400)
      #expect(try await school.trainer.get(path).json["questionCount"] == 0)
      let one = try await send("Fine {T}\n\nPort? {=22 ~80}")
      #expect(one.status == 201 && one.json["imported"] == 2 && one.json["questionCount"] == 2)
      #expect(try await send("More {F}").json["questionCount"] == 3)
      let csv = try await school.trainer.get("\(path)/export.csv")
      let gift = try await school.trainer.get("\(path)/export.gift")
      #expect(gift.text.contains("Port? {") && gift.headers["content-disposition"]?.contains("quiz-") == true)
      let replaced = try await send(csv.text, "?mode=replace")
      #expect(replaced.json["questionCount"] == 3, "\(replaced.text)")
      let texts = try await school.trainer.get(path).json["questions"]?.array?.map { $0["text"] }
      #expect(texts == ["Fine", "Port?", "More"])
      let many = (1...199).map { "Question \($0) {T}" }.joined(separator: "\n\n")
      #expect(try await send(many).code == "TOO_MANY_QUESTIONS")
    }
  }
}
