import HTTP

/// Answers in the arrangement in which a learner sees the options, and in the author's.
extension QuizLayout.Item {
  /// The author's index of an option that is shown in a place.
  private func option(_ place: Int) -> Int { options.indices.contains(place) ? options[place] : place }
  private func choice(_ place: Int) -> Int { choices.indices.contains(place) ? choices[place] : place }
  private func place(ofOption index: Int) -> Int { options.firstIndex(of: index) ?? index }
  private func place(ofChoice index: Int) -> Int { choices.firstIndex(of: index) ?? index }

  /// Reads an answer in the places as shown.
  func answer(_ json: JSONValue, to question: QuizQuestion, named field: String) throws(FieldError)
    -> QuizAnswer?
  {
    let given = try question.answer(json, named: field)
    switch given {
    case .index(let place): return .index(option(place))
    case .indexes(let places) where question.kind == .match:
      return .indexes(
        question.options.indices.map { index in
          let place = place(ofOption: index)
          return places.indices.contains(place) && places[place] >= 0 ? choice(places[place]) : -1
        })
    case .indexes(let places):
      let indexes = places.map(option)
      return .indexes(question.kind == .multiple ? indexes.sorted() : indexes)
    default: return given
    }
  }

  /// An answer in the places as shown.
  func shown(_ answer: QuizAnswer, to question: QuizQuestion) -> JSONValue {
    switch answer {
    case .index(let index): return .integer(Int64(place(ofOption: index)))
    case .indexes(let indexes) where question.kind == .match:
      return .array(
        question.options.indices.map { place in
          let index = option(place)
          guard indexes.indices.contains(index), indexes[index] >= 0 else { return .null }
          return .integer(Int64(self.place(ofChoice: indexes[index])))
        })
    case .indexes(let indexes):
      let places = indexes.map { place(ofOption: $0) }
      return .array((question.kind == .multiple ? places.sorted() : places).map { .integer(Int64($0)) })
    default: return answer.json
    }
  }

  /// The right answer in the places as shown.
  func shownRight(_ question: QuizQuestion) -> JSONValue {
    switch question.right {
    case .index(let index): shown(.index(index), to: question)
    case .indexes(let indexes): shown(.indexes(indexes), to: question)
    default: question.rightJSON
    }
  }
}

/// As kept in the database: `[{"id":3,"o":[1,0],"c":[]}]`.
extension QuizLayout {
  var stored: String {
    var json = JSONWriter()
    json.array { json in
      for item in items {
        json.object { json in
          json.field("id", item.question)
          json.field("o", .array(item.options.map { .integer(Int64($0)) }))
          json.field("c", .array(item.choices.map { .integer(Int64($0)) }))
        }
      }
    }
    return String(decoding: json.bytes, as: UTF8.self)
  }

  init(stored text: String) {
    items = (JSONValue(parsing: text)?.array ?? []).map { json in
      Item(
        question: json["id"]?.int64 ?? 0, options: json["o"]?.array?.compactMap(\.int) ?? [],
        choices: json["c"]?.array?.compactMap(\.int) ?? [])
    }
  }
}
