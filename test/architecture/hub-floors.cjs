/**
 * The hub's rooms that build on each other, the ground floor first: the room, the rooms that it may use, and why. All
 * other rooms of the hub meet in the files beside `hub.ts` alone.
 *
 * @type {[room: string, below: string[], comment: string][]}
 */
module.exports = [
  [
    'registry',
    ['fan-out', 'registry/usage'],
    'Contracts are composed, and partners’ status is followed, whoever serves the graph.',
  ],
  [
    'registry/publications',
    ['registry/law', 'registry/releases', 'registry/records'],
    'It judges what partners publish. How a graph is composed and loaded, it is given.',
  ],
  [
    'registry/proposals',
    ['registry/publications', 'registry/usage'],
    'It compares two graphs, and what clients used. Who composes and adopts them, it does not know.',
  ],
  [
    'registry/files',
    [
      'registry',
      'registry/publications',
      'registry/proposals',
      'registry/releases',
      'registry/records',
    ],
    'What the registry has on disk is opened and repaired here. Who serves it, it does not know.',
  ],
  ['registry/releases', [], 'A release is a file. What is in it, others decide.'],
  [
    'registry/records',
    [],
    'The log, the heads and the evidence are given what they write, whoever acts.',
  ],
  [
    'registry/law',
    [],
    'The law judges composed graphs. It knows no partner, no file and no way to compose.',
  ],
  ['engine/documents', [], 'A GraphQL document means the same whoever plans it or answers it.'],
  [
    'engine/codegen',
    [],
    'It writes functions from names and texts, and knows nothing of what they compute.',
  ],
  ['registry/usage', [], 'What was counted is in a file. Who counts, it does not know.'],
  [
    'process/workers',
    [],
    'Processes, threads and their clocks are the same whatever the hub computes in them.',
  ],
  [
    'engine/json',
    ['engine/documents', 'engine/codegen'],
    'A parser is compiled for the fields that a plan asks for.',
  ],
  [
    'fan-out/partners',
    ['engine/documents', 'engine/codegen', 'engine/json'],
    'A partner is called the same way whatever the call is for. Its cache stands in front of the client.',
  ],
  [
    'fan-out/rules',
    ['engine/documents'],
    'The rules of a contract hold before there is any operation, plan or response.',
  ],
  [
    'fan-out/response',
    ['fan-out/rules', 'fan-out/partners', 'engine/documents', 'engine/codegen', 'engine/json'],
    'A response is checked and merged by the rules, and by functions that the plan has compiled.',
  ],
  [
    'fan-out/plan',
    [
      'fan-out/response',
      'fan-out/rules',
      'fan-out/partners',
      'engine/documents',
      'engine/codegen',
      'engine/json',
    ],
    'A plan is made once for many runs, so it knows no run and no caller.',
  ],
  [
    'fan-out',
    ['fan-out/partners', 'engine/documents', 'engine/codegen', 'engine/json'],
    'It runs a plan: it asks partners, and records what went wrong. It knows no query plan of the engine.',
  ],
  [
    'engine/planning',
    ['engine/documents', 'process/workers'],
    'A query plan depends on the schema and the operation, never on partners or on a request.',
  ],
  [
    'engine/execution',
    ['engine/planning', 'fan-out(?!/partners)', 'engine/documents', 'engine/codegen'],
    'It compiles query plans and runs them. Partners are behind the fan-out.',
  ],
];
