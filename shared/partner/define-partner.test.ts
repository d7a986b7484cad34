import { describe, expect, it } from 'vitest';
import { runPartnerCommand } from './commands/run-command.js';
import { definePartner, type PartnerPart } from './define-partner.js';

const nothing = () => Promise.resolve();

const define = (parts: readonly PartnerPart[]) =>
  definePartner({
    subgraph: 'things',
    readConfig: () => {
      throw new Error('The settings were read.');
    },
    entities: [],
    migrations: [],
    resolvers: [class {}],
    references: {},
    loadFacts: nothing,
    loadDemonstration: nothing,
    parts,
  });

const context = {} as Parameters<NonNullable<PartnerPart['chore']>>[0];

describe('definePartner', () => {
  it('runs the command of a part with the words after its name, and the partner’s code', async () => {
    const given: (readonly string[])[] = [];
    const count = ({ argv }: { argv: readonly string[] }) => Promise.resolve(given.push(argv));
    const definition = define([{ commands: { count } }]);
    const run = (...argv: string[]) =>
      runPartnerCommand({
        readConfig: definition.readConfig,
        load: () => Promise.resolve({ definition }),
        argv,
      });
    expect(await run('count', 'a', '--partner', 'dk', '--dry-run')).toBe(1);
    expect(await run('--partner', 'no', 'count')).toBe(2);
    expect(given).toEqual([
      ['a', '--dry-run', '--partner', 'dk'],
      ['--partner', 'no'],
    ]);
  });

  it('runs all chores in their order, and again soon if one of them is not done', async () => {
    const run: number[] = [];
    const chore = (number: number, isDone: boolean) => ({
      chore: () => Promise.resolve(run.push(number) > 0 && isDone),
    });
    const late = define([chore(1, false), { commands: {} }, chore(2, true)]);
    expect(await late.chore?.(context)).toBe(false);
    expect(await define([chore(3, true), chore(4, true)]).chore?.(context)).toBe(true);
    expect(run).toEqual([1, 2, 3, 4]);
  });

  it('has no chore without a part that has one', () => {
    expect(define([]).chore).toBeUndefined();
  });
});
