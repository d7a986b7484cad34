import type { Manifest } from './manifest.js';

/** A manifest of the police of Denmark. */
export const danish: Manifest = {
  form: 1,
  issuer: 'dk',
  subgraph: 'national-police',
  endpoint: 'https://hub.dk.example.org/graphql',
  contact: 'hub@dk.example.org',
  sequence: 1_790_000_000,
  issuedAt: '2026-11-26T18:00:00Z',
  schemaVersion: '2026.11.1',
  schema: 'type Query { officers: Int }',
  maintenance: [
    {
      from: '2026-12-01T22:00:00Z',
      to: '2026-12-01T23:30:00Z',
      message: 'The database moves to another machine.',
    },
  ],
  lastGoodFor: 3_600,
  consents: [{ to: 'nbnp', rule: 'override', element: 'Officer.name' }],
  conformance: null,
};
