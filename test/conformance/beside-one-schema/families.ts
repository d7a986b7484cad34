import type { Fact, Family } from './family.js';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@external", "@requires", "@provides", "@override", "@shareable", "@interfaceObject"])';
const write = (sdl: string): string => `${link}\n${sdl}`;

const mill = { __typename: 'Maker', id: 'm1', name: 'Mill', city: 'Turku', staff: 4 };
const forge = { __typename: 'Maker', id: 'm2', name: 'Forge', city: null, staff: 9 };
const crates = ['c1', 'c2', 'c3'].map((id, index) => ({
  __typename: 'Crate',
  id,
  weight: [12, 7, null][index],
  width: [2, 5, 8][index],
  lid: ['oak', null, 'tin'][index],
  maker: [mill, forge, null][index],
}));
const feeOf = ({ weight, width }: Readonly<Record<string, unknown>>) => `fee ${weight} ${width}`;
const slipOf = (given: Readonly<Record<string, unknown>>) => `slip ${String(given.fee)}`;
/** With what is computed of them, which others require. */
const priced = crates.map((one) => {
  const fee = feeOf(one);
  return { ...one, fee, slip: slipOf({ fee }) };
});

const overriddenWithRequires: readonly Family[] = [
  {
    name: '@override of a field that requires what it was taken from',
    facts: priced,
    roots: { crates: priced, crate: priced[0], parcels: priced },
    computed: {
      'Crate.fee': feeOf,
      'Crate.slip': slipOf,
      'Crate.tag': ({ lid, fee }) => `tag ${lid} ${fee}`,
    },
    overridden: ['yard Crate.fee', 'yard Crate.slip'],
    subgraphs: {
      yard: write(`type Query { crates: [Crate!] crate: Crate }
        type Crate @key(fields: "id") { id: ID! weight: Int width: Int fee: String slip: String lid: String }`),
      port: write(`type Query { parcels: [Crate] }
        type Crate @key(fields: "id") { id: ID! weight: Int @external width: Int @external
          fee: String @override(from: "yard") @requires(fields: "weight width") }`),
      desk: write(`type Crate @key(fields: "id") { id: ID! fee: String @external lid: String @external
          slip: String @override(from: "yard") @requires(fields: "fee")
          tag: String @requires(fields: "lid fee") }`),
    },
    operations: [
      '{ crates { id fee } }',
      '{ crates { slip } }',
      '{ crates { tag slip fee } crate { tag } }',
      '{ parcels { slip weight } }',
      '{ parcels { fee } crates { lid } }',
    ],
  },
  {
    name: '@override of a field that a @requires of its old subgraph names',
    facts: priced,
    roots: { crates: priced, parcels: priced },
    computed: { 'Crate.slip': slipOf, 'Crate.note': ({ lid }) => `note ${lid}` },
    overridden: ['yard Crate.fee', 'yard Crate.lid'],
    subgraphs: {
      yard: write(`type Query { crates: [Crate!] }
        type Crate @key(fields: "id") { id: ID! width: Int lid: String @external fee: String @external
          slip: String @requires(fields: "fee") note: String @requires(fields: "lid") }`),
      old: write(`type Crate @key(fields: "id") { id: ID! fee: String lid: String }`),
      port: write(`type Query { parcels: [Crate] }
        type Crate @key(fields: "id") { id: ID! fee: String @override(from: "old") lid: String @override(from: "old") }`),
    },
    operations: [
      '{ crates { slip } }',
      '{ parcels { slip note } }',
      '{ crates { note fee } parcels { fee slip } }',
    ],
  },
];

const book = { __typename: 'Book', id: 'b1', title: 'Saga', pages: 90 };
const novel = { __typename: 'Book', id: 'b2', title: null, pages: 12 };
const film = { __typename: 'Film', id: 'f1', title: 'Frost', minutes: 80 };
const song = { __typename: 'Song', id: 's1', title: 'Rain', verses: 3 };
const works: readonly Fact[] = [book, novel, film, song];
const shelf = { __typename: 'Shelf', id: 'h1', top: film, works: [book, film, novel] };

