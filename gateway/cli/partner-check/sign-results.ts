import { hubIssuer } from '@hub/shared/identity';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../registry/package-folder.js';
import { signConformance } from '../../registry/publications/conformance.js';
import type { Certifier } from './certifier.js';
import type { StepResult } from './run-check.js';
import { readManifest } from './steps/manifest.js';

const dayMs = 86_400_000;

/** The version of the hub, which has the steps. */
function readVersion(): string {
  const text = readFileSync(join(packageFolder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

/** Signs what a check found with the hub’s key: each step by its name, without responses. */
export async function signResults(
  results: readonly StepResult[],
  partner: Certifier,
  { days, now }: { readonly days: number; readonly now: Date },
): Promise<string> {
  const namesOf = (of: StepResult['result']) =>
    results.flatMap(({ step, result }) => (result === of ? step : []));
  const manifest = await readManifest(partner).catch(() => undefined);
  const broken = namesOf('broken');
  return signConformance(
    {
      form: 1,
      issuer: hubIssuer,
      partner: partner.code,
      subgraph: partner.subgraph,
      endpoint: partner.url,
      schemaVersion: manifest?.schemaVersion ?? null,
      checkVersion: readVersion(),
      checkedAt: now.toISOString(),
      validUntil: new Date(now.getTime() + days * dayMs).toISOString(),
      result: broken.length > 0 ? 'BROKEN' : 'PASSED',
      passed: namesOf('passed'),
      broken,
      notDecided: namesOf('not decided'),
    },
    partner.hubKey,
  );
}
