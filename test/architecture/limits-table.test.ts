import { defaultLimits, foreignLimits, type Limits } from '@hub/shared/graphql';
import { inner } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { readFile } from './read-tree.js';

/** A number in a source file: what stands before it. */
type Source = readonly [file: string, before: RegExp];

const limits = 'shared/graphql/limits/limits.ts';
const lengths = 'shared/graphql/scalars/scalars.ts';
const answers = 'gateway/fan-out/partners/read-response.ts';
const slots = 'gateway/fan-out/partners/partner-client.ts';
const admission = 'gateway/server/security/operation-slots.ts';
const token = 'shared/identity/token.ts';
const budget = 'shared/server/http/connections/limit-requests.ts';
const database = 'shared/database/postgres/postgres-timeouts.ts';
const ofHub = (name: string): Source => [limits, new RegExp(`defaultLimits[^]*? ${name}: `)];
const ofPartners = (name: string): Source => [limits, new RegExp(`partnerLimits[^]*? ${name}: `)];
const places = (kind: string): Source[] =>
  ['perReader', 'total', 'forPeople'].map((name) => [
    'gateway/plugins/exports/open-exports.ts',
    new RegExp(`${kind}: \\{[^}]*?${name}: `),
  ]);

const turnBudget = 'gateway/fan-out/partners/turn-budget.ts';

