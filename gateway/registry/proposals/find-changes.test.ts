import { ChangeType } from '@graphql-inspector/core';
import { buildSchema, getOperationAST, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readElements } from '../../plugins/usage/read-elements.js';
import type { OperationUse } from '../usage/usage-store.js';
import { findChanges } from './find-changes.js';
import { findUsedChanges } from './find-uses.js';

const graph = `
  directive @trace(level: Int) repeatable on FIELD | QUERY
  enum State { PLANNED TRAVELLING LOST }
  input Span { from: String to: String unused: String }
  interface Party { name: String city: String }
  type Office implements Party { name: String city: String }
  type Unit implements Party { name: String city: String }
  union Host = Office | Unit
  type Secret { text: String }
  type Group { title(language: String, length: Int): String state: State host: Host leader: Party }
  type Query { groups(span: Span, state: State): [Group] secret: Secret other: Int }
  type Mutation { cancel: Int }
  type Subscription { news: Int }
`;

/** A breaking change: its kind, the text that changes and how, an operation that it breaks, and one that it does not. */
interface Case {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  /** What goes too. */
  readonly also?: string;
  readonly broken: string;
  readonly whole?: string;
  readonly values?: Record<string, unknown>;
}

const harmless = '{ other }';

const cases: readonly Case[] = [
  {
    kind: ChangeType.TypeRemoved,
    from: 'type Secret { text: String }',
    to: '',
    also: ' secret: Secret',
    broken: '{ secret { text } }',
  },
  {
    kind: ChangeType.TypeKindChanged,
    from: 'type Secret { text: String }',
    to: 'scalar Secret',
    broken: '{ secret { text } }',
  },
  {
    kind: ChangeType.FieldRemoved,
    from: ' other: Int',
    to: '',
    broken: '{ other }',
    whole: '{ secret { text } }',
  },
  {
    kind: ChangeType.FieldTypeChanged,
    from: 'other: Int',
    to: 'other: String',
    broken: '{ other }',
    whole: '{ secret { text } }',
  },
  {
    kind: ChangeType.FieldArgumentRemoved,
    from: ', length: Int',
    to: '',
    broken: '{ groups { title(length: 3) } }',
    whole: '{ groups { title(language: "da") } }',
  },
  {
    kind: ChangeType.FieldArgumentAdded,
    from: 'language: String',
    to: 'language: String, key: ID!',
    broken: '{ groups { title } }',
    whole: '{ groups { state } }',
  },
  {
    kind: ChangeType.FieldArgumentTypeChanged,
    from: 'length: Int',
    to: 'length: ID',
    broken: '{ groups { title(length: 3) } }',
    whole: '{ groups { title } }',
  },
  {
    kind: ChangeType.FieldArgumentTypeChanged,
    from: 'length: Int',
    to: 'length: Int!',
    broken: '{ groups { title } }',
    whole: '{ groups { state } }',
  },
  {
    kind: ChangeType.InputFieldRemoved,
    from: ' unused: String',
    to: '',
    broken: '{ groups(span: { unused: "x" }) { state } }',
    whole: '{ groups(span: { from: "2009" }) { state } }',
  },
  {
    kind: ChangeType.InputFieldRemoved,
    from: ' unused: String',
    to: '',
    broken: 'query($span: Span) { groups(span: $span) { state } }',
    values: { span: { unused: 'x' } },
  },
  {
    kind: ChangeType.InputFieldAdded,
    from: 'unused: String',
    to: 'unused: String must: Int!',
    broken: '{ groups(span: {}) { state } }',
    whole: '{ groups { state } }',
  },
  {
    kind: ChangeType.InputFieldTypeChanged,
    from: 'unused: String',
    to: 'unused: Int',
    broken: '{ groups(span: { unused: "x" }) { state } }',
    whole: '{ groups(span: { from: "2009" }) { state } }',
  },
  {
    kind: ChangeType.InputFieldTypeChanged,
    from: 'unused: String',
    to: 'unused: String!',
    broken: '{ groups(span: { from: "2009" }) { state } }',
    whole: '{ groups { state } }',
  },
  {
    kind: ChangeType.EnumValueRemoved,
    from: ' LOST',
    to: '',
    broken: '{ groups(state: LOST) { title } }',
    whole: '{ groups(state: PLANNED) { state } }',
  },
  {
    kind: ChangeType.UnionMemberRemoved,
    from: 'Office | Unit',
    to: 'Unit',
    broken: '{ groups { host { ... on Office { name } } } }',
    whole: '{ groups { leader { name } } }',
  },
  {
    kind: ChangeType.ObjectTypeInterfaceRemoved,
    from: 'Office implements Party',
    to: 'Office',
    broken: '{ groups { leader { name } } }',
    whole: '{ groups { host { ... on Office { name } } } }',
  },
  {
    kind: ChangeType.SchemaQueryTypeChanged,
    from: 'type Query { groups',
    to: 'schema { query: Root } type Root { groups',
    broken: '{ other }',
    whole: 'mutation { cancel }',
  },
  {
    kind: ChangeType.SchemaMutationTypeChanged,
    from: 'type Mutation { cancel: Int }',
    to: '',
    broken: 'mutation { cancel }',
  },
  {
    kind: ChangeType.SchemaSubscriptionTypeChanged,
    from: 'type Subscription { news: Int }',
    to: '',
    broken: 'subscription { news }',
  },
  {
    kind: ChangeType.DirectiveRemoved,
    from: 'directive @trace(level: Int) repeatable on FIELD | QUERY',
    to: '',
    broken: '{ other @trace }',
  },
  {
    kind: ChangeType.DirectiveLocationRemoved,
    from: 'FIELD | QUERY',
    to: 'FIELD',
    broken: 'query @trace { other }',
  },
  {
    kind: ChangeType.DirectiveRepeatableRemoved,
    from: ' repeatable',
    to: '',
    broken: '{ other @trace @trace }',
  },
  {
    kind: ChangeType.DirectiveArgumentAdded,
    from: 'level: Int',
    to: 'level: Int, key: ID!',
    broken: '{ other @trace }',
  },
  {
    kind: ChangeType.DirectiveArgumentRemoved,
    from: '@trace(level: Int)',
    to: '@trace',
    broken: '{ other @trace(level: 1) }',
    whole: '{ other @trace }',
  },
  {
    kind: ChangeType.DirectiveArgumentTypeChanged,
    from: 'level: Int',
    to: 'level: ID!',
    broken: '{ other @trace(level: 1) }',
  },
  {
    kind: ChangeType.DirectiveUsageInputObjectAdded,
    from: 'input Span {',
    to: 'input Span @oneOf {',
    broken: '{ groups(span: { from: "2009", to: "2010" }) { state } }',
    whole: '{ groups { state } }',
  },
];

