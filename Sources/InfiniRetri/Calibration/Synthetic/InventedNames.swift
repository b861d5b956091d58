import Transformer

/// Invented names. None means anything; that some exist is no harm.
enum InventedNames {
    static func person(using generator: inout SplitMix64) -> String {
        pick(firstNames, &generator) + " " + pick(surnameStarts, &generator) + pick(surnameEnds, &generator)
    }

    static func place(using generator: inout SplitMix64) -> String {
        pick(placeStarts, &generator) + pick(placeEnds, &generator)
    }

    /// `The Salt Orchard`
    static func title(using generator: inout SplitMix64) -> String {
        "The \(capitalized(pick(adjectives, &generator))) \(capitalized(pick(nouns, &generator)))"
    }

    /// `Silent Heron`
    static func pair(using generator: inout SplitMix64) -> String {
        "\(capitalized(pick(adjectives, &generator))) \(capitalized(pick(nouns, &generator)))"
    }

    static func surname(using generator: inout SplitMix64) -> String {
        pick(surnameStarts, &generator) + pick(surnameEnds, &generator)
    }

    static func pick(_ list: [String], _ generator: inout SplitMix64) -> String {
        list.randomElement(using: &generator) ?? ""
    }

    private static func capitalized(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }

    private static let firstNames = [
        "Ada", "Agnes", "Albin", "Amara", "Anders", "Beatrix", "Bruno", "Carla", "Casper", "Clara", "Dario", "Edith",
        "Elias", "Elsa", "Emeka", "Fanny", "Farid", "Felix", "Greta", "Gustav", "Hana", "Henrik", "Ida", "Ines", "Ivo",
        "Jasper", "Jelena", "Jonas", "Kamala", "Kenji", "Lars", "Leila", "Leonard", "Lucia", "Magnus", "Mariam",
        "Matilda", "Milo", "Nadia", "Nils", "Olga", "Oscar", "Pavel", "Petra", "Quentin", "Ramon", "Rosa", "Rupert",
        "Samir", "Selma", "Simon", "Stella", "Tamar", "Theodor", "Ursula", "Viktor", "Wanda", "Xavier", "Yusuf",
        "Zelda",
    ]
    private static let surnameStarts = [
        "Alder", "Barn", "Beck", "Bran", "Calder", "Corv", "Dahl", "Drum", "Eber", "Fal", "Gar", "Hald", "Hol", "Ing",
        "Kal", "Kest", "Lind", "Lor", "Mar", "Mont", "Nor", "Oster", "Pell", "Quar", "Ros", "Sand", "Sor", "Tal",
        "Thorn",
        "Vald", "Var", "Wes", "Win", "Yar", "Zel",
    ]
    private static let surnameEnds = [
        "berg", "by", "court", "dale", "den", "elli", "er", "feld", "gren", "hart", "ini", "kov", "lund", "man", "mere",
        "mond", "ner", "ova", "rick", "sen", "stad", "ström", "ton", "vik", "well", "wick", "worth",
    ]
    private static let placeStarts = [
        "Aber", "Aln", "Ar", "Bel", "Birk", "Bram", "Cal", "Cold", "Dun", "East", "Elm", "Fen", "Glen", "Grim", "Hart",
        "Hol", "Kel", "Kirk", "Lang", "Lin", "Mal", "Mor", "Nether", "Ny", "Ost", "Pen", "Rav", "Row", "Sal", "Stav",
        "Tarn", "Tor", "Ul", "Vel", "Wal", "Whit", "Yar",
    ]
    private static let placeEnds = [
        "angen", "barrow", "bourne", "bridge", "by", "combe", "dorf", "fell", "field", "fjord", "ford", "gate", "hagen",
        "ham", "haven", "heim", "holm", "ice", "mark", "minster", "mouth", "ness", "ora", "over", "port", "ridge",
        "stead",
        "stow", "thwaite", "ville", "wold",
    ]
    static let adjectives = [
        "amber", "blind", "broken", "burning", "copper", "crooked", "distant", "drowned", "empty", "fallen", "gentle",
        "golden", "hollow", "hungry", "iron", "ivory", "jagged", "last", "lonely", "marble", "northern", "pale",
        "patient",
        "quiet", "restless", "salt", "scarlet", "second", "silent", "silver", "sleeping", "velvet", "wandering",
        "winter",
    ]
    static let nouns = [
        "anchor", "apple", "arrow", "basket", "bell", "candle", "carpenter", "chapel", "comet", "compass", "crane",
        "daughter", "falcon", "ferry", "garden", "harbour", "heron", "island", "kettle", "lantern", "ledger", "mirror",
        "mountain", "orchard", "otter", "piano", "pilot", "river", "shepherd", "sparrow", "staircase", "tailor",
        "thistle",
        "violin", "window",
    ]
}
