import { Kind, parse, type OperationDefinitionNode } from 'graphql';

/** The example operations of one kind of partner. */
export interface Examples {
  /** `nbnp` */
  readonly name: string;
  /** The text of its `examples.graphql`: operations, each below a comment of one line. */
  readonly text: string;
}

/** One example operation. */
interface Example {
  readonly name: string;
  /** The line above it. */
  readonly comment: string;
  readonly query: string;
}

function toExample(text: string, { name, loc }: OperationDefinitionNode): Example {
  if (!name || !loc) throw new Error('An example has a name and a place.');
  const above = text.slice(0, loc.start).trimEnd();
  const comment = above.slice(above.lastIndexOf('\n') + 1).replace(/^# /, '');
  return { name: name.value, comment, query: text.slice(loc.start, loc.end) };
}

function listExamples(text: string): Example[] {
  return parse(text)
    .definitions.filter(
      (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
    )
    .map((operation) => toExample(text, operation));
}

function toRequest({ name, comment, query }: Example) {
  return {
    name,
    request: {
      description: comment,
      method: 'POST',
      url: '{{url}}',
      header: [
        { key: 'content-type', value: 'application/json' },
        { key: 'authorization', value: 'Bearer {{token}}', disabled: true },
      ],
      body: {
        mode: 'graphql',
        graphql: { query, variables: '{}' },
      },
    },
  };
}

/** A folder of the collection for one kind of partner. */
function toFolder({ name, text }: Examples) {
  return { name, item: listExamples(text).map(toRequest) };
}

/** What `explorer/generated/examples.json` has to say: the examples by kind of partner, for the hub’s page. */
export function printExamples(examples: readonly Examples[]): string {
  const parts = examples.map(({ name, text }) => ({ name, examples: listExamples(text) }));
  return `${JSON.stringify(parts, undefined, 2)}\n`;
}

/**
 * The examples of all partners as one file that clients import: a Postman collection, version 2.1.
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 */
export function printCollection(examples: readonly Examples[]): string {
  const collection = {
    info: {
      name: 'Cooperation Hub',
      description:
        'The example operations of all partners. Set `url` to the hub. To ask as a member of a partner, set `token` (`npm run token`) and enable the header `authorization`.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    variable: [
      { key: 'url', value: 'http://localhost:4000/graphql' },
      { key: 'token', value: '' },
    ],
    item: examples.map(toFolder),
  };
  return `${JSON.stringify(collection, undefined, 2)}\n`;
}
