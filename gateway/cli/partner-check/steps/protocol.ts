import type { Certifier, Reply } from '../certifier.js';
import { describeReply, expectData, expectKnownCodes } from '../expect-reply.js';
import { subject } from '../step.js';
import { broken } from '../verdict.js';

async function sendBody(partner: Certifier, body: string): Promise<Reply> {
  return partner.post(body, await partner.sign(body));
}

/** The server must be as well as before an attack. */
async function stillResponds(partner: Certifier): Promise<void> {
  expectData(await partner.ask('{ __typename }'));
}

/** Sends a malformed request, and expects a code of the catalogue and no error of the server. */
const survives = (body: () => string) => async (partner: Certifier) => {
  const reply = await sendBody(partner, body());
  if (reply.status >= 500 && reply.status !== 503) broken(describeReply(reply));
  expectKnownCodes(reply);
  await stillResponds(partner);
};

const query = (text: string) => () => JSON.stringify({ query: text });

/** GraphQL over HTTP, errors, limits and deadlines. */
export const protocolSteps = [
  ...subject('shared/docs/partner-in-another-language.md, 1. Speak GraphQL over HTTP', {
    'response-is-json': [
      'application/json or application/graphql-response+json, 200, without encoding',
      async (partner) => {
        const { headers, status } = await partner.ask('{ __typename }');
        const type = headers.get('content-type') ?? 'no type';
        if (!/^application\/(graphql-response\+)?json\b/.test(type)) broken(type);
        if (headers.has('content-encoding')) broken(`${headers.get('content-encoding')}`);
        if (status !== 200) broken(`${status}`);
      },
    ],
    'root-type-is-query': [
      '{ __typename } is Query',
      async (partner) => {
        const { __typename } = await partner.read('{ __typename }');
        if (__typename !== 'Query') broken(String(__typename));
      },
    ],
    'variables-are-used': [
      'a variable decides @include',
      async (partner) => {
        const text = 'query ($is: Boolean!) { __typename kept: __typename @include(if: $is) }';
        const [with_, without] = [
          await partner.read(text, { is: true }),
          await partner.read(text, { is: false }),
        ];
        if (!('kept' in with_) || 'kept' in without) broken('the variable changes nothing');
      },
    ],
    'aliases-of-the-hub-are-accepted': [
      'aliases that begin with hub__ and as__ are fields like others',
      async (partner) => {
        const data = await partner.read('{ hub__0: __typename as__Query: __typename }');
        if (!data['hub__0'] || !data['as__Query']) broken(JSON.stringify(data));
      },
    ],
    'response-is-in-time': [
      'within the deadline of the network file, also thirty at a time',
      async (partner) => {
        const all = Array.from({ length: 30 }, () => partner.ask('{ __typename }'));
        (await Promise.all(all)).forEach(expectData);
      },
    ],
  }),
  ...subject('shared/docs/partner-in-another-language.md, 7. Report errors by code', {
    'broken-json-has-a-code': ['a code of the catalogue', survives(() => '{"query":')],
    'broken-document-has-a-code': ['a code of the catalogue', survives(query('{ __typename'))],
    'unknown-field-has-a-code': ['a code of the catalogue', survives(query('{ thereIsNoSuch }'))],
    'missing-query-has-a-code': ['a code of the catalogue', survives(() => '{}')],
    'errors-say-nothing-of-the-server': [
      'no stack, and no place in a file',
      async (partner) => {
        const { text } = await partner.ask('{ thereIsNoSuch }');
        if (/"stack(trace)?"|\bat \S+ \(|node_modules|Traceback/.test(text)) broken('a stack');
      },
    ],
  }),
  ...subject('gateway/docs/limits.md, Settings of hub and partners', {
    'deep-document-is-refused': [
      'a code of the catalogue, and the server goes on',
      survives(query('{a'.repeat(50_000) + '}'.repeat(50_000))),
    ],
    'circle-of-fragments-is-refused': [
      'a code of the catalogue, and the server goes on',
      survives(query('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }')),
    ],
    'many-aliases-are-refused': [
      'a code of the catalogue, and the server goes on',
      survives(() => {
        const fields = Array.from({ length: 20_000 }, (_, index) => `a${index}: __typename`);
        return JSON.stringify({ query: `{ ${fields.join(' ')} }` });
      }),
    ],
  }),
];
