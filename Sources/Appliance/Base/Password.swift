/// Requirements for new passwords: long enough, not a common one, and unlike the person's names. There are no
/// composition rules.
enum Password {
  static let shortest = 8
  static let longestInBytes = 256

  /// Whether the normalized password is at most `longestInBytes`. Much longer texts are not normalized, as
  /// that takes long.
  static func isShortEnough(_ password: String) -> Bool {
    password.utf8.count <= 4 * longestInBytes && password.composed.utf8.count <= longestInBytes
  }

  enum Problem: String, Error, Sendable {
    case tooShort, tooLong, common, personal
  }

  /// The problem with a password for a person with these names and addresses; nil when it is acceptable.
  static func problem(_ password: String, person: [String] = []) -> Problem? {
    guard isShortEnough(password) else { return .tooLong }
    let password = password.composed
    if password.count < shortest { return .tooShort }
    let lowered = password.lowercased()
    if isRow(lowered) { return .common }
    let forms = [lowered, core(lowered)].compactMap(\.self)
    if forms.contains(where: commonOnes.contains) { return .common }
    let own = Set(person.flatMap(variants))
    return forms.contains { own.contains(compact($0)) } ? .personal : nil
  }

  /// The password without up to four non-letters at either end; nil when there are more or fewer than four
  /// characters remain.
  private static func core(_ text: String) -> String? {
    let isAddition: (Character) -> Bool = { !$0.isLetter }
    let start = text.prefix(while: isAddition).count
    let end = text.reversed().prefix(while: isAddition).count
    guard start <= 4, end <= 4, start + end < text.count else { return nil }
    let core = text.dropFirst(start).dropLast(end)
    return core.count >= 4 ? String(core) : nil
  }

  /// Whether the characters repeat or form a sequence such as `1234` or `dcba`.
  private static func isRow(_ text: String) -> Bool {
    let values = text.unicodeScalars.map { Int($0.value) }
    guard let first = values.first, let second = values.dropFirst().first, abs(second - first) <= 1 else {
      return false
    }
    return zip(values, values.dropFirst()).allSatisfy { $1 - $0 == second - first }
  }

  private static func variants(of name: String) -> [String] {
    let lowered = name.lowercased()
    let parts = lowered.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    var variants = [compact(lowered), compact(parts.reversed().joined())] + parts.filter { $0.count >= 4 }
    if let at = lowered.utf8.lastIndex(of: UInt8(ascii: "@")) {
      variants.append(compact(String(lowered[..<at])))
    }
    return variants.filter { $0.count >= 4 }
  }

  private static func compact(_ text: String) -> String { text.filter { $0.isLetter || $0.isNumber } }

  /// Words that attackers try first, in English and French.
  private static let commonOnes: Set<String> = Set(
    """
    password passw0rd p@ssw0rd p@ssword pa$$word pa55word passwort password123 passwords passphrase motdepasse
    monmotdepasse motdepass secret secrets topsecret 123456789 1234567890 12345678910 0123456789 0987654321
    87654321 987654321 11223344 112233445566 12341234 123123123 123123 123321 12344321 1234554321 123654789
    147258369 147852369 159753 159357 258456 741852963 789456123 963852741 13579 135792468 24681012 31415926
    3141592654 10203040 01012000 01011990 qwerty qwertyui qwertyuiop qwertz qwertzuiop azerty azertyui azertyuiop
    qwerty123 azerty123 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qazxsw2 zaq12wsx q1w2e3r4 q1w2e3r4t5 qazwsx qazwsxedc
    qweasd qweasdzxc wxcvbn zxcvbn zxcvbnm asdfgh asdfghjk asdfghjkl qsdfgh qsdfghjklm a1b2c3d4 a1z2e3r4
    a1z2e3r4t5 abc123 abcd1234 1234abcd abc12345 123abc456 12345abc abcabc aaaabbbb admin administrator
    administrateur admin123 adminadmin root rootroot toor sysadmin superuser user utilisateur guest invite test
    testtest testing tester demo demodemo default defaut changeme changezmoi changeit change letmein letmein1
    laissezmoi welcome welcome1 bienvenue bonjour bonsoir salut coucou hello helloworld hellohello login
    master michael jennifer jessica jordan daniel thomas nicolas julien camille charlotte alexandre alexandra
    maxime antoine caroline christian stephane isabelle sebastien william anthony andrew ashley matthew
    robert joshua amanda michelle nicole samantha charlie george harley hunter hunter2 ranger buster
    tigger ginger pepper maggie soccer hockey football baseball basketball liverpool chelsea arsenal
    barcelona realmadrid juventus marseille olympique parissg psgpsg paris lyon france toulouse bordeaux
    london newyork america canada dragon monkey shadow sunshine soleil princess princesse superman batman
    spiderman starwars pokemon naruto minecraft fortnite iloveyou iloveyou1 jetaime jetaimes mylove loveme
    lovely loulou doudou chouchou nounours bisous cherie amour chocolat chocolate vanille caramel cookie
    banana orange computer ordinateur internet google facebook youtube linkedin microsoft windows
    samsung apple iphone android ubuntu debian linux oracle cisco docker proxmox obox server serveur
    summer winter spring autumn printemps automne hiver january february november december janvier fevrier
    septembre octobre novembre decembre monday sunday friday lundi vendredi trustno1 whatever nothing
    freedom liberte merlin matrix phoenix mustang corvette ferrari porsche mercedes corsair guitar
    flower butterfly papillon rainbow unicorn licorne diamond silver golden purple yellow bluebird
    blink182 metallica nirvana slipknot eminem access access14 killer ninja samurai warrior wizard
    zaqxsw mnbvcxz poiuytrewq poiuytreza lkjhgfdsa mlkjhgfdsq correcthorsebatterystaple
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
