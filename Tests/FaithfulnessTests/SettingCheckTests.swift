import Faithfulness
import Terms
import Testing

/// Settings of measures that cannot be are refused, in the manner of all settings.
@Suite struct SettingCheckTests {
  @Test func `measures and checks`() {
    let metrics: [(String, MetricSettings)] = [
      ("step", .init(step: 0)), ("step", .init(step: .max)), ("wholeSteps", .init(wholeSteps: -1)),
      ("salience", .init(salience: .nan)), ("penaltyFraction", .init(penaltyFraction: -1)),
      ("areas", .init(areas: [0.1, 2])),
    ]
    for (name, settings) in metrics {
      #expect(throws: SettingFault.self) { try settings.checkSettings() }
      let fault = #expect(throws: SettingFault.self) {
        try MapCheck(metrics: settings).checkSettings()
      }
      #expect(fault?.name == name)
    }
    for check in [MapCheck(draws: -1), MapCheck(significance: 0), MapCheck(significance: .nan)] {
      #expect(throws: SettingFault.self) { try check.checkSettings() }
    }
    #expect(throws: Never.self) { try MapCheck().checkSettings() }
  }
}
