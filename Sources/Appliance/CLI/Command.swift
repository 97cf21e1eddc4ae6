import CAssets
import CSodium

@main struct Command {
  static func main() { print("obox", sodium_init() >= 0) }
}
