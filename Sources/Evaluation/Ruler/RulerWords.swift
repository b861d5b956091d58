import Transformer

/// The words of RULER's keys and lists, and letters for its made-up names.
enum RulerWords {
    /// An adjective and a noun, such as `quiet-harbor`.
    static func pair(using generator: inout SplitMix64) -> String {
        adjectives[Int.random(in: adjectives.indices, using: &generator)] + "-"
            + nouns[Int.random(in: nouns.indices, using: &generator)]
    }

    /// How many pairs there are.
    static let pairCount = adjectives.count * nouns.count

    /// One word.
    static func single(using generator: inout SplitMix64) -> String {
        singles[Int.random(in: singles.indices, using: &generator)]
    }

    /// Different words in an order drawn by chance: single words where there are enough of them, else pairs.
    static func list(atLeast count: Int, using generator: inout SplitMix64) -> [String] {
        if count <= singles.count { return singles.shuffled(using: &generator) }
        var numbers = Array(0..<pairCount).shuffled(using: &generator)
        numbers.removeLast(max(0, numbers.count - count))
        return numbers.map { adjectives[$0 / nouns.count] + "-" + nouns[$0 % nouns.count] }
    }

    /// Lower-case letters.
    static func letters(_ count: Int, using generator: inout SplitMix64) -> String {
        String((0..<count).map { _ in Character(Unicode.Scalar(UInt8.random(in: 0x61...0x7A, using: &generator))) })
    }

    static let singles = adjectives + nouns

    static let adjectives = words(
        """
        able amber ample ancient arid autumn awake azure balmy basic beige blank bleak blind blond blunt bold bossy
        brave breezy brief bright brisk broad bronze brown burly busy calm candid careful cheap cheery chief chilly
        clean clear clever close cloudy clumsy coarse cold common cool copper coral cosy crimson crisp crooked cruel
        curious curly damp dapper daring dark dear deep dense dim distant dizzy double drowsy dry dull dusty eager
        early earnest easy elder empty equal exact faint fair famous fancy fast fatal feeble fierce final fine firm
        flat flimsy fluffy foggy fond formal fragile frank free fresh frosty frugal full funny fuzzy gaudy gentle
        giant giddy glad gloomy glossy golden good grand grave gray great greedy green grim gritty gruff happy hardy
        harsh hasty hazel heavy hidden high hollow honest humble humid hungry hurried husky icy idle ivory jade jolly
        joyful keen kind lanky large late lavish lazy lean level light lilac limber little lively lofty lone long
        loose loud lovely loyal lucky lunar mad magenta major maroon meek mellow mental merry mighty mild minor misty
        modern modest moist mossy muddy muffled mute narrow navy near neat new nimble noble noisy novel odd olive open
        orange ornate oval pale patient perky petty pink placid plain plump polite poor proper proud prudent pure
        purple quaint quick quiet rapid rare rash raw ready real red regal remote rich rigid ripe robust rocky rosy
        rough round royal ruby rude rural rustic rusty sad safe salty sandy scarce scarlet secret serene severe shabby
        shady sharp sheer shiny short shy silent silky silver simple sincere sleek sleepy slender slim slow small
        smart smoky smooth snowy snug sober soft solar solemn solid somber sour spare sparse speedy spicy square stale
        stark steady steep stern sticky stiff still stormy stout strange strict strong sturdy subtle sudden sullen
        sunny supple sure sweet swift tall tame tan tart tasty teal tender tense thick thin thirsty tidy timid tiny
        tired tough tranquil true trusty upbeat urban useful usual vague vain valiant vast velvet violet vital vivid
        warm wary wavy weak wealthy weary wet wicked wide wild wily windy wise witty wooden woolen worn worthy yellow
        young zany zesty
        """)

