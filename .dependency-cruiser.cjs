// What may import what. Each rule says why; `test/architecture/boundaries.test.ts` holds the tree to them.
const hubFloors = require('./test/architecture/hub-floors.cjs');
const kit = require('./test/architecture/kit-floors.cjs');
const rooms = require('./test/architecture/partner-rooms.cjs');

const test = '\\.test\\.ts$|/test-[^/]+\\.ts$|^subgraphs/[^/]+/testing/';

/** One rule a room: it holds for what a room imports of its own partner. */
const roomRules = Object.entries(rooms).flatMap(([partner, floors]) =>
  floors.map(([room, comment], floor) => {
    const below = floors.slice(0, floor + 1).map(([name]) => name);
    return {
      name: `${partner}-${room}-knows-the-floors-below`,
      comment,
      severity: 'error',
      from: { path: `^subgraphs/${partner}/${room}/`, pathNot: test },
      to: {
        path: `^subgraphs/${partner}/`,
        pathNot: `^subgraphs/${partner}/(entities|${below.join('|')})/`,
      },
    };
  }),
);

const cacheRule = {
  name: 'the-partner-client-does-not-know-its-cache',
  comment: 'The cache stands in front of any port, so a partner can be called without it.',
  severity: 'error',
  from: { path: '^gateway/fan-out/partners/[^/]+$', pathNot: test },
  to: { path: '^gateway/fan-out/partners/cache/' },
};

/** One rule a floor. The rooms inside a room that have a floor have rules of their own. */
const hubRules = hubFloors.map(([room, below, comment]) => ({
  name: `hub-${room.replace('/', '-')}-knows-the-floors-below`,
  comment,
  severity: 'error',
  from: {
    path: `^gateway/${room}/`,
    pathNot: [
      test,
      ...hubFloors
        .map(([other]) => other)
        .filter((other) => other.startsWith(`${room}/`))
        .map((other) => `^gateway/${other}/`),
    ],
  },
  to: { path: '^gateway/', pathNot: `^gateway/(${[room].concat(below).join('|')})/` },
}));

/** The rooms of the hub that have a floor. */
const floored = [...new Set(hubFloors.map(([room]) => room.split('/')[0]))].join('|');