const overriddenBehindInterfaces: readonly Family[] = [
  {
    name: '@override of a field of one type of an interface',
    facts: [...works, shelf],
    roots: { feed: [book, film, novel], shelf, book },
    implementations: { Work: ['Book', 'Film'] },
    overridden: ['shop Book.title', 'shop Film.minutes'],
    subgraphs: {
      shop: write(`type Query { feed: [Work!] shelf: Shelf }
        interface Work { id: ID! title: String }
        type Book implements Work @key(fields: "id") { id: ID! title: String }
        type Film implements Work @key(fields: "id") { id: ID! title: String minutes: Int }
        type Shelf @key(fields: "id") { id: ID! top: Work works: [Work] }`),
      press: write(`type Query { book: Book }
        type Book @key(fields: "id") { id: ID! title: String @override(from: "shop") pages: Int }`),
      studio: write(
        `type Film @key(fields: "id") { id: ID! minutes: Int @override(from: "shop") }`,
      ),
    },
    operations: [
      '{ feed { title } }',
      '{ feed { id title ... on Film { minutes } ... on Book { pages } } }',
      '{ shelf { top { title } works { ... on Work { ... on Book { title } } id } } book { title } }',
      '{ feed { __typename t: title ... on Film { title m: minutes } } }',
    ],
  },
  {
    name: '@override of a field behind an interface with a key and its object',
    facts: [...works, shelf],
    roots: { feed: [book, film, song], rated: [film, book] },
    implementations: { Work: ['Book', 'Film', 'Song'] },
    overridden: ['shop Film.title'],
    computed: { 'Work.blurb': ({ title }) => `blurb ${title}` },
    subgraphs: {
      shop: write(`type Query { feed: [Work!] }
        interface Work @key(fields: "id") { id: ID! title: String }
        type Book implements Work @key(fields: "id") { id: ID! title: String pages: Int }
        type Film implements Work @key(fields: "id") { id: ID! title: String }
        type Song implements Work @key(fields: "id") { id: ID! title: String verses: Int }`),
      studio: write(
        `type Film @key(fields: "id") { id: ID! title: String @override(from: "shop") minutes: Int }`,
      ),
      rating: write(`type Query { rated: [Work] }
        type Work @key(fields: "id") @interfaceObject { id: ID! stars: Int @shareable }`),
    },
    operations: [
      '{ feed { title } }',
      '{ rated { title } }',
      '{ rated { id ... on Film { title minutes } ... on Book { title pages } } }',
      '{ feed { ... on Film { title } ... on Song { verses title } } }',
    ],
  },
];

const note = { __typename: 'Note', id: 'n1', text: 'hello', rank: 1 };
const chart = { __typename: 'Chart', id: 'k1', bars: 3, rank: 2 };
const photo = { __typename: 'Photo', id: 'p1', width: 9, rank: 3 };
const innerBox = { __typename: 'Box', content: chart, boxes: [] };
const box = { __typename: 'Box', content: note, boxes: [innerBox] };
const otherBox = { __typename: 'Box', content: photo, boxes: [{ ...innerBox, content: null }] };
const leftPage = { __typename: 'Page', grid: [[note, chart], [], [note]], box };
const rightPage = { __typename: 'Page', grid: [[photo], [note, photo]], box: otherBox };

const partialUnions: readonly Family[] = [
  {
    name: 'a union of which each subgraph knows other members, in lists of lists and in wrappers',
    facts: [note, chart, photo],
    roots: {
      left: leftPage,
      right: rightPage,
      both: [leftPage],
      pick: note,
      mixed: [[note], [note]],
    },
    subgraphs: {
      west: write(`type Query { left: Page @shareable both: [Page] pick: Item @shareable mixed: [[Item!]!] @shareable }
        union Item = Note | Chart
        type Page @shareable { grid: [[Item!]!] box: Box }
        type Box @shareable { content: Item boxes: [Box!] }
        type Note @key(fields: "id") { id: ID! text: String }
        type Chart @key(fields: "id") { id: ID! bars: Int }`),
      east: write(`type Query { right: Page pick: Item @shareable mixed: [[Item!]!] @shareable }
        union Item = Note | Photo
        type Page @shareable { grid: [[Item!]!] box: Box }
        type Box @shareable { content: Item boxes: [Box!] }
        type Note @key(fields: "id") { id: ID! }
        type Photo @key(fields: "id") { id: ID! width: Int }`),
      ranks: write(`type Note @key(fields: "id") { id: ID! rank: Int }
        type Chart @key(fields: "id") { id: ID! rank: Int }
        type Photo @key(fields: "id") { id: ID! rank: Int }`),
    },
    operations: [
      '{ left { grid { ... on Note { text } ... on Chart { bars } ... on Photo { width } } } }',
      '{ right { grid { __typename ... on Note { text rank } ... on Photo { width rank } ... on Chart { bars rank } } } }',
      '{ left { box { content { ...I } boxes { content { ...I } } } } right { box { content { ...I } boxes { boxes { content { ...I } } content { ...I } } } } } fragment I on Item { ... on Chart { rank } ... on Photo { rank width } ... on Note { id } }',
      '{ pick { ... on Chart { bars } ... on Note { text } ... on Photo { width } } mixed { ... on Photo { rank } ... on Note { rank text } } }',
      '{ pick { ... on Photo { width rank } } mixed { ... on Chart { bars } } }',
      '{ both { grid { ... on Item { ... on Note { t: text } ... on Chart { u: id } } } } }',
    ],
  },
];

const goods = crates.map((one, index) => ({
  ...one,
  __typename: 'Good',
  item: [film, book, song][index],
}));

