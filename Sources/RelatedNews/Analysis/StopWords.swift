/// Words that say nothing about what an article is about, by language.
///
/// The lists are short on purpose. A word is here because it is grammar (articles, pronouns,
/// prepositions, conjunctions, auxiliaries, the pieces of contractions); inverse document frequency
/// takes care of words that are merely common. Sources: our own, from each language's grammar.
public enum StopWords: String, Sendable, Hashable, Codable, CaseIterable {
  /// No word is left out.
  case none
  /// Each article's by the language it is recognised as.
  case byLanguage = "by-language"

  /// Whether `word`, lower-case, is left out of articles of `language`.
  func contains(_ word: String, in language: Language) -> Bool {
    contains(Array(word.utf8), in: language)
  }

  /// The same for the bytes of a word.
  func contains(_ word: [UInt8], in language: Language) -> Bool {
    guard self == .byLanguage, let list = Self.list(of: language) else { return false }
    return word.withUnsafeBufferPointer { list.words.find($0) != nil }
  }

  /// A list by the bytes of its words. A class, as a look at one would else count the references of its
  /// arrays.
  private final class List: Sendable {
    let words: SurfaceTable

    /// - Parameter lines: words with spaces between them.
    init(_ lines: String...) {
      var table = SurfaceTable()
      for line in lines {
        for word in line.utf8.split(separator: UInt8(ascii: " ")) {
          Array(word).withUnsafeBufferPointer { _ = table.number(of: $0) }
        }
      }
      words = table
    }
  }

  /// Made when it is first asked for: an archive has one language, or two.
  private static func list(of language: Language) -> List? {
    switch language {
    case .en: en
    case .es: es
    case .fr: fr
    case .de: de
    case .pt: pt
    case .ru: ru
    case .zh: zh
    case .ja: ja
    case .ko: ko
    default: nil
    }
  }

  private static let en = List(
    // articles, pronouns, determiners
    "a an the i me my mine myself we us our ours ourselves you your yours yourself yourselves",
    "he him his himself she her hers herself it its itself they them their theirs themselves",
    "this that these those who whom whose which what whoever whatever anyone anybody anything",
    "someone somebody something everyone everybody everything nobody nothing each every either",
    "neither both all any some few many much more most less least several such other others",
    "another same own no none one ones",
    // prepositions, conjunctions
    "of in on at by for from to into onto with without within about against between among amid",
    "through during before after above below over under up down out off per via toward towards",
    "upon across along around behind beside besides beyond near since until till and or nor but",
    "if because as while although though whereas whether than so yet unless despite",
    // auxiliaries, contractions and their pieces
    "am is are was were be been being do does did doing done have has had having can could may",
    "might must shall should will would ought cannot aren't can't couldn't didn't doesn't don't",
    "hadn't hasn't haven't isn't mightn't mustn't needn't shan't shouldn't wasn't weren't won't",
    "wouldn't i'm i've i'd i'll you're you've you'd you'll he'd he'll she'd she'll it'd it'll",
    "we're we've we'd we'll they're they've they'd they'll that'll there'd who'd who'll let's",
    "ve re ll don didn doesn isn wasn",
    // adverbs of place, degree and time that only join sentences
    "not only very too also just even still already again ever never always often sometimes",
    "however therefore thus hence then there here when where why how now once further almost",
    "rather quite perhaps else instead otherwise meanwhile moreover nevertheless",
    // how a report quotes: in every story, about none
    "said says say told added according")

  private static let es = List(
    "el la los las un una unos unas lo al del de a ante bajo con contra desde durante en entre",
    "hacia hasta para por según sin sobre tras y e o u ni que pero sino aunque porque como cuando",
    "donde si no sí se me te le les nos os mi tu su sus mis tus nuestro nuestra nuestros nuestras",
    "yo él ella ellos ellas usted ustedes nosotros este esta estos estas ese esa esos esas aquel",
    "aquella eso esto ello quien quienes cual cuales cuyo cuya qué quién cuál cómo cuándo dónde",
    "ser es son era eran fue fueron sea sean sido siendo será serán sería está están estaba",
    "estaban estar estado ha han había habían haber hay he hemos hubo muy más menos también ya",
    "todo toda todos todas otro otra otros otras cada mismo misma tan tanto así aún además",
    "mientras entonces dijo dice según")