/** What the hub counts of an operation. */
function countUse(
  client: string,
  text: string,
  values: Record<string, unknown> = {},
): OperationUse[] {
  const schema = buildSchema(graph);
  const document = parse(text);
  // So that a case cannot be about nothing.
  expect(validate(schema, document), text).toEqual([]);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('There is no operation.');
  const { ofText, ofVariables } = readElements(schema, document, operation);
  return [...ofText, ...ofVariables(values)].map((element) => ({
    element,
    operation: text,
    client,
    count: 2,
    lastDay: '2026-11-26',
  }));
}

function changesOf({ from, to, also = '' }: Pick<Case, 'from' | 'to' | 'also'>) {
  expect(graph).toContain(from);
  expect(graph).toContain(also);
  const after = graph.replace(from, to).replace(also, '');
  return findChanges(buildSchema(graph), buildSchema(after));
}

describe('a breaking change of the graph', () => {
  it.each(cases)('$kind: finds the client that it breaks ($from → $to)', async (one) => {
    const changes = await changesOf(one);
    expect(changes.map(({ kind, severity }) => `${kind} ${severity}`)).toContain(
      `${one.kind} breaking`,
    );
    const own = changes.filter(({ kind }) => kind === one.kind);
    const uses = [
      ...countUse('dashboard', one.broken, one.values),
      ...countUse('other', one.whole ?? harmless),
    ];
    const clients = findUsedChanges(own, uses).flatMap((found) => found.clients);
    expect(clients).toEqual([
      {
        client: 'dashboard',
        elements: expect.any(Array),
        operations: [one.broken],
        count: 2,
        lastDay: '2026-11-26',
      },
    ]);
  });

  it.each(cases)('$kind: passes if nobody uses what goes ($from → $to)', async (one) => {
    const uses = countUse('other', one.whole ?? harmless);
    const own = (await changesOf(one)).filter(({ kind }) => kind === one.kind);
    expect(own).not.toEqual([]);
    expect(findUsedChanges(own, uses)).toEqual([]);
  });

  it('has a case for each kind of which one may be breaking', () => {
    // By the comparison’s own source: these are safe or dangerous, whatever they are about.
    const neverBreaks =
      /DESCRIPTION|DEPRECATION|DEFAULT|^(TYPE|FIELD|ENUM_VALUE|UNION_MEMBER|OBJECT_TYPE_INTERFACE|DIRECTIVE|DIRECTIVE_LOCATION|DIRECTIVE_REPEATABLE)_ADDED$|^DIRECTIVE_USAGE_/;
    const known = new Set(cases.map(({ kind }) => kind));
    const kinds = Object.values(ChangeType);
    expect(kinds.filter((kind) => !neverBreaks.test(kind) && !known.has(kind))).toEqual([]);
  });
});

describe('findChanges', () => {
  it('names the worst first', async () => {
    const after = graph.replace(' LOST', ' DELAYED').replace('other: Int', 'other: Int more: Int');
    const changes = await findChanges(buildSchema(graph), buildSchema(after));
    expect(changes.map(({ severity, element }) => `${severity} ${element}`)).toEqual([
      'breaking State.LOST',
      'dangerous State.DELAYED',
      'safe Query.more',
    ]);
  });
});

describe('findUsedChanges', () => {
  it('counts an operation once, however many of the elements it uses', async () => {
    const changes = await changesOf({
      from: 'type Secret { text: String }',
      to: '',
      also: ' secret: Secret',
    });
    const removed = changes.filter(({ kind }) => kind === 'TYPE_REMOVED');
    const text = '{ secret { ... on Secret { text } } }';
    const [used] = findUsedChanges(removed, countUse('', text));
    expect(used?.clients).toMatchObject([{ elements: ['Secret', 'Secret.text'], count: 2 }]);
  });
});
