import Foundation
import RelatedNews
import Testing

@Suite struct ExplanationJSONTests {
  @Test("an explained entry's terms, its other terms and the hub add up to the relatedness")
  func addsUp() throws {
    var options = RecommendationOptions()
    options.explains = true
    let archive = Archive.build(RandomNews(seed: 31).articles(80))
    let lists = Recommender(archive: archive, options: options).lists()
    let text = JSONArrayFormatter().document(lists)
    let parsed = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    var explained = 0
    for entry in parsed.flatMap({ $0["related"] as? [[String: Any]] ?? [] }) {
      let why = try #require(entry["explanation"] as? [String: Any])
      let terms = try #require(why["terms"] as? [[String: Any]])
      let others = try #require(why["others"] as? [String: Any])
      let values = terms.compactMap { $0["value"] as? Double }
      let sum =
        try values.reduce(0, +) + #require(others["value"] as? Double)
        + #require(why["hub"] as? Double)
      #expect(abs(sum - (try #require(why["relatedness"] as? Double))) < 1e-6)
      #expect(values.count == terms.count && values.count <= 25)
      explained += try #require(others["count"] as? Int) > 0 ? 1 : 0
    }
    #expect(explained > 0, "some entry has more terms than are named")
  }
}