    static let nouns = words(
        """
        abbey acorn acre actor album alley almond alpaca anchor angle animal ankle anthem apple apron arch arena arrow
        artist aspen atlas attic author avenue axle baboon badge bagel baker balcony ballad balloon bamboo banana
        banjo banner barber barge barley barn barrel basin basket bayou beach beacon beaver bedrock beetle bell bench
        berry bicycle bishop bison blanket blossom boat bonnet book boot border bottle boulder bow bowl bracket branch
        brass bread brick bridge brook broom brother brush bucket buckle bugle bundle bungalow bureau butter button
        cabbage cabin cable cactus camel camera candle canoe canvas canyon captain caravan cargo carpet carriage
        carrot cart castle cathedral cavern cedar cello cellar chain chalk chapel chariot cherry chess chestnut
        chimney chisel cider cinema circle circus citadel clarinet clock cloth clover coach coast cobra coffee coin
        collar colony comet compass concert condor cookie cork corner cottage cotton council cousin coyote cradle
        crane crater crayon creek cricket crow crown crystal cuckoo cup curtain cushion cymbal cypress dagger daisy
        dance deer delta denim desert desk diamond diary dinner doctor dolphin domino donkey door dove dragon drawer
        dress drum duck dune dwarf eagle earring easel echo eel elbow elephant elk elm ember emblem engine envelope
        estuary falcon farmer feather fence fern ferret ferry fiddle field fig finch finger fjord flag flame flask
        flint flood flute forest fork fortress fossil fountain fox frame frog fruit furnace galaxy gallery garden
        garlic garnet gate gazelle geyser ghost giraffe glacier glass globe glove goat goblet goose gorge gorilla
        granite grape gravel grove guitar gull hammer hammock hamster harbor harp harvest hat hawk hazelnut heath
        hedge helmet herb hermit heron herring hickory hill hinge honey hood hook horizon hornet horse hostel hotel
        house hurdle husband igloo inlet insect iron island ivy jacket jaguar jar jasmine jelly jewel journal judge
        jug jungle juniper kayak kennel kettle keyboard kingdom kite kitten knight knot koala ladder ladle lagoon lake
        lamb lamp lantern larch lark laurel lava lawn leaf leather legend lemon lens leopard letter lettuce library
        lily lime linen lion lizard llama lobster locket lodge lotus lumber lynx magnet magpie mallet mango manor
        mantle maple marble margin market marmot marsh mask mason mast meadow medal melon merchant meteor mill mineral
        mirror mitten molecule monkey monsoon moon moose morning mosaic mosque moth motor mountain mouse museum
        mushroom mustard napkin necklace needle nest nettle noodle notebook nugget nutmeg oak oar oasis oatmeal ocean
        octopus office onion opal opera orchard orchid organ otter oven owl oxen oyster paddle palace palm panda
        panther paper parade parcel park parrot parsley pasture patch path pavilion peach peacock pear pearl pebble
        pelican pencil penguin pepper petal phoenix piano pickle pier pigeon pillar pillow pilot pine pipe pirate
        planet plank plate plaza plow plum pocket poem poet pond pony poplar poppy porch port portal potato potter
        powder prairie prince prism puddle puffin pulley pumpkin puppet puzzle pyramid quail quarry quartz queen quill
        quilt rabbit raccoon radish raft railway rainbow raisin ranch raven razor reef reptile ribbon rice ridge ring
        river road robin rocket roof rooster root rope rose rudder sack saddle sailor salad salmon salt sapling
        sapphire sardine satchel saucer scarf school scissors scroll sculptor seal season seed shadow shark shed sheep
        shelf shell sheriff ship shirt shoe shore shovel shrimp shrine sister skate sketch skirt skunk sled sleeve
        slipper sloop snail snake soap sock sofa soldier sonnet soup spade sparrow spear spider spinach sponge spoon
        spring spruce squid squirrel stable staircase stamp star station statue steam steeple stem stitch stone stool
        stork storm stove straw stream street string studio sugar summer summit sunset surgeon swallow swan sweater
        sword syrup table tablet tailor tavern teacher teapot temple tennis tent thicket thistle thread throne thunder
        ticket tiger timber toast tobacco tomato torch tortoise tower town tractor trail train trapeze tray treasure
        tree trellis trumpet trunk tulip tunnel turkey turnip turtle umbrella uncle valley vase vault veil vessel
        viaduct vicar village vine vinegar violin volcano vulture wagon waiter wallet walnut walrus warden wasp water
        waterfall wave weasel weather wharf wheat wheel whisker whistle widow willow window wing winter wizard wolf
        wombat wood wren wrist yacht yak yarn zebra zeppelin zinc
        """)

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }
}
