import type { IConfiguration } from 'dependency-cruiser';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { listFiles, readFile } from './read-tree.js';

const { forbidden = [] } = createRequire(import.meta.url)(
  '../../.dependency-cruiser.cjs',
) as IConfiguration;

const files = listFiles('subgraphs/').map((path) => path.split('/').slice(1));
const partners = files.flatMap(([partner = '', file]) =>
  file === 'package.json' ? [partner] : [],
);

/** The paths of a partner’s files inside its folder. */
const filesOf = (partner: string): string[] =>
  files.flatMap(([owner, ...path]) => (owner === partner ? [path.join('/')] : []));

/** The rooms of a partner, the ground floor first. */
const roomsOf = (partner: string): string[] =>
  forbidden.flatMap(({ from }) => {
    const path = /^\^subgraphs\/([\w-]+)\/([\w-]+)\/$/.exec(String(from?.path));
    return path?.[1] === partner ? [path[2] ?? ''] : [];
  });

const entityRoles = ['entity', 'reference', 'interface', 'connection'];
/** `md`: a page that is emitted from a catalogue of the room. */
const roomRoles = ['resolver', 'input', 'reference', 'policy', 'md'];

/** What a file’s name says that it is: `group.resolver.test.ts` is a `resolver`; `nominate-officer.ts` has no role. */
const roleOf = (path: string): string | undefined =>
  /^.*\/[a-z0-9-]+\.([\w.]+)$/
    .exec(path)?.[1]
    ?.replace(/(^|\.)((full\.)?test\.)?ts$/, '')
    .replace(/(^|\.)access$/, '');

const sectionsOf = (partner: string): string[] =>
  readFile(`subgraphs/${partner}/README.md`)
    .split('\n')
    .filter((line) => line.startsWith('## '));

/** Decorators of the schema that stand above one of the table, in their class or before their column. */
const schemaFirst = /@(Field|ObjectType)\((?:[^@;]|\n)*\)\s*@(Column|PrimaryColumn|Entity)\(/;

const inTesting = (path: string): boolean => path.startsWith('testing/');

/** Files that every partner has, besides those at its root. */
const alike = [
  'access/entity.reference.ts',
  'access/journey.access.test.ts',
  'access/mutations.access.test.ts',
  'access/record.resolver.ts',
  'entities/claim.entity.ts',
  'entities/participant.interface.ts',
  'entities/party.interface.ts',
  'entities/site.interface.ts',
  'groups/group.resolver.ts',
  'migrations/migrations.test.ts',
  'seed/README.md',
  'seed/demo.test.ts',
  'seed/demo.ts',
  'seed/fact-tables.ts',
  'seed/import-kinds.ts',
  'seed/import.test.ts',
  'seed/load-facts.test.ts',
  'seed/load-facts.ts',
  'statistics/statistics.resolver.full.test.ts',
  'testing/batches.test.ts',
  'testing/test-partner.ts',
];

describe('the folders of the partners', () => {
  it('are three, and so that knowing one is knowing all', () => {
    expect(partners.sort()).toEqual(['national-police', 'nbnp', 'ncm-offices']);
  });

  it.each(partners)('have the same files at the root of %s', (partner) => {
    const rootOf = (one: string) => filesOf(one).filter((path) => !path.includes('/'));
    expect(rootOf(partner).sort()).toEqual(rootOf('nbnp').sort());
  });

  it.each(partners)('give the files of %s the same roles', (partner) => {
    const strange = filesOf(partner).filter((path) => {
      const [folder = ''] = path.split('/');
      const roles = folder === 'entities' ? entityRoles : roomRoles;
      const isRuled = folder === 'entities' || roomsOf(partner).includes(folder);
      return isRuled && !['', ...roles].includes(roleOf(path) ?? '?');
    });
    expect(strange).toEqual([]);
  });

  it.each(partners)('read in the same order in %s', (partner) => {
    expect(sectionsOf(partner)).toEqual(sectionsOf('nbnp'));
  });

  it.each(partners)('list the rooms of %s on their floors, in its README', (partner) => {
    const listed = readFile(`subgraphs/${partner}/README.md`).matchAll(/^\| `([\w-]+)\/` \|/gm);
    expect([...listed].map(([, room]) => room)).toEqual([...roomsOf(partner), 'testing']);
  });

  it.each(partners)('have the rooms of %s on the same floors as the others', (partner) => {
    for (const other of partners) {
      const shared = roomsOf(other).filter((room) => roomsOf(partner).includes(room));
      expect(roomsOf(partner).filter((room) => shared.includes(room))).toEqual(shared);
    }
  });

  it.each(partners)('say what a table is before what the schema shows of it, in %s', (partner) => {
    const turned = filesOf(partner).filter(
      (path) =>
        path.startsWith('entities/') && schemaFirst.test(readFile(`subgraphs/${partner}/${path}`)),
    );
    expect(turned).toEqual([]);
  });

  it.each(partners)('write each mutation in the resolver of its thing, in %s', (partner) => {
    const paths = filesOf(partner).filter(
      (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
    );
    const writing = paths.filter((path) =>
      readFile(`subgraphs/${partner}/${path}`).includes('@Mutation('),
    );
    expect(writing.length).toBeGreaterThan(0);
    expect(writing.filter((path) => !/\/[a-z-]+\.resolver\.ts$/.test(path))).toEqual([]);
    expect(paths.filter((path) => /-mutations?\./.test(path) && !inTesting(path))).toEqual([]);
  });

  it.each(partners)('resolve the references of %s by functions of the same names', (partner) => {
    const [, listed = ''] =
      /\n  references: \{\n([\s\S]*?)\n  \},/.exec(readFile(`subgraphs/${partner}/partner.ts`)) ??
      [];
    const entries = listed.split('\n').filter((line) => /^ {4}\w/.test(line));
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.filter((line) => !/^ {4}\w+: resolve[A-Z]\w*[(,]/.test(line))).toEqual([]);
  });

  it.each(partners)('name the files that each partner has alike, in %s', (partner) => {
    expect(filesOf(partner)).toEqual(expect.arrayContaining(alike));
  });
});
