import {
  anonymous,
  createKeyStore,
  ensureKeyFiles,
  hubIssuer,
  keyFilesOf,
} from '@hub/shared/identity';
import { inner } from '@hub/shared/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFirstQuery } from '../registry/first-query.js';
import { createRequestSigner } from '../server/security/sign-request.js';

const calls = 20_000;
const questions = 300;
const [address = 'http://127.0.0.1:4000/graphql'] = process.argv.slice(2);

/** The median time of one run, in microseconds. */
async function measure(times: number, run: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let index = 0; index < times * 1.2; index += 1) {
    const start = performance.now();
    await run();
    // The first runs only warm up.
    if (index >= times * 0.2) taken.push(performance.now() - start);
  }
  return (taken.toSorted((a, b) => a - b)[Math.floor(taken.length / 2)] ?? NaN) * 1_000;
}

/** The cost of one call to a partner: signed by the hub, and verified by the partner. */
async function measureCall(): Promise<{ readonly sign: number; readonly verify: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'));
  try {
    for (const code of [hubIssuer, 'dk']) await ensureKeyFiles(folder, code);
    const keysIn = (code: string, half: 'private' | 'public') =>
      createKeyStore({ files: new Map([[code, keyFilesOf(folder, code)[half]]]) });
    const signRequest = createRequestSigner({
      ownKeys: keysIn(hubIssuer, 'private'),
      partnerKeys: keysIn('dk', 'public'),
    });
    const authenticate = inner.createHubAuthentication({
      partner: 'dk',
      ownKeys: keysIn('dk', 'private'),
      hubKeys: keysIn(hubIssuer, 'public'),
    });
    const parts = {
      method: 'POST',
      path: '/graphql',
      body: JSON.stringify({ query: readFirstQuery(), variables: {} }),
    };
    const sign = async () => signRequest('dk', parts, anonymous);
    const both = await measure(calls, async () =>
      authenticate({ ...parts, headers: await sign() }),
    );
    const signing = await measure(calls, sign);
    return { sign: signing, verify: both - signing };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface GraphResponse {
  readonly errors?: readonly unknown[];
  readonly extensions?: { readonly completeness?: { readonly partners?: object } };
}

async function ask(): Promise<GraphResponse> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: readFirstQuery() }),
  });
  return (await response.json()) as GraphResponse;
}

const { extensions, errors } = await ask();
if (errors)
  throw new Error(`The hub at ${address} does not return a complete response to the first query.`);
const partners = Object.keys(extensions?.completeness?.partners ?? {}).length;
const { sign, verify } = await measureCall();
const query = await measure(questions, ask);
const share = (partners * (sign + verify)) / query;
process.stdout.write(`medians, on ${availableParallelism()} cores, Node ${process.version}
signing a call            ${sign.toFixed(0)} µs
verifying it              ${verify.toFixed(0)} µs
the first query           ${(query / 1_000).toFixed(1)} ms, of ${partners} partners
share of trust in it      ${(share * 100).toFixed(1)} % at one call each
`);
