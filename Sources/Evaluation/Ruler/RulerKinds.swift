/// RULER's tasks, by its own names.
enum RulerKinds {
    static let all: [any RulerKind] =
        RulerNeedles.all + [RulerVariableTracking(), RulerCommonWords(), RulerFrequentWords()]
}
