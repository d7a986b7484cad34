import { inner } from '@hub/shared/testing';
import { isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContracts } from '../../../gateway/registry/contracts.js';
import { readMaxAges } from '../../../gateway/registry/max-ages.js';
import { readNetwork } from '../../../gateway/registry/network.js';
import { createToken } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { openStream } from '../network/read-stream.js';
import { cloneFolder } from '../network/running-command.js';
import { objects, readers, readsChanges, type Someone } from './access-rules.js';
import { clock } from './demonstration.js';

const contracts = readContracts(readNetwork(`${cloneFolder}/gateway/network.json`));
/** The types of which everybody reads the same, as the contracts say. */
const openTypes = new Set(contracts.flatMap(({ sdl }) => [...readMaxAges(sdl).keys()]));

/** A field of each type that only some of its readers read. */
const strictFields: Readonly<Record<string, string>> = {
  Officer: 'email',
  Delegate: 'email',
  Expert: 'email',
  OfficerNomination: 'motivation',
  DelegateNomination: 'reason',
  Visit: 'practicalInformation',
  Group: 'cancelReason',
};

interface MadeChange {
  readonly owner: string;
  readonly type: string;
  readonly subject: string;
  readonly isStrict: boolean;
}

/** Who should be told, by the rules that are written down for these tests. */
function isExpected(who: Someone, { owner, type, subject, isStrict }: MadeChange): boolean {
  const isOwnRecord = subject.startsWith(`${owner}:`);
  if (!isStrict && openTypes.has(type) && isOwnRecord) return true;
  if (!who) return false;
  const isOwnLiaison = who.role === 'liaison' && who.organisation === owner;
  if (isStrict && !readsChanges(who) && !isOwnLiaison) return false;
  return objects[type]?.(who, subject) ?? true;
}

const query = 'subscription ($after: String) { changed(after: $after) { subject type owner } }';
const print = ({ owner, type, subject }: Omit<MadeChange, 'isStrict'>) =>
  `${owner} ${type} ${subject}`;

/** The most records of one type that are changed. */
const mostRecords = 6;

describe('notices of changes', () => {
  let network: OpenNetwork;
  let cursor: string;
  const made: MadeChange[] = [];
  /** The last change of each partner, which everybody is told of. */
  const last = new Map<string, string>();

  const open = async (who: Someone, after?: string) =>
    openStream(network.hubUrl, {
      token: who && (await createToken(network.keys, who)),
      query,
      variables: { after },
    });

  /** Records a change of this record, without changing it. */
  const change = async (owner: string, subject: string, fields: readonly string[]) => {
    const { source } = network.serverOf(owner);
    const by = { organisation: owner, person: null, mutation: 'test', reason: null, at: clock() };
    await inner.inTransaction(source, (manager) =>
      inner.recordChanges(manager, { ...by, records: [{ subject, fields }] }),
    );
  };

  const changeRecordsOf = async (owner: string) => {
    const { source } = network.serverOf(owner);
    for (const { targetName: type, target, primaryColumns, columns } of source.entityMetadatas) {
      const isRecord = primaryColumns.some(({ propertyName }) => propertyName === 'id');
      const schemaType = network.hub.schema.getType(type);
      // What has no id of its own is a part of its record, and a report has no key to ask for.
      const hasId = isObjectType(schemaType) && 'id' in schemaType.getFields();
      if (!isRecord || !hasId || type === 'ParticipantReport') continue;
      const rows = await source.manager.find<{ id: string }>(target, {
        order: { id: 'ASC' },
        take: mostRecords,
      });
      const names = columns.map(({ propertyName }) => propertyName.replace(/Id$/, ''));
      const strict = strictFields[type];
      for (const { id: subject } of rows) {
        await change(
          owner,
          subject,
          names.filter((name) => name !== 'id'),
        );
        // Of a unit, the network has nothing but what is above it, which may be of any type.
        made.push({ owner, type, subject, isStrict: type === 'PoliceUnit' && owner === 'nbnp' });
        if (strict === undefined) continue;
        await change(owner, subject, [strict, 'version']);
        made.push({ owner, type, subject, isStrict: true });
      }
    }
    const [unit] = await source.query<{ id: string }[]>(
      owner === 'ncm'
        ? 'SELECT "id" FROM "offices" LIMIT 1'
        : owner === 'nbnp'
          ? 'SELECT "id" FROM "events" LIMIT 1'
          : 'SELECT "id" FROM "police_units" LIMIT 1',
    );
    last.set(owner, unit?.id ?? '');
    await change(owner, unit?.id ?? '', [owner === 'nbnp' ? 'title' : 'name']);
    inner.noteCommit(source);
  };

  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true, clock });
    await using stream = await open(undefined);
    for (let isComplete = false; !isComplete;) {
      const { id, result } = (await stream.next()) ?? {};
      cursor = id ?? '';
      isComplete = result?.extensions?.completeness?.complete ?? true;
    }
    for (const code of network.codes) await changeRecordsOf(code);
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('cover every type with a rule', () => {
    const types = new Set(made.map(({ type }) => type));
    const withKeys = Object.keys(objects).filter(
      (type) => !['Change', 'Task', 'Ending', 'ParticipantReport', 'Absence'].includes(type),
    );
    expect(withKeys.filter((type) => !types.has(type))).toEqual([]);
    expect(types.size).toBeGreaterThan(withKeys.length);
  });

  it.each(readers)(
    'tell %s of the records that it may read, and of no other',
    async (_name, who) => {
      const told: string[] = [];
      const awaited = new Set(last);
      const ends = new Map(last);
      await using stream = await open(who, cursor);
      while (awaited.size > 0) {
        const { result } = (await stream.next()) ?? {};
        if (!result) throw new Error('The stream has ended.');
        if (result.errors) throw new Error(JSON.stringify(result.errors));
        const notice = result.data?.changed as Omit<MadeChange, 'isStrict'> | null | undefined;
        if (notice) told.push(print(notice));
        if (notice && ends.get(notice.owner) === notice.subject) countLast(notice.owner);
      }
      function countLast(owner: string) {
        const seen = told.filter(
          (line) => line.startsWith(`${owner} `) && line.endsWith(` ${ends.get(owner)}`),
        );
        const expected = made.filter(
          (one) => one.owner === owner && one.subject === ends.get(owner) && isExpected(who, one),
        );
        if (seen.length > expected.length)
          for (const entry of awaited) if (entry[0] === owner) awaited.delete(entry);
      }
      const typeOfLast = (owner: string) =>
        owner === 'ncm' ? 'Office' : owner === 'nbnp' ? 'Event' : 'PoliceUnit';
      const expected = [
        ...made.filter((one) => isExpected(who, one)).map(print),
        ...[...last].map(([owner, subject]) => print({ owner, type: typeOfLast(owner), subject })),
      ];
      expect(told.toSorted()).toEqual(expected.toSorted());
    },
    20_000,
  );
});