  private static let fr = List(
    "le la les l un une des du de d au aux à en dans par pour sur sous avec sans entre vers chez",
    "depuis pendant avant après contre et ou ni mais donc or car que qu si comme quand lorsque",
    "où puis ne n pas plus moins très aussi y se s me m te t lui leur leurs nous vous je j tu il",
    "elle on ils elles ce c cet cette ces cela ça son sa ses mon ma mes ton ta tes notre nos votre",
    "vos qui quoi dont lequel laquelle lesquels lesquelles être est sont était étaient été étant",
    "sera seront serait fut soit avoir a ai as ont avait avaient eu ayant aura auront aurait",
    "tout toute tous toutes autre autres même mêmes ainsi alors encore déjà selon dit c'est",
    "n'est qu'il qu'elle d'un d'une l'on s'est")

  private static let de = List(
    "der die das den dem des ein eine einen einem einer eines kein keine keinen und oder aber",
    "denn sondern doch dass daß wenn weil als wie ob obwohl während nachdem bevor damit sowie in",
    "im an am auf aus bei beim mit nach von vom vor zu zum zur über unter für gegen ohne um durch",
    "bis seit zwischen wegen trotz ab ich du er sie es wir ihr mich mir dich dir ihn ihm uns euch",
    "ihnen sich mein dein sein seine seinen seinem seiner ihre ihren ihrem ihrer unser dieser",
    "diese dieses diesem diesen jener jene jeder jede jedes welche welcher welches was wer wen",
    "wem wo wann warum ist sind war waren bin bist sei wäre wird werden wurde wurden worden",
    "würde würden hat haben hatte hatten habe hätte kann können konnte konnten soll sollen",
    "sollte muss müssen musste will wollen wollte darf dürfen nicht nur auch noch schon sehr",
    "mehr so da dann hier dort nun immer wieder man alle allem allen aller alles andere anderen",
    "anderer anderes selbst etwa bereits laut sagte")

  private static let pt = List(
    "o a os as um uma uns umas de do da dos das em no na nos nas num numa por pelo pela pelos",
    "pelas para pra com sem sobre sob entre até desde após contra ao aos à às e ou nem mas porém",
    "que se como quando onde porque embora enquanto não sim mais menos muito também já ainda só",
    "eu tu ele ela nós vós eles elas você vocês me te lhe lhes nos vos meu minha seu sua seus",
    "suas nosso nossa este esta estes estas esse essa esses essas isso isto aquele aquela aquilo",
    "quem qual quais cujo cuja ser é são era eram foi foram seja sido sendo será serão seria",
    "está estão estava estavam estar tem têm tinha tinham ter teve há havia haver todo toda",
    "todos todas outro outra outros outras mesmo mesma cada tão assim então segundo disse")

  private static let ru = List(
    "и в во не что он на я с со как а то все всё она так его но да ты к у же вы за бы по только",
    "ее её мне было вот от меня еще ещё нет о об из ему теперь когда даже ну ли если уже или ни",
    "быть был была были него до вас нибудь вам ведь там потом себя ничего ей может они тут где",
    "есть надо ней для мы тебя их чем сам чтоб без будто чего раз тоже себе под будет будут ж",
    "тогда кто этот того потому этого какой им здесь этом мой тем чтобы нее неё были куда зачем",
    "всех при наконец два об другой хоть после над больше тот через эти нас про них какая много",
    "разве эту моя впрочем свою этой перед лучше том такой более всегда конечно всю между это",
    "также которые который которая которое которых сказал сообщил")

  // Pairs of characters: those that are function words, or their usual joints.
  private static let zh = List(
    "的 了 是 在 和 与 及 或 也 就 都 而 着 被 把 对 从 向 以 为 于 这 那 我们 他们 她们 你们 它们",
    "这个 那个 这些 那些 一个 一些 没有 不是 就是 还是 但是 因为 所以 如果 虽然 可以 已经 以及 并且",
    "对于 关于 由于 其中 其他 表示 进行 通过 目前 同时 此外 这是 也是 都是 了一 的一 是一")

  private static let ja = List(
    "の に は を が と も で へ や から まで です ます した して いる ある する なる この その あの これ それ",
    "こと もの ため よう など では には とし れた れる てい った され いた ました という")

  private static let ko = List("그리고 그러 하지 지만 그는 이는 있다 했다 한다 된다 이라 에서 으로 에게 까지 부터 했다 습니 니다 라고 다고")

}