const partsOfProvides: readonly Family[] = [
  {
    name: '@provides of which a part is asked',
    facts: [...goods, mill, forge],
    roots: { top: goods[0], goods, good: goods[1] },
    subgraphs: {
      front:
        write(`type Query { top: Good @provides(fields: "weight maker { name city }") good: Good
          goods: [Good!] @provides(fields: "lid maker { name }") }
        type Good @key(fields: "id") { id: ID! weight: Int @external lid: String @external maker: Maker @external }
        type Maker @key(fields: "id") { id: ID! name: String @external city: String @external }`),
      store:
        write(`type Good @key(fields: "id") { id: ID! weight: Int @shareable width: Int lid: String @shareable maker: Maker @shareable }
        type Maker @key(fields: "id") { id: ID! name: String @shareable city: String @shareable staff: Int }`),
    },
    operations: [
      '{ top { weight } }',
      '{ top { weight width maker { name } } }',
      '{ top { maker { city staff } lid } }',
      '{ goods { lid weight maker { name city } } }',
      '{ goods { maker { id staff } } good { weight maker { name } } }',
      '{ top { ... on Good { m: maker { n: name } } maker { city } } }',
    ],
  },
  {
    name: '@provides for some types of a union and of an interface',
    facts: [...works, ...goods],
    roots: { media: [book, film, song], work: film, list: [film, book] },
    implementations: { Work: ['Book', 'Film'] },
    subgraphs: {
      front:
        write(`type Query { media: [Medium] @provides(fields: "... on Book { title } ... on Film { minutes }")
          work: Work @provides(fields: "... on Book { title pages } ... on Film { title }") list: [Work] }
        union Medium = Book | Film | Song
        interface Work { id: ID! }
        type Book implements Work @key(fields: "id") { id: ID! title: String @external pages: Int @external }
        type Film implements Work @key(fields: "id") { id: ID! title: String @external minutes: Int @external }
        type Song @key(fields: "id") { id: ID! }`),
      store:
        write(`type Book @key(fields: "id") { id: ID! title: String @shareable pages: Int @shareable }
        type Film @key(fields: "id") { id: ID! title: String @shareable minutes: Int @shareable }
        type Song @key(fields: "id") { id: ID! title: String verses: Int }`),
    },
    operations: [
      '{ media { ... on Book { title } ... on Song { verses } } }',
      '{ media { ... on Book { pages } ... on Film { title minutes } ... on Song { title } } }',
      '{ work { ... on Film { minutes } } list { ... on Film { title } ... on Book { pages } } }',
      '{ work { ... on Film { title minutes } ... on Book { pages } id } media { ... on Work { id ... on Film { title } } } }',
    ],
  },
];

const requiresOfSomeTypes: readonly Family[] = [
  {
    name: '@interfaceObject with @requires, asked of some types',
    facts: works,
    roots: { feed: [book, film, song], rated: [film, book], starred: [song, book] },
    implementations: { Work: ['Book', 'Film', 'Song'] },
    computed: {
      'Work.blurb': ({ title }) => `blurb ${title}`,
      'Work.mark': ({ stars }) => `mark ${stars}`,
    },
    subgraphs: {
      shop: write(`type Query { feed: [Work!] }
        interface Work @key(fields: "id") { id: ID! title: String }
        type Book implements Work @key(fields: "id") { id: ID! title: String pages: Int }
        type Film implements Work @key(fields: "id") { id: ID! title: String minutes: Int }
        type Song implements Work @key(fields: "id") { id: ID! title: String verses: Int }`),
      rating: write(`type Query { rated: [Work] }
        type Work @key(fields: "id") @interfaceObject { id: ID! stars: Int title: String @external
          blurb: String @requires(fields: "title") }`),
      press: write(`type Query { starred: [Work] }
        type Work @key(fields: "id") @interfaceObject { id: ID! stars: Int @external
          mark: String @requires(fields: "stars") }`),
    },
    operations: [
      '{ feed { ... on Book { blurb } ... on Film { minutes } } }',
      '{ feed { mark ... on Song { blurb } } }',
      '{ feed { title ... on Book { blurb } } }',
      '{ feed { ... on Song { blurb } ... on Film { stars } } }',
      '{ feed { stars ... on Book { mark blurb } ... on Film { mark } } }',
      '{ rated { ... on Film { blurb mark } } }',
      '{ starred { ... on Song { blurb } ... on Book { mark pages } } }',
      '{ starred { mark ... on Song { verses blurb } } feed { ... on Song { mark } blurb } }',
      '{ rated { id ... on Book { title } ... on Song { blurb } } starred { ... on Book { stars } } }',
    ],
  },
];
for (const [index, work] of works.entries())
  Object.assign(work, { stars: index, blurb: `blurb ${work['title']}`, mark: `mark ${index}` });

/** What other suites found engines to plan wrongly: each family in schemas of our own. */
export const families: readonly Family[] = [
  ...overriddenWithRequires,
  ...overriddenBehindInterfaces,
  ...partialUnions,
  ...partsOfProvides,
  ...requiresOfSomeTypes,
];
