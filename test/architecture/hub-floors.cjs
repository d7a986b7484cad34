/**
 * The hub's rooms that build on each other, the ground floor first: the room, the rooms that it may use, and why. All
 * other rooms of the hub meet in the files beside `hub.ts` alone.
 *
 * @type {[room: string, below: string[], comment: string][]}
 */
module.exports = [
  [
    'publications',
    ['law', 'releases', 'administration'],
    'It judges what partners publish. How a graph is composed and loaded, it is given.',
  ],
  [
    'proposals',
    ['publications', 'usage'],
    'It compares two graphs, and what clients used. Who composes and adopts them, it does not know.',
  ],
  [
    'registry-files',
    ['registry', 'publications', 'proposals', 'releases', 'administration'],
    'What the registry has on disk is opened and repaired here. Who serves it, it does not know.',
  ],
  [
    'owner-notices',
    ['law', 'releases', 'administration'],
    'It reads what was done, and notifies owners. Who does it, it does not know.',
  ],
  ['heads', ['administration'], 'Heads are lines of a file like that of the log.'],
  ['releases', [], 'A release is a file. What is in it, others decide.'],
  ['administration', [], 'The log takes what it is given, whoever acts.'],
  [
    'law',
    [],
    'The law judges composed graphs. It knows no partner, no file and no way to compose.',
  ],
  ['documents', [], 'A GraphQL document means the same whoever plans it or answers it.'],
  [
    'codegen',
    [],
    'It writes functions from names and texts, and knows nothing of what they compute.',
  ],
  ['usage', [], 'What was counted is in a file. Who counts, it does not know.'],
  [
    'workers',
    [],
    'Processes, threads and their clocks are the same whatever the hub computes in them.',
  ],
  [
    'partners',
    ['documents', 'codegen'],
    'A partner is called the same way whatever the call is for. Its cache stands in front of the client.',
  ],
  [
    'routing/rules',
    ['documents'],
    'The rules of a contract hold before there is any operation, plan or response.',
  ],
  [
    'routing/response',
    ['routing/rules', 'partners', 'documents', 'codegen'],
    'A response is checked and merged by the rules, and by functions that the plan has compiled.',
  ],
  [
    'routing/plan',
    ['routing/response', 'routing/rules', 'partners', 'documents', 'codegen'],
    'A plan is made once for many runs, so it knows no run and no caller.',
  ],
  [
    'routing',
    ['partners', 'documents', 'codegen'],
    'It runs a plan: it asks partners, and records what went wrong. It knows no query plan of the engine.',
  ],
  [
    'planning',
    ['documents', 'workers'],
    'A query plan depends on the schema and the operation, never on partners or on a request.',
  ],
  [
    'execution',
    ['planning', 'routing', 'documents', 'codegen'],
    'It compiles query plans and runs them. Partners are behind routing.',
  ],
];
