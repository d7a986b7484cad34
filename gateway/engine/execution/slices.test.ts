import { WrittenData } from '@hub/shared/graphql';
import { silentLogger } from '@hub/shared/system';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { untracked } from '../../fan-out/fetch.js';
import { OperationRecord } from '../../fan-out/operation-record.js';
import type { PartnerCall } from '../../fan-out/partners/partner-port.js';
import { readSubgraphs } from '../../fan-out/rules/subgraph-model.js';
import { prepareFetch } from '../../fan-out/subgraph-fetch.js';
import { composeSupergraph } from '../../registry/compose.js';
import { reserveNames } from '../documents/response-names.js';
import { SlicedResponse } from '../json/compile-parser.js';
import { defaultPlanningLimits } from '../planning/planning-limits.js';
import { createCompiledEngine } from './compiled-engine.js';
import { createDraw, writeTestResponse } from './test-responses.js';

const header = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@inaccessible"])`;

const subgraphs: Readonly<Record<string, string>> = {
  people: `${header}
    type Query { group(id: ID!): Group groups: [Group!]! named: [Named!] count: Int }
    interface Named { name: String! }
    enum Rank { X Y Z @inaccessible }
    enum Level { LOW HIGH }
    scalar Any
    type Group implements Named @key(fields: "id") {
      id: ID! name: String! size: Int! isOpen: Boolean note: String root: Query tags: [String!]! marks: [Int]
      level: Level! share: Float more: Any lead: Member members: [Member!]! place: Place
      first: Place! at(day: Int): String
    }
    type Person implements Named { name: String! age: Int! }
    type Member @key(fields: "id") {
      id: ID! given: String! family: String rank: Rank grade: Rank! age: Int! home: Place levels: [[Level!]!]
    }
    type Place @shareable { city: String! street: String zip: String }`,
  duties: `${header}
    type Query { total: Int! motto: String }
    type Group @key(fields: "id") { id: ID! title: String! budget: Int place2: Place }
    type Member @key(fields: "id") {
      id: ID! since: String! duty: Duty label: String @requires(fields: "family") family: String @external
    }
    type Duty { role: String! until: String tasks: [Task!]! of: Group! }
    type Task { name: String! isDone: Boolean! }
    type Place @shareable { city: String! street: String zip: String }`,
};

const operations = [
  `{ group(id: "g") { id name size isOpen note tags marks level share lead { id given family }
    members { id given family rank age home { city street zip } since duty { role until } } } }`,
  `{ group(id: "g") { title name budget size place { zip city } first { city } place2 { street city }
    members { label since given family levels duty { until role tasks { name isDone } of { name title } } } } }`,
  `{ groups { name other: size at(day: 1) more ... on Group { note isOpen } ...F members { given ...M } } count }
    fragment F on Group { level tags } fragment M on Member { age family __typename }`,
  `{ named { name __typename ... on Group { size note members { given age } } ... on Person { age } }
    groups { __typename id note marks lead { since age } } }`,
  `{ groups { name root { total motto count } } }`,
  `{ groups { note isOpen budget lead { rank family } members { grade given } } }`,
];

let seed = '';
let oddity = 0;
let sliced = 0;

/** The engine over partners that respond at random, but the same to the same request. */
function openEngine(slices: boolean) {
  const { supergraphSdl, errors } = composeSupergraph(
    Object.entries(subgraphs).map(([name, sdl]) => ({ name, sdl, url: `http://${name}.invalid` })),
  );
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  const models = readSubgraphs(supergraphSdl, { rulesOf: () => undefined, isContracted: true });
  const partners = new Map(
    models.map((model) => {
      const ask = async (call: PartnerCall) => {
        const draw = createDraw(`${seed} ${model.name} ${call.body}`);
        const bytes = Buffer.from(
          writeTestResponse(model.schema, call, { schema: model.schema, draw, oddity }),
        );
        try {
          const json = call.parse?.(bytes);
          if (json instanceof SlicedResponse) sliced += 1;
          return { json, httpStatus: 200 };
        } catch {
          return { failure: 'INVALID_RESPONSE', reason: 'no JSON' } as const;
        }
      };
      const ports = new Map([
        [model.name, { code: model.name, ask, close: async () => undefined }],
      ]);
      const own = { model, ports, areNamed: true, ...untracked, logger: silentLogger };
      return [model.name, own] as const;
    }),
  );
  const engine = createCompiledEngine({
    supergraphSdl,
    planning: defaultPlanningLimits,
    logger: silentLogger,
    prepareFetch(name, fetch, meter) {
      const own = partners.get(name);
      if (!own) throw new Error(name);
      return prepareFetch(own, slices ? fetch : { ...fetch, slices: undefined }, meter);
    },
  });
  let executor: Awaited<ReturnType<typeof engine.gateway.load>>;
  return {
    load: async () => void (executor = await engine.gateway.load()),
    async ask(text: string) {
      const document = reserveNames(parse(text));
      const record = new OperationRecord('r', new AbortController().signal, Infinity);
      const result = await executor.executor?.({
        request: { takesText: slices },
        schema: executor.schema,
        document,
        operation: document.definitions[0],
        queryHash: text,
        context: { operation: record },
      } as never);
      const data: unknown = result?.data;
      return {
        isWritten: data instanceof WrittenData,
        data:
          data instanceof WrittenData ? data.text : WrittenData.encode(JSON.stringify(data) ?? ''),
        errors: result?.errors,
        recorded: record.errors,
        completeness: record.completeness,
      };
    },
    close: () => Promise.all([engine.close(), engine.gateway.stop()]),
  };
}

describe('slices', () => {
  const ours = openEngine(true);
  const plain = openEngine(false);
  beforeAll(async () => {
    await Promise.all([ours.load(), plain.load()]);
    // Parsers are compiled once they are used often.
    for (let use = 0; use < 40; use += 1) {
      seed = `warm ${use}`;
      for (const text of operations) await Promise.all([ours.ask(text), plain.ask(text)]);
    }
  });
  afterAll(() => Promise.all([ours.close(), plain.close()]));

  it.each([0, 0.01, 0.05, 0.2].flatMap((odds) => operations.map((_text, index) => [odds, index])))(
    'change no byte of a response, of which a part of %d is odd (operation %d)',
    async (odds, index) => {
      oddity = odds;
      [sliced] = [0];
      let written = 0;
      for (let draw = 0; draw < 250; draw += 1) {
        seed = `${odds} ${draw}`;
        const text = operations[index] ?? '';
        const { isWritten, ...own } = await ours.ask(text);
        const { isWritten: _, ...other } = await plain.ask(text);
        expect(own, seed).toEqual(other);
        if (isWritten) written += 1;
      }
      expect(sliced).toBeGreaterThan(odds < 0.02 ? 100 : 0);
      if (odds < 0.02) expect(written).toBeGreaterThan(20);
    },
  );
});
