import type { JWK } from 'jose';
import { type CoveredRequest, signResponse } from '../evidence/signed-response.js';
import { foreignKey, vectorKeys } from './vector-keys.js';

export interface ResponseVector {
  readonly name: string;
  /** The parts of the request that the response’s signature covers, by their headers. */
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
  };
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** `accepted`, or the reason of the refusal. */
  readonly result: string;
}

const body = '{"data":{"__typename":"Query"}}';
const record = { links: 12, hash: '12'.repeat(32) };

/** Responses of the partner `dk` to a request: signed well, and for each reason one that is not. */
export function createResponses(
  { headers, method, path }: ResponseVector['request'],
  time: number,
): ResponseVector[] {
  const request: CoveredRequest = {
    method,
    path,
    contentDigest: headers['content-digest'] ?? '',
    partner: headers['hub-partner'] ?? '',
    assertion: headers['hub-assertion'] ?? '',
    signature: headers['signature'] ?? '',
  };
  const sent = Object.fromEntries(
    ['content-digest', 'hub-partner', 'hub-assertion', 'signature'].map((name) => [
      name,
      headers[name] ?? '',
    ]),
  );
  const sign = (
    changed: { key?: JWK; request?: CoveredRequest; record?: typeof record | undefined } = {},
  ) => {
    const key = vectorKeys['dk-sign-1'];
    const now = new Date(time * 1_000);
    return signResponse({ request, status: 200, body, record, key, now, ...changed });
  };
  const make = (
    name: string,
    result: string,
    given: Record<string, string>,
    other: Partial<ResponseVector> = {},
  ): ResponseVector => ({
    name,
    request: { method, path, headers: sent },
    status: 200,
    headers: given,
    body,
    result,
    ...other,
  });
  const good = sign();
  const { 'hub-record': _, ...withoutRecord } = good;
  const { signature: _signature, ...unsigned } = good;
  const later = { ...good, 'hub-record': good['hub-record']?.replace('12', '13') ?? '' };
  return [
    make('with the end of the record', 'accepted', good),
    make('of a partner without a record', 'accepted', sign({ record: undefined })),
    make('without a signature', 'UNSIGNED', unsigned),
    make('without the record that was signed', 'UNSIGNED', withoutRecord),
    make('with another body', 'DIGEST', good, { body: body.replace('Query', 'Other') }),
    make('by an unknown key', 'KEY', sign({ key: { ...foreignKey, kid: 'dk-sign-9' } })),
    make(
      'by a foreign key of the same name',
      'SIGNATURE',
      sign({ key: { ...foreignKey, kid: 'dk-sign-1' } }),
    ),
    make('with another status', 'SIGNATURE', good, { status: 500 }),
    make('with a longer record', 'SIGNATURE', later),
    make(
      'to another request',
      'SIGNATURE',
      sign({ request: { ...request, signature: `hub=:${'A'.repeat(43)}=:` } }),
    ),
    make(
      'to another body',
      'SIGNATURE',
      sign({ request: { ...request, contentDigest: `sha-256=:${'A'.repeat(43)}=:` } }),
    ),
    make('to another caller', 'SIGNATURE', sign({ request: { ...request, assertion: 'a.b.c' } })),
  ];
}