/** One rule a room of the kit, types included. */
const kitRules = kit.map(([room, comment], floor) => {
  const below = kit.slice(0, floor + 1).map(([name]) => name);
  return {
    name: `shared-${room.replace('/', '-')}-knows-the-floors-below`,
    comment,
    severity: 'error',
    from: { path: `^shared/${room}/`, pathNot: test },
    to: { path: '^shared/', pathNot: `^shared/(${below.join('|')}|node_modules)/` },
  };
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'a-partner-imports-itself-and-the-kit',
      comment:
        'A partner’s folder can be taken away and run elsewhere: it needs nothing of another partner.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/' },
      to: { path: '^subgraphs/', pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'a-partner-does-not-know-the-gateway',
      comment: 'Partners answer whoever asks by the contract; the hub is one asker of several.',
      severity: 'error',
      from: { path: '^subgraphs/' },
      to: { path: '^gateway/' },
    },
    {
      name: 'the-gateway-does-not-know-partners',
      comment:
        'A subgraph is a name, a routing URL and an SDL to the hub: partners may be written in another language.',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: '^subgraphs/' },
    },
    {
      name: 'the-kit-stands-alone',
      comment: 'The kit travels with every partner’s folder, so it brings nothing of ours along.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(gateway|subgraphs|test)/' },
    },
    {
      name: 'the-kit-is-entered-by-its-doors',
      comment:
        'A folder’s index is what the kit promises; what is behind it may move. The pages have a rule of their own.',
      severity: 'error',
      from: { path: '^(gateway|subgraphs|test)/', pathNot: '^gateway/explorer/' },
      to: {
        path: '^shared/',
        dependencyTypes: ['local'],
        dependencyTypesNot: ['aliased-workspace'],
      },
    },
    {
      name: 'the-kit-does-not-use-its-own-doors',
      comment: 'A door exports what others use. Inside the kit, a file imports the file it needs.',
      severity: 'error',
      from: { path: '^shared/', pathNot: test },
      to: { path: '^shared/[a-z]+/index\\.ts$' },
    },
    {
      name: 'the-pages-know-the-graph-alone',
      comment:
        'They run in a browser, and get what any client gets. Their packages are built into files, so none is needed at run time. They mark formulas in tables as exports do, and know which consents new days end.',
      severity: 'error',
      from: { path: '^gateway/explorer/' },
      to: {
        path: '^(gateway|shared|subgraphs|test)/',
        pathNot:
          '^gateway/explorer/|^shared/(graphql/scalars/(dates|formula-marks)|database/search/fold|programme/visits/plans)\\.ts$',
      },
    },
    {
      name: 'pages-meet-in-the-frame',
      comment: 'A page can be read, moved and loaded without the others.',
      severity: 'error',
      from: { path: '^gateway/explorer/pages/([^/]+)/' },
      to: { path: '^gateway/explorer/pages/', pathNot: '^gateway/explorer/pages/$1/' },
    },
    {
      name: 'parts-do-not-know-pages',
      comment: 'What several pages show knows none of them.',
      severity: 'error',
      from: { path: '^gateway/explorer/(parts|graph|words)/' },
      to: { path: '^gateway/explorer/pages/' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'A product that needs its tests to run is not finished.',
      severity: 'error',
      from: { pathNot: `^test/|${test}` },
      to: { path: `^test/|${test}` },
    },
    {
      name: 'rooms-of-the-end-to-end-tests-meet-in-the-network',
      comment:
        'A room tells one subject. What two rooms need to open or ask a network is in e2e/network.',
      severity: 'error',
      from: { path: '^test/e2e/([^/]+)/' },
      to: { path: '^test/e2e/', pathNot: '^test/e2e/($1|network)/' },
    },
    {
      name: 'only-tests-import-the-testing-kit',
      comment: 'Fault proxies and throw-away databases have no place in what runs.',
      severity: 'error',
      from: { pathNot: `^test/|^shared/testing/|^gateway/bench/|${test}` },
      to: { path: '^shared/testing/' },
    },
    {
      name: 'gateway-folders-meet-in-the-hub',
      comment:
        'Each of these rooms has one concern: the files beside hub.ts join them, by interfaces (types) alone.',
      severity: 'error',
      from: {
        path: '^gateway/([^/]+)/',
        pathNot: `^gateway/(cli|bench|plugins|${floored})/|${test}`,
      },
      to: {
        path: '^gateway/([^/]+)/',
        pathNot: '^gateway/$1/',
        dependencyTypesNot: ['type-only'],
      },
    },
    ...hubRules,
    cacheRule,
    {
      name: 'only-the-list-knows-a-plugin',
      comment: 'A capability leaves the hub with its folder and its line in the list.',
      severity: 'error',
      from: { pathNot: `^test/|^gateway/plugins/|${test}` },
      to: { path: '^gateway/plugins/[^/]+/' },
    },
    {
      name: 'a-plugin-does-not-know-another',
      comment: 'What two of them need lies below them, so that each can leave alone.',
      severity: 'error',
      from: { path: '^gateway/plugins/([^/]+)/', pathNot: test },
      to: { path: '^gateway/plugins/', pathNot: '^gateway/plugins/$1/' },
    },
    {
      name: 'nothing-of-the-hub-but-its-processes-knows-the-list',
      comment: 'The hub is whole without plugins: what opens it decides what it can do besides.',
      severity: 'error',
      from: {
        path: '^gateway/',
        pathNot: `^gateway/(process/[^/]+\\.ts$|(cli|bench|plugins)/|[^/]+\\.ts$)|${test}`,
      },
      to: { path: '^gateway/plugins/[^/]+\\.ts$' },
    },
    {
      name: 'gateway-folders-do-not-import-the-hub',
      comment: 'The hub is made of the folders and not the other way round.',
      severity: 'error',
      from: {
        path: '^gateway/([^/]+)/',
        pathNot: `^gateway/(cli/|bench/|process/[^/]+\\.ts$)|${test}`,
      },
      to: {
        path: '^gateway/[^/]+\\.ts$',
        pathNot: '^gateway/config\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'nothing-imports-main',
      comment: 'Importing a main starts a server; what others may use is in hub.ts and partner.ts.',
      severity: 'error',
      from: {},
      to: { path: '^(gateway|subgraphs/[^/]+)/main\\.ts$' },
    },
    {
      name: 'entities-know-nothing-above-them',
      comment: 'main → rooms → entities: what is stored does not depend on who asks for it.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/entities/', pathNot: test },
      to: { path: '^subgraphs/$1/', pathNot: '^subgraphs/$1/entities/' },
    },
    ...roomRules,
    ...kitRules,
    {
      name: 'seeds-know-entities-alone',
      comment: 'Data is loaded into tables; rooms and history have no part in it.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/seed/', pathNot: test },
      to: { path: '^subgraphs/$1/', pathNot: '^subgraphs/$1/(seed|entities)/' },
    },
    {
      name: 'migrations-import-only-typeorm',
      comment:
        'History must not move: a migration that imports an entity changes when the entity does. Only how texts are folded comes from the kit.',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/migrations/', pathNot: test },
      to: { pathNot: '^node_modules/typeorm/|^shared/database/index.ts$' },
    },
    {
      name: 'no-cycles',
      comment: 'What needs each other cannot be read, tested or moved by itself.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-imported-exists',
      comment: 'An import that leads nowhere fails at start, or worse, later.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'a-folder-declares-what-it-imports',
      comment:
        'A folder that is taken away installs what its own package.json names, and nothing else.',
      severity: 'error',
      from: {
        path: '^(gateway|shared|subgraphs/[^/]+)/',
        pathNot: `${test}|^shared/testing/|^gateway/(bench|explorer|.*\\.mjs$)`,
      },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/|^gateway/explorer/generated/|^test/dashboards/events\\.ts$' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['hub-source', 'node', 'import', 'require', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
      // Nothing changes while all is read.
      cachedInputFileSystem: { cacheDuration: 600_000 },
    },
  },
};