/** Each row of the table that has numbers, by its beginning, and where the code has them. */
const rows: Readonly<Record<string, readonly Source[]>> = {
  'exports being made': [...places('making'), ...places('unsent')],
  'streams of changes': [
    ['gateway/plugins/notices/plugin.ts', /_PER_CLIENT: [^]*?default\(/],
    ['gateway/plugins/notices/plugin.ts', /HUB_CHANGE_STREAMS: [^]*?default\(/],
  ],
  'calendar links of one person': [
    ['gateway/plugins/exports/links/link-store.ts', /mostLinks = /],
    ['gateway/plugins/exports/open-exports.ts', /linkRate = \{ perSecond: /],
    ['gateway/plugins/exports/open-exports.ts', /linkRate = .*burst: /],
  ],
  'requests for `/graphql/schema.graphql`': [
    ['gateway/plugins/pages/open-pages.ts', /schemaRate = \{ perSecond: /],
    ['gateway/plugins/pages/open-pages.ts', /schemaRate = .*burst: /],
  ],
  'rows of a tool’s result': [
    ['gateway/plugins/mcp/cap-rows.ts', /defaultCap: .*total: /],
    ['gateway/plugins/mcp/cap-rows.ts', /defaultCap: .*perList: /],
  ],
  'characters of `purpose`': [
    ['gateway/plugins/mcp/input-schema.ts', /longestPurpose = /],
    ['gateway/plugins/mcp/read-message.ts', /longestName = /],
    ['shared/identity/request-headers.ts', /longestPurpose = /],
  ],
  'columns of a CSV export': [
    ['gateway/plugins/exports/choose-columns.ts', /most = \{ columns: /],
    ['gateway/plugins/exports/choose-columns.ts', /most = .*steps: /],
  ],
  'length of a text in an iCalendar': [[lengths, /freeText: /]],
  'errors in one partner': [
    [answers, /most = \{ errors: /],
    [answers, /most = .*steps: /],
    [answers, /maxPathLength = /],
  ],
  'errors listed in one response': [['gateway/fan-out/error-list.ts', /mostErrors = /]],
  'import: ': [
    ['shared/import/cell.ts', /longestCell = /],
    ['shared/import/cell.ts', /longestRow = /],
    ['shared/import/cell.ts', /mostColumns = /],
    ['shared/import/run-import.ts', /mostFaults = \{ import: /],
    ['shared/import/run-import.ts', /mostFaults = .*dryRun: /],
  ],
  'items of a list': [[lengths, / list: /]],
  'groups in the order': [['shared/database/chosen-ids.ts', /mostCandidates = /]],
  '`first` or `last` of a list': [
    ['shared/database/pagination/page-size.ts', /pageSize = .*max: /],
  ],
  'connections of all': [ofHub('connections'), ofHub('connectionsPerAddress')],
  'requests of one HTTP/1.1 connection': [
    ['shared/server/http/connections/limit-requests.ts', /mostUnanswered = /],
  ],
  'bytes a second of one network': [
    [budget, /budgetPerSecond = /],
    [budget, /burst = /],
  ],
  'what also counts': [
    ['shared/server/http/connections/limit-requests.ts', /requestCost = /],
    ['shared/server/http/connections/tls-front.ts', /handshakeCost = /],
    ['shared/server/http/connections/tls-front.ts', /besideCost = /],
    ['shared/server/http/bodies/limit-bodies.ts', /shortPart = /],
    ['shared/server/http/bodies/limit-bodies.ts', /shortPartCost = /],
    ['shared/server/http/connections/limit-requests.ts', /mostBytes = /],
  ],
  'bytes of a body': [ofHub('bodyBytes'), ofPartners('bodyBytes')],
  'bytes of bodies that': [
    ofHub('waitingBytes'),
    ofHub('waitingBytesPerClient'),
    ofPartners('waitingBytesPerClient'),
  ],
  'time for reading': [ofHub('readingMs')],
  'bytes of headers': [
    ['shared/server/http/http-server.ts', /maxHeaderBytes = /],
    ['shared/server/http/http-server.ts', /headersTimeoutMs = /],
    ['shared/server/http/http-server.ts', /requestTimeoutMs = /],
  ],
  'characters of the signatures': [['shared/identity/signature-form.ts', /longestSignatures = /]],
  'characters of a token': [[token, /longestToken = /]],
  'requests a second': [['gateway/config.ts', /defaultPerSecond = /]],
  'CPU time and bytes': [
    ['gateway/server/settings/hub-variables.ts', /HUB_LIMIT_WORK_MS.*default\(/],
    ['gateway/server/settings/hub-variables.ts', /HUB_LIMIT_WORK_BYTES.*default\(/],
  ],
  'different reads of people': [
    ['gateway/server/security/watch-enumeration.ts', /mostReads = /],
    ['gateway/server/security/watch-enumeration.ts', /mostRefusals = /],
  ],
  'plans that are compared': [
    ['gateway/engine/planning/planning-limits.ts', /plans: /],
    ['gateway/engine/planning/planning-limits.ts', /paths: /],
  ],
  'length of the name of an operation': [
    ['shared/graphql/limits/check-text-lengths.ts', /longestOperationName = /],
    ['shared/identity/request-headers.ts', /longestClientName = /],
    ['shared/graphql/limits/scan-tokens.ts', /longestName = /],
  ],
  'errors of one refused request': [
    ['shared/graphql/operations/documents.ts', /mostErrors = /],
    ['shared/graphql/operations/mask-errors.ts', /longestMessage = /],
    ['shared/graphql/operations/mask-errors.ts', /mostLocations = /],
  ],
  'operations executed at a time': [
    ofHub('operations'),
    ofHub('operationsPerClient'),
    ofHub('operationsPerOrganisation'),
  ],
  'how long an operation waits': [
    ofHub('waitMs'),
    ['shared/graphql/limits/fair-slots.ts', /waitingPerSlot = /],
  ],
  'time for one operation': [
    ['gateway/server/settings/hub-variables.ts', /HUB_OPERATION_DEADLINE_MS.*default\(/],
  ],
  'a partner’s time for a call': [
    ['gateway/registry/network.ts', /deadlineMs: .*default\(/],
    ['gateway/registry/network.ts', /maxResponseBytes: .*default\(/],
  ],
  'values in a partner’s response': [
    ['gateway/engine/json/json-cursor.ts', /values: /],
    ['gateway/engine/json/json-cursor.ts', /depth: /],
    ['gateway/engine/json/json-cursor.ts', /shapes: /],
  ],
  'CPU time of one partner’s responses': [
    [turnBudget, /longBytes = /],
    [turnBudget, /freeMs = /],
    [turnBudget, /mostMs = /],
    [turnBudget, /restedMs = /],
  ],
  'representations that': [['shared/partner/partner-server.ts', /mostRepresentations = /]],
  'calls to one partner': [
    [slots, /ofPeople = \{ total: /],
    [slots, /ofPeople = .*perGroup: /],
    [slots, /ofPeople = .*perMember: /],
    [slots, /ofServices = \{ total: /],
  ],
  'operations of one partner': [
    [admission, /ofServices = \{ total: /],
    [admission, /ofServices = .*perGroup: /],
  ],
  'silence of a partner': [
    ['gateway/fan-out/partners/call-timer.ts', /silentMs = /],
    ['gateway/fan-out/partners/call-timer.ts', /patienceMs = /],
  ],
  'a partner’s statement': [[database, /statementMs: /]],
  'a partner’s wait': [
    [database, /lockMs: /],
    [database, /connectionMs: /],
    ['shared/database/sqlite/connections.ts', /sqliteBusyTimeoutMs = /],
  ],
  'bytes of log lines': [['shared/system/log-stream.ts', /mostWaiting = /]],
  'recorded length of an operation name': [
    ['shared/graphql/limits/check-text-lengths.ts', /longestOperationName = /],
  ],
  'age of a nonce': [['shared/partner/requests/request-hooks.ts', /storedMs = /]],
};

const toNumber = (text: string): number => Number(text.replaceAll(/[,_]/g, ''));

function readNumber([file, before]: Source): number {
  const found = new RegExp(`${before.source}([\\d_]+)`).exec(readFile(file))?.[1];
  if (found === undefined) throw new Error(`${file} has no number after ${before.source}.`);
  return toNumber(found);
}

const units: Readonly<Record<string, number>> = {
  s: 1_000,
  KB: 1_000,
  MB: 1_000_000,
  MiB: 1_048_576,
  hour: 3_600_000,
};

/** The numbers of a cell; times in milliseconds. */
const readCell = (cell: string): number[] =>
  [...cell.matchAll(/(\d[\d,.]*\d|\d)(?: (ms|s|KB|MB|MiB|hour)\b)?/g)].map(
    ([, number = '', unit = '']) => toNumber(number) * (units[unit] ?? 1),
  );

const [table = '', settingsTable = ''] = readFile('gateway/docs/limits.md').split(
  '## Settings of hub and partners',
);
const cells = [...table.matchAll(/^\| (.*?) \| (.*?) \| (.*) \|$/gm)]
  .map(([, limit = '', byDefault = '', seen = '']) => ({ limit, byDefault, seen }))
  .filter(({ limit }) => limit !== 'limit' && !limit.startsWith('-'));

describe('the table of limits', () => {
  it.each(Object.entries(rows))('has the defaults of the code: %s', (beginning, sources) => {
    const row = cells.find(({ limit }) => limit.startsWith(beginning));
    const stated = new Set(readCell(`${row?.limit.replaceAll(/\(.*?\)/g, '')} ${row?.byDefault}`));
    for (const source of sources) expect([...stated]).toContain(readNumber(source));
  });

  it('has no row with numbers that are not compared, and says of each what a client sees', () => {
    const known = [...Object.keys(rows), ...byHand];
    const unknown = cells.filter(
      ({ limit, byDefault }) =>
        /\d/.test(byDefault) && !known.some((beginning) => limit.startsWith(beginning)),
    );
    expect(unknown).toEqual([]);
    expect(cells.filter(({ seen }) => seen === '')).toEqual([]);
  });

  it('names every limit that is a setting of the hub alone; the others are in the table of settings', () => {
    const settings = [
      ...readFile('gateway/server/settings/hub-variables.ts').matchAll(/^ {2}(HUB_LIMIT_\w+):/gm),
    ];
    expect(settings.length).toBeGreaterThan(5);
    const named = cells.flatMap(({ limit }) => [...limit.matchAll(/`(HUB_LIMIT_[A-Z_…]+)`/g)]);
    const patterns = named.map(([, name = '']) => new RegExp(`^${name.replace('…', '.*')}$`));
    const missing = settings.filter(([, name = '']) => !patterns.some((one) => one.test(name)));
    expect(missing.map(([, name]) => name)).toEqual([]);
  });
});

/** Rows whose numbers are sums or words. */
const byHand = ['an idle connection', '`/health/'];

describe('the table of settings of hub and partners', () => {
  const lines = [
    ...settingsTable.matchAll(
      /^\| `HUB_LIMIT_([A-Z_]+)` \|.*\| *(\w+) *\| *(\w+) *\| *(\w+) *\|$/gm,
    ),
  ];
  const numberOf = (cell = '') => (cell === 'any' ? Infinity : Number(cell));

  it('has the defaults of the hub, of partners and of a foreign supergraph', () => {
    const stated = lines.map(([, name = '', hub, partner, foreign]) => {
      const key = name
        .toLowerCase()
        .replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
      return [key, numberOf(hub), numberOf(partner), numberOf(foreign)];
    });
    const keys = Object.keys(defaultLimits) as (keyof Limits)[];
    const coded = keys.map((key) => [
      key,
      defaultLimits[key],
      inner.partnerLimits[key],
      foreignLimits[key],
    ]);
    expect(stated.toSorted()).toEqual(coded.toSorted());
  });
});
