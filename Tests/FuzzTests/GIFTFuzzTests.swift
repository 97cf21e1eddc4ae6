import GIFT
import Testing

/// Random files of quiz questions.
@Suite(.serialized) struct GIFTFuzzTests {
  private static let file = """
    // comment
    $CATEGORY: a/b

    ::t::[html]Text {=a#b ~%50%c \\~ ~d ####f}

    Pi {#=%50%3.1:0.1 =2..3#x}

    M {=a->b =c -> d}

    T {T#w#r}

    O {>ALL
    a
    b
    }

    E {} after

    """

  @Test func `a file of questions is read, and what is written of it is read back the same`() throws {
    let words = ["::", "####", "->", "..", "%50%", "\\n", "{#", "{>", "$CATEGORY:", "//", "\n\n", "\\", "}"]
    try Fuzzer.run("gift", [Self.file], words: words) { input in
      let file = File(String(decoding: input, as: UTF8.self))
      let again = File(Writer.text(of: file.questions))
      try hold(again.problems.isEmpty, "no problem in what was written")
      try hold(again.questions == file.questions, "the same questions")
    }
  }
}
